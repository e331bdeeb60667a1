// Pictures of contributors: nothing moves when they arrive, each screen fetches a size that fits it, a tap shows one large
// without a script too, and paper shows them.

import { resolve } from 'node:path';

import { test as base } from '@playwright/test';

import { expect, none, recordShifts, serving, shiftsOf } from './site.js';

const content = resolve(import.meta.dirname, '../second-event');
const PAGE = '/talks/kintsugi/';

const test = base.extend({
  origin: [({}, use) => serving(content, use), { scope: 'worker' }],
});

/** Scrolls to the end in steps, so that lazy pictures are asked for, and waits for all of them. */
async function seeAll(page) {
  await page.evaluate(async () => {
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight / 2) {
      scrollTo(0, at);
      await new Promise((done) => setTimeout(done, 50));
    }
    const shown = [...document.querySelectorAll('.picture__link img')];
    await Promise.all(shown.map((it) => it.complete || new Promise((done) => (it.onload = done))));
  });
}

for (const width of [390, 1280])
  for (const colorScheme of ['light', 'dark'])
    test(`nothing moves when pictures come late at ${width} px, ${colorScheme}`, async ({ page, origin }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await recordShifts(page);
      // What a font that comes late does has tests of its own.
      await page.route('**/*.woff2', (route) => route.abort());
      await page.route(/\/assets\/.*\.(jpg|png|avif)$/, async (route) => {
        await new Promise((done) => setTimeout(done, 2000));
        await route.continue();
      });
      await page.goto(origin + PAGE, { waitUntil: 'domcontentloaded' });
      await seeAll(page);
      none(await shiftsOf(page), 'the page does not shift');
      const empty = await page.locator('.picture__link img').evaluateAll((all) =>
        all.filter((it) => it.naturalWidth === 0).map((it) => it.outerHTML));
      none(empty, 'every picture is there');
    });

test('a screen fetches a size that fits it, the first picture at once and others when they are near', async ({ browser, origin }) => {
  const seen = {};
  for (const width of [390, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(origin + PAGE);
    const cover = page.locator('.project-hero__cover .picture__link img');
    expect(await cover.getAttribute('loading')).toBeNull();
    const widths = (await cover.getAttribute('srcset')).match(/\d+(?=w)/g).map(Number);
    expect(widths).toEqual([480, 800, 1280]);
    expect(await page.locator('.gallery img[loading=lazy]').count()).toBeGreaterThan(0);
    seen[width] = await cover.evaluate((it) => it.currentSrc.match(/-(\d+)-[0-9a-f]{16}\./)[1]);
    await context.close();
  }
  expect(seen).toEqual({ 390: '480', 1280: '800' });
});

for (const javaScriptEnabled of [true, false])
  test(`the large picture opens and closes by the keyboard, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({ browser, origin }) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(origin + PAGE);
    const [first, second] = [page.locator('#view-1'), page.locator('#view-2')];
    await expect(first).toBeHidden();
    await page.locator('#picture-1 > a').focus();
    await page.keyboard.press('Enter');
    await expect(first).toBeVisible();
    await expect(first).toContainText('Tom Achterberg');
    await first.locator('a[href="#view-2"]').focus();
    await page.keyboard.press('Enter');
    await expect(second).toBeVisible();
    await expect(first).toBeHidden();
    await second.locator('a[href="#picture-2"]').focus();
    await page.keyboard.press('Enter');
    await expect(second).toBeHidden();
    await context.close();
  });

test('paper shows pictures with who made them, and nothing that opens', async ({ page, origin }) => {
  await page.goto(origin + PAGE);
  await seeAll(page);
  await page.emulateMedia({ media: 'print' });
  const pictures = page.locator('.picture__link img');
  expect(await pictures.count()).toBe(3);
  for (const picture of await pictures.all()) {
    await expect(picture).toBeVisible();
    const { width, height } = await picture.boundingBox();
    expect(Math.min(width, height)).toBeGreaterThan(40);
  }
  expect(await page.locator('.viewer:visible').count()).toBe(0);
  await expect(page.locator('.picture__caption .picture__credit').first()).toBeVisible();
});
