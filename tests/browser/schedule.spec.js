// A schedule in several rooms: a table on a desk, a list on a phone, one sheet on paper, mirrored where a language is.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { test as base, expect } from '@playwright/test';
import { getDocumentProxy } from 'unpdf';

import { violations } from './axe.js';
import { serving } from './site.js';

/** In the order of their columns: what begins at one time is told by name. */
const ROOMS = ['Cellar', 'Large hall', 'Small hall'];
const HOURS = ['09:30', '10:15', '11:30', '14:00', '14:45'];

/** Two days of talks in three rooms, lunch on each; Arabic beside English. */
function content() {
  const files = {
    'event.yaml':
      'name: Example Conf\ndate: 2024-10-10..2024-10-11\ntimezone: Europe/Paris\nlanguages: [en, ar]\nentries: talks\n',
    'schedule.yaml':
      '- {start: 2024-10-10 12:30, minutes: 75, title: Lunch}\n- {start: 2024-10-11 12:30, minutes: 75, title: Lunch}\n',
  };
  for (const day of [10, 11])
    for (const [hour, start] of HOURS.entries())
      for (const [room, name] of ROOMS.entries())
        files[`talks/talk-${day}-${hour}-${room}/talk.yaml`] =
          `name: What was learnt in room ${room} at ${start}\nstart: 2024-10-${day} ${start}\nminutes: 30\nroom: ${name}\n` +
          'speakers: [{name: Ann Example}, {name: Bob Sample}]\n';
  return files;
}

/** `origin`: where a site with that content is served. */
const test = base.extend({
  origin: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'showcase-schedule-'));
    for (const [name, text] of Object.entries(content())) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await serving(folder, use);
    await rm(folder, { recursive: true });
  },
});

test('at no width it runs sideways, and rooms stand side by side where there is room', async ({ page, origin }) => {
  for (const path of ['/schedule/', '/ar/schedule/'])
    for (const width of [320, 390, 768, 960, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(origin + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${path} at ${width} px`).toBe(0);
      const boxes = await Promise.all(
        [0, 1, 2].map((room) => page.locator(`#at-talk-10-0-${room}`).boundingBox()),
      );
      const [first, second, third] = boxes.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
      if (width < 960) expect(second.y > first.y && third.y > second.y, `a list at ${width} px`).toBe(true);
      else if (path === '/schedule/') expect(third.x > second.x && second.x > first.x && first.y === third.y).toBe(true);
      else expect(third.x < second.x && second.x < first.x && first.y === third.y, 'mirrored').toBe(true);
    }
});

test('a phone shows the room that it is asked for, and all without scripts', async ({ browser, page, origin }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${origin}/schedule/`);
  const link = page.locator('.tracks__link').nth(1);
  expect((await link.boundingBox()).height).toBeGreaterThanOrEqual(44);
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'true');
  const visible = await page.locator('.session[data-track]:visible').evaluateAll((all) => all.map((it) => it.dataset.track));
  expect(new Set(visible).size).toBe(1);
  await expect(page.getByText('Lunch').first()).toBeVisible();
  await link.click();
  await expect(page.locator('.session:visible')).toHaveCount(32);

  const plain = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await plain.goto(`${origin}/schedule/?track=b`);
  await expect(plain.locator('.session:visible')).toHaveCount(32);
  await plain.close();
});

test('it prints on one sheet that lies on its side', async ({ page, origin }) => {
  await page.goto(`${origin}/schedule/`);
  const bytes = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const sheets = await getDocumentProxy(new Uint8Array(bytes));
  expect(sheets.numPages).toBe(1);
  const [, , width, height] = (await sheets.getPage(1)).view;
  expect([Math.round(width), Math.round(height)]).toEqual([842, 595]);
});

test('axe finds nothing to mend', async ({ browser, origin }) => {
  test.setTimeout(3 * 60_000);
  for (const width of [390, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    for (const path of ['/schedule/', '/talks/talk-10-0-0/']) {
      await page.goto(origin + path);
      const found = await violations(page, true);
      expect(found.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), `${path} at ${width} px`).toEqual([]);
    }
    await context.close();
  }
});
