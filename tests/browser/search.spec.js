// The search page with and without its script: both must find the same, and show it alike.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

const QUERIES = readFileSync(join(import.meta.dirname, '../it/search/queries.txt'), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(' | '))
  .map(([path, asked]) => [path, asked.startsWith('NFD:') ? asked.slice(4).normalize('NFD') : asked]);

/** Questions that nobody asks, or only to do harm. */
const ODD = [
  ['/search/', 'ㅋ'],
  ['/search/', 'ㄳ'],
  ['/search/', 'ㅇㅇ ㅇ 이'],
  ['/search/', '   차는   '],
  ['/search/', '골렘 없는낱말'],
  ['/search/', '없는낱말'],
  ['/search/', 'ＲＲＣ는'],
  ['/search/', '70%'],
  ['/search/', '<script>alert(1)</script> "&\''],
  ['/search/', '\u202e골\u200b렘\u0000은'],
  ['/search/', '$& {q} $1'],
  ['/search/', '?!'],
  ['/search/', '가'.repeat(300)],
  ['/search/', 'a b c d e f g h i j k l m n o p'],
  ['/en/search/', 'e'],
  ['/en/search/', 'the companies of tokens'],
  ['/en/search/', '𝒜 İSTANBUL ΣΑΣ'],
];

const answer = (page) =>
  page.evaluate(() => ({
    results: document.getElementById('results').innerHTML,
    status: document.getElementById('search-status').textContent,
    title: document.title,
    languages: [...document.querySelectorAll('.site-header__languages a')].map((link) => link.href),
  }));

test('the script finds and shows what the server does', async ({ browser }) => {
  const [plain, live] = await Promise.all(
    [false, true].map(async (javaScriptEnabled) => (await browser.newContext({ javaScriptEnabled })).newPage()),
  );
  for (const path of ['/search/', '/en/search/']) {
    await live.goto(path);
    for (const [, asked] of [...QUERIES, ...ODD].filter(([of]) => of === path)) {
      await plain.goto(`${path}?q=${encodeURIComponent(asked)}`);
      await live.locator('#search-field').fill('');
      await expect(live.locator('#search-status')).toBeEmpty();
      await live.locator('#search-field').fill(asked);
      await expect(live.locator('#search-status'), asked).not.toBeEmpty();
      const [server, script] = [await answer(plain), await answer(live)];
      // Line breaks between items, and how attributes are written, show nothing.
      const shape = (html) => html.replace(/>\s+</g, '><').trim();
      expect(shape(script.results), asked).toBe(shape(server.results));
      expect(script.status, asked).toBe(server.status);
      expect(script.title, asked).toBe(server.title);
      expect(script.languages.map(decodeURIComponent), asked).toEqual(server.languages.map(decodeURIComponent));
    }
  }
});

test('results follow the typing, the address too, and the field keeps the focus', async ({ page }) => {
  await page.goto('/search/');
  const field = page.locator('#search-field');
  await field.click();
  await field.pressSequentially('골렘은', { delay: 20 });
  await expect(page.locator('#results li').first()).toContainText('RRC');
  await expect(page.locator('#results mark').first()).toHaveText('골렘');
  await expect(field).toBeFocused();
  await expect(page).toHaveURL(/\/search\/\?q=%EA%B3%A8%EB%A0%98%EC%9D%80$/);
  await expect(page.locator('#search-status')).toContainText('골렘은');
  await field.press('Enter');
  await page.waitForLoadState();
  await expect(page.locator('#search-field')).toHaveValue('골렘은');
  await page.locator('#results a', { hasText: '골렘과 갈라지는 곳' }).first().click();
  await expect(page).toHaveURL(/\/projects\/rrc\/#golem$/);
});

test('without a server the page answers the question of its address', async ({ page, baseURL }) => {
  // As a server of files does, whatever the query.
  const plain = await (await page.request.get('/en/search/')).text();
  await page.route(/\/en\/search\/\?/, (route) => route.fulfill({ body: plain, contentType: 'text/html' }));
  await page.goto('/en/search/?q=Golem');
  await expect(page.locator('#results a').first()).toHaveAttribute('href', '/en/projects/rrc/');
  await expect(page.locator('#search-field')).toHaveValue('Golem');
  expect(baseURL).toBeTruthy();
});

test('a heading that matches keeps the spaces round the marked word', async ({ page }) => {
  await page.goto('/en/search/?q=data');
  const heading = page.locator('.result__section a', { hasText: 'that is already there' });
  // As laid out: a mark that became a box of its own would swallow the space.
  expect(await heading.innerText()).toBe('Data that is already there');
});
