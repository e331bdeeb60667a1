// The search page as somebody types: it shows what the server answers and, without a server, finds the same pages.

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

/** What a page answers; the list of results without what shows nothing, as line breaks between items. */
const answer = (page) =>
  page.evaluate(() => ({
    results: document.getElementById('results').innerHTML.replace(/>\s+</g, '><').trim(),
    links: [...document.querySelectorAll('.result__title a')].map((link) => link.href).sort(),
    status: document.getElementById('search-status').textContent,
    title: document.title,
    languages: [...document.querySelectorAll('.site-header__languages a')].map((link) => decodeURIComponent(link.href)),
  }));

/** Types every question into one page and asks the server for it with another, without scripts. */
async function askBoth(browser, live, questions, compare) {
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const path of ['/search/', '/en/search/']) {
    await live.goto(path);
    for (const [, asked] of questions.filter(([of]) => of === path)) {
      await plain.goto(`${path}?q=${encodeURIComponent(asked)}`);
      await live.locator('#search-field').fill('');
      await expect(live.locator('#search-status')).toBeEmpty();
      await live.locator('#search-field').fill(asked);
      await expect(live.locator('#search-status'), asked).not.toBeEmpty();
      compare(await answer(live), await answer(plain), asked);
    }
  }
}

/** Answers every question with the page that asks nothing, as a server of files does. */
async function serveFiles(page) {
  for (const path of ['/search/', '/en/search/']) {
    const body = await (await page.request.get(path)).text();
    await page.route((url) => url.pathname === path && url.search !== '', (route) =>
      route.fulfill({ body, contentType: 'text/html' }),
    );
  }
}

test('as somebody types, the page shows what the server answers', async ({ browser, page }) => {
  await askBoth(browser, page, ODD, (typed, served, asked) => expect(typed, asked).toEqual(served));
});

test('without a server the script finds the same pages', async ({ browser, page }) => {
  test.slow();
  await serveFiles(page);
  await askBoth(browser, page, [...QUERIES, ...ODD], (found, served, asked) => {
    expect(found.status, asked).toBe(served.status);
    expect(found.title, asked).toBe(served.title);
    expect(found.links.length, asked).toBe(served.links.length);
    // Of more pages than are shown, each shows those that it finds best.
    if (found.links.length < 50) expect(found.links, asked).toEqual(served.links);
  });
});

test('an older answer never replaces a newer one', async ({ page }) => {
  await page.goto('/search/');
  const late = page.waitForRequest((it) => it.url().endsWith(encodeURIComponent('골렘')));
  await page.route((url) => url.searchParams.get('q') === '골렘', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue().catch(() => {});
  });
  await page.locator('#search-field').fill('골렘');
  await late;
  await page.locator('#search-field').fill('중고차');
  await expect(page.locator('#search-status')).toContainText('중고차');
  await page.waitForTimeout(1500);
  await expect(page.locator('#search-status')).toContainText('중고차');
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
  await page.goBack();
  await expect(page.locator('#results li').first()).toContainText('RRC');
});

test('without a server the page answers the question of its address', async ({ page }) => {
  await serveFiles(page);
  await page.goto('/en/search/?q=Golem');
  await expect(page.locator('#results a').first()).toHaveAttribute('href', '/en/projects/rrc/');
  await expect(page.locator('#search-field')).toHaveValue('Golem');
});

test('a heading that matches keeps the spaces round the marked word', async ({ page }) => {
  await page.goto('/en/search/?q=data');
  const heading = page.locator('.result__section a', { hasText: 'that is already there' });
  // As laid out: a mark that became a box of its own would swallow the space.
  expect(await heading.innerText()).toBe('Data that is already there');
});
