// The search page as somebody types: it shows what the server answers and, without a server, finds the same pages.

import { expect, test } from '@playwright/test';

import { LANGUAGES } from './site.js';

const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

/** The spellings in which a text is asked for. */
const SPELLINGS = [
  (text) => text,
  (text) => text.normalize('NFD').toUpperCase(),
  (text) => text.replace(/[가-힣]/g, (it) => INITIALS[Math.floor((it.charCodeAt(0) - 0xac00) / 588)]),
  (text) => `${text}에서`,
  (text) => text.replaceAll(' ', ''),
];

/** What can be found on the site. */
const indexOf = async ({ request }) => (await request.get('/search.json')).json();

/** Questions about whatever the site holds: titles and last words of its pages, each where it is found. */
async function questionsAbout(page) {
  const { languages, pages } = await indexOf(page);
  return pages.flatMap(({ language, texts }, index) => {
    const path = `${LANGUAGES[languages[language].code]}/search/`;
    const spelling = SPELLINGS[index % SPELLINGS.length];
    const last = texts.at(-1).written.split(' ').at(-1).slice(0, 4);
    return index % 3 === 0 ? [texts[0].written, last].map((it) => [path, spelling(it)]) : [];
  });
}

/** A heading of several words, none like it, with the title of its page. */
async function headingIn(page, code) {
  const { languages, pages } = await indexOf(page);
  const headings = pages
    .filter((it) => it.kind === 'project' && languages[it.language].code === code)
    .flatMap(({ path, parts, texts }) =>
      parts.map(({ fragment, name }) => ({ path, fragment, title: texts[0].written, heading: texts[name].written })),
    )
    .filter(({ fragment }) => !fragment.startsWith('figure-'));
  return headings.reduce((one, other) => (other.heading.length > one.heading.length ? other : one));
}

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
  await askBoth(browser, page, [...(await questionsAbout(page)), ...ODD], (found, served, asked) => {
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
  const { path, fragment, title, heading } = await headingIn(page, 'ko');
  await page.goto('/search/');
  const field = page.locator('#search-field');
  await field.click();
  await field.pressSequentially(heading, { delay: 20 });
  await expect(page.locator('#results li').first()).toContainText(title);
  await expect(page.locator('#results mark').first()).toBeVisible();
  await expect(field).toBeFocused();
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === heading);
  await expect(page.locator('#search-status')).toContainText(heading);
  await field.press('Enter');
  await page.waitForLoadState();
  await expect(page.locator('#search-field')).toHaveValue(heading);
  await page.locator('.result__section a', { hasText: heading }).first().click();
  await expect(page).toHaveURL((url) => decodeURI(url.pathname + url.hash) === `${path}#${fragment}`);
  await page.goBack();
  await expect(page.locator('#results li').first()).toContainText(title);
});

test('without a server the page answers the question of its address', async ({ page }) => {
  await serveFiles(page);
  const { path, heading } = await headingIn(page, 'en');
  await page.goto(`/en/search/?q=${encodeURIComponent(heading)}`);
  await expect(page.locator(`#results a[href="${path}"]`)).toBeVisible();
  await expect(page.locator('#search-field')).toHaveValue(heading);
});

test('a heading that matches keeps the spaces round the marked word', async ({ page }) => {
  const { heading } = await headingIn(page, 'en');
  const longest = heading.split(/[^\p{L}]+/u).reduce((one, other) => (other.length > one.length ? other : one));
  await page.goto(`/en/search/?q=${encodeURIComponent(longest)}`);
  // As laid out: a mark that became a box of its own would swallow the space.
  const found = await page.locator('.result__section a').all();
  expect(found.length).toBeGreaterThan(0);
  for (const link of found) expect(await link.innerText()).toBe((await link.textContent()).trim());
});
