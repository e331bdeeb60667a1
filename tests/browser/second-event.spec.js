// An event that is not the shipped one, in German and English: every kind of its pages, on a phone and at a desk, in the
// light and the dark.

import { resolve } from 'node:path';

import { test as base } from '@playwright/test';

import { violations } from './axe.js';
import { htmlFaults } from './html.js';
import { none, serving } from './site.js';

const content = resolve(import.meta.dirname, '../second-event');

const PATHS = ['', '/en'].flatMap((prefix) =>
  [
    '/',
    '/talks/',
    '/schedule/',
    '/talks/kintsugi/',
    '/talks/checklists/',
    '/people/',
    '/people/yamada-hanako/',
    '/code-of-conduct/',
    '/search/?q=kaffee',
  ].map((path) => prefix + path),
);

/** `origin`: where it is served. */
const test = base.extend({
  origin: [({}, use) => serving(content, use), { scope: 'worker' }],
});

for (const width of [390, 1280])
  test(`its pages have no fault at ${width} px`, async ({ browser, contextOptions, origin }) => {
    test.setTimeout(3 * 60_000);
    // axe runs in the page.
    const options = { ...contextOptions, viewport: { width, height: 900 }, bypassCSP: true };
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const faults = [];
    let path;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(`${path}  console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`${path}  script: ${error}`));
    for (path of PATHS) {
      const answer = await page.goto(origin + path);
      if (!answer.ok()) faults.push(`${path}  ${answer.status()}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${path}  ${wide} px wider than the window`);
      faults.push(...(await page.evaluate(brokenTitles)).map((title) => `${path}  a title breaks within a word: ${title}`));
      for (const { id, nodes } of await violations(page, true)) faults.push(`${path}  ${id}: ${nodes[0].html}`);
    }
    await context.close();
    none(faults, 'the second event has no fault');
  });

test('its pages are valid HTML', async ({ origin }) => {
  test.setTimeout(2 * 60_000);
  const answers = PATHS.map(async (path) => [path, await (await fetch(origin + path)).text()]);
  none(await htmlFaults(new Map(await Promise.all(answers))), 'every page is valid HTML');
});

test('a talk is found by a word of its text, in both languages', async ({ page, origin }) => {
  for (const [prefix, word] of [['', 'Teeschale'], ['/en', 'lacquer']]) {
    await page.goto(`${origin}${prefix}/search/?q=${word}`);
    const links = await page.locator('#results a').evaluateAll((all) => all.map((it) => new URL(it.href).pathname));
    none(links.some((it) => it.startsWith(`${prefix}/talks/kintsugi/`)) ? [] : links, `${word} leads to its talk`);
  }
});

/** The titles whose words are set over two lines. Runs in the page. */
function brokenTitles() {
  const broken = [];
  for (const title of document.querySelectorAll('h1, h2, h3')) {
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const { 0: word, index } of walker.currentNode.data.matchAll(/\p{Script=Latin}+/gu)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + word.length);
        const lines = new Set([...range.getClientRects()].filter((it) => it.width > 0).map((it) => Math.round(it.top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return broken;
}
