// Whoever writes sees each save in the open page, and each mistake at its line; readers never do.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base, expect } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const program = process.env.SHOWCASE_PROGRAM ?? join(target, 'debug/showcase');

/** `editor`: a copy of the content with what changes it, and `start(command)`, which gives the address served at. */
const test = base.extend({
  editor: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'showcase-preview-'));
    await cp(join(root, 'content'), folder, { recursive: true });
    const servers = [];
    await use({
      read: (name) => readFile(join(folder, name), 'utf8'),
      copy: (from, to) => cp(join(folder, from), join(folder, to), { recursive: true }),
      write: (name, text) => writeFile(join(folder, name), text),
      start: async (command) => {
        const server = spawn(program, [command, '--content', folder, '--listen', '127.0.0.1:0'], {
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        servers.push(server);
        for await (const line of createInterface({ input: server.stdout })) {
          const address = /http:\/\/[^\s/]+/.exec(line);
          if (address) return address[0];
        }
        throw new Error(`${command} ended before it named its address`);
      },
    });
    for (const server of servers) server.kill();
    await rm(folder, { recursive: true });
  },
});

const PROSE = 'projects/rrc/ko.md';
const MARK = '고친 글이다.';

test('a save appears in the open page, and nothing else of it changes', async ({ page, editor }) => {
  const origin = await editor.start('preview');
  const recap = await editor.read('recap/ko.md');
  await page.goto(`${origin}/`);
  const table = page.locator('.ruler__details');
  await table.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(table).toHaveAttribute('open');
  const before = await page.evaluate(() => {
    globalThis.same = document.querySelector('.emblem-grid .emblem-grid__link');
    return scrollY;
  });
  expect(before, 'the page is scrolled').toBeGreaterThan(0);

  await editor.write('recap/ko.md', `${recap.trimEnd()}\n\n${MARK}\n`);
  await expect(page.locator('main')).toContainText(MARK);
  expect(await page.evaluate(() => globalThis.same === document.querySelector('.emblem-grid .emblem-grid__link')), 'no reload').toBe(true);
  await expect(table).toHaveAttribute('open');
  await expect(table.locator('summary')).toBeFocused();
  await expect(table.locator('summary')).toBeInViewport();
});

test('a mistake shows at its line over the last good page, can be closed, and goes when it is mended', async ({ page, editor }) => {
  const origin = await editor.start('preview');
  const good = await editor.read(PROSE);
  await page.goto(`${origin}/projects/rrc/`);
  const problems = page.getByRole('dialog');
  await expect(problems).toBeHidden();

  const line = good.trimEnd().split('\n').length + 2;
  await editor.write(PROSE, `${good.trimEnd()}\n\n여기는 <b>굵다</b>.\n`);
  await expect(problems).toBeVisible();
  await expect(problems).toContainText(`${PROSE}:${line}:5`);
  await expect(problems).toContainText('여기는 <b>굵다</b>.');
  await expect(page.locator('h1')).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(problems).toBeHidden();
  await page.locator('.preview-bar__problems').click();
  await expect(problems).toBeVisible();

  await editor.write(PROSE, good.replace(/\s*$/, `\n\n${MARK}\n`));
  await expect(page.locator('main')).toContainText(MARK);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('started with broken content, the preview shows what is wrong, and the page once it is mended', async ({ page, editor }) => {
  const good = await editor.read(PROSE);
  await editor.write(PROSE, `${good}\n<b>굵다</b>\n`);
  const origin = await editor.start('preview');
  await page.goto(`${origin}/projects/rrc/`);
  await expect(page.getByRole('dialog')).toContainText(PROSE);
  await editor.write(PROSE, good);
  await expect(page.locator('h1')).toContainText('RRC');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a draft is marked, and each page names its file', async ({ page, editor }) => {
  // No text leads to this one: a published text may not lead to a draft.
  await editor.copy('projects/rrc', 'projects/draft');
  const facts = 'projects/draft/project.yaml';
  const own = (await editor.read(facts)).replace(/^(order|aliases):.*/gm, '');
  await editor.write(facts, `${own}\norder: 999\ndraft: true\n`);
  const origin = await editor.start('preview');
  await page.goto(`${origin}/projects/draft/`);
  await expect(page.locator('h1 .draft')).toBeVisible();
  await expect(page.locator('.preview-bar__source')).toHaveText(/projects\/draft\/ko\.md/);
});

test('readers see nothing of it, whatever becomes of the content', async ({ page, editor }) => {
  const origin = await editor.start('serve');
  await editor.write(PROSE, '<b>굵다</b>\n');
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).text()).toContain('stale');
  await page.goto(`${origin}/projects/rrc/`);
  await expect(page.locator('h1')).toContainText('RRC');
  expect(await page.content()).not.toContain('preview');
  expect((await fetch(`${origin}/_preview/events`)).status).toBe(404);
});
