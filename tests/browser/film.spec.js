// Films on other sites: nothing is asked of anybody until a reader wants to see one.

import { resolve } from 'node:path';

import { test as base, expect } from '@playwright/test';

import { serving } from './site.js';

const content = resolve(import.meta.dirname, '../second-event');
const TALK = '/en/talks/kintsugi/';
const ADDRESS = 'https://filme.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv';
const PLAYER = 'https://filme.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv';

/**
 * `origin`: where it is served.
 * `asked`: the addresses that were asked of other sites, each of which answers with an empty page.
 */
const test = base.extend({
  origin: [({}, use) => serving(content, use), { scope: 'worker' }],
  asked: async ({ context, origin }, use) => {
    const asked = [];
    const isElsewhere = (url) => url.origin !== origin;
    await context.route(isElsewhere, (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Player' });
    });
    await use(asked);
  },
});

for (const way of ['a click', 'Enter'])
  test(`${way} loads the player, and nothing does before`, async ({ page, origin, asked }) => {
    const refused = [];
    page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
    await page.goto(origin + TALK, { waitUntil: 'networkidle' });
    expect(asked).toEqual([]);
    const still = page.locator('a.film__still');
    await expect(still).toHaveAccessibleName('Play “Gold in the seams”');
    if (way === 'Enter') {
      await still.focus();
      await page.keyboard.press('Enter');
    } else await still.click();
    const player = page.locator('iframe.film__frame');
    await expect(player).toHaveAttribute('title', 'Play “Gold in the seams”');
    await expect(player).toBeFocused();
    await expect.poll(() => asked).toEqual([`${PLAYER}?autoplay=1&p2p=0&start=0`]);
    await expect(page.frameLocator('iframe').locator('p')).toHaveText('Player');
    const allowed = await player.evaluate((it) => ['fullscreen', 'autoplay'].map((name) => it.featurePolicy?.allowsFeature(name) ?? true));
    expect(allowed).toEqual([true, true]);
    expect(refused).toEqual([]);
  });

test('a time of the transcript loads the player at its second, again and again', async ({ page, origin, asked }) => {
  await page.goto(origin + TALK);
  for (const [time, second] of [['1:19', 79], ['0:04', 4]]) {
    await page.getByRole('link', { name: time, exact: true }).click();
    await expect(page.locator('iframe')).toHaveAttribute('src', `${PLAYER}?autoplay=1&p2p=0&start=${second}`);
  }
  await expect(page.locator('a.film__still')).toHaveCount(0);
  expect(asked).toHaveLength(2);
});

test('search leads to the paragraph in which a word is said', async ({ page, origin }) => {
  await page.goto(`${origin}/en/search/?q=moisture`);
  await page.locator('#results .result__section a').first().click();
  await expect(page).toHaveURL(`${origin}${TALK}#t-72`);
  await expect(page.locator('#t-72')).toBeInViewport();
});

test('a click that opens another tab is left to the browser', async ({ page, origin, asked }) => {
  await page.goto(origin + TALK);
  await page.locator('a.film__still').click({ modifiers: ['ControlOrMeta'] });
  await expect(page.locator('iframe')).toHaveCount(0);
  expect(asked.filter((it) => !it.startsWith(ADDRESS))).toEqual([]);
});

test('without scripts it is a link', async ({ browser, origin, contextOptions }) => {
  const context = await browser.newContext({ ...contextOptions, javaScriptEnabled: false });
  const page = await context.newPage();
  await context.route((url) => url.origin !== origin, (route) => route.fulfill({ body: 'the film' }));
  await page.goto(origin + TALK);
  await page.locator('a.film__still').click();
  await expect(page).toHaveURL(ADDRESS);
  await context.close();
});

test('paper shows the still and where the film is', async ({ page, origin, asked }) => {
  await page.goto(origin + TALK);
  await page.emulateMedia({ media: 'print' });
  const still = page.locator('a.film__still');
  await expect(still).toBeVisible();
  await expect(still.locator(':is(img, .film__emblem)')).toBeVisible();
  const behind = (it) => getComputedStyle(it, '::after').content;
  expect(await still.evaluate(behind)).toContain(ADDRESS);
  expect(await page.locator('.transcript__time').first().evaluate(behind)).toBe('none');
  await expect(page.locator('.recording .picture__caption')).toBeVisible();
  await page.locator('.transcript').evaluate((it) => it.removeAttribute('open'));
  await expect(page.getByText('Seven pieces. If you look closely')).toBeVisible();
  expect(asked).toEqual([]);
});
