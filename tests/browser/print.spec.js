// Printed on A4, a page keeps all its texts, and none of them runs over the edge of the sheet.

import { getDocumentProxy } from 'unpdf';

import { KINDS, expect, forEach, none, test } from './site.js';

test('printed on A4, no page loses or clips a text', async ({ page }) => {
  test.setTimeout(5 * 60_000);
  await forEach(KINDS, 'paper holds what the screen shows', async (path) => {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    const lines = await page.evaluate(printed);
    const sheets = await read(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    await page.emulateMedia({ media: null });

    const problems = [];
    const text = sheets.map(({ items }) => items.map(({ str }) => str).join('')).join('');
    const plain = plainly(text);
    for (const line of lines) if (!plain.includes(plainly(line))) problems.push(`does not print “${line.slice(0, 60)}”`);
    sheets.forEach(({ width, height, items }, index) => {
      if (Math.round(width) !== 595 || Math.round(height) !== 842) problems.push(`sheet ${index + 1} is no A4`);
      for (const { str, transform, width: length } of items) {
        const [left, bottom] = [transform[4], transform[5]];
        if (!str.trim()) continue;
        if (left < 0 || left + length > width || bottom < 0 || bottom > height) {
          problems.push(`sheet ${index + 1} clips “${str.slice(0, 40)}”`);
        }
      }
    });
    if (/\/projects\/[a-z]/.test(path) && sheets.length > 2) problems.push(`takes ${sheets.length} sheets`);
    return problems;
  });
});

test('a link that leaves the site is printed with its address, others are not', async ({ page }) => {
  await page.goto('/en/about/');
  const leaving = await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.org/the-report?page=1';
    link.append('the report');
    document.querySelector('.prose-section__text p').append(link);
    return [...document.querySelectorAll('main a')].filter(({ host }) => host !== location.host).length;
  });
  const sheets = await read(await page.pdf({ preferCSSPageSize: true }));
  const text = plainly(sheets.flatMap(({ items }) => items.map(({ str }) => str)).join(''));
  expect(text).toContain('thereport(https://example.org/the-report?page=1)');
  expect(text.match(/\(https?:/g), 'links within the site stay words').toHaveLength(leaving);
});

test('no heading is left alone at the end of a sheet', async ({ page }) => {
  test.setTimeout(5 * 60_000);
  await forEach(KINDS, 'headings stay with what follows', async (path) => {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    const parted = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(h2, h3, h4)')]
        .filter((heading) => getComputedStyle(heading).breakAfter !== 'avoid')
        .map((heading) => `may part “${heading.textContent}” from its text`),
    );
    await page.emulateMedia({ media: null });
    return parted;
  });

  // Wherever a sheet ends: the text is pushed down by a little more each time, by most of a sheet in all.
  await page.goto('/en/projects/rrc/');
  const headings = await page.evaluate(() =>
    [...document.querySelectorAll('main :is(h2, h3)')].map((heading) => heading.firstChild.data),
  );
  const alone = [];
  for (let space = 0; space < 640; space += 20) {
    await page.evaluate((height) => {
      document.querySelector('.prose').style.marginBlockStart = `${height}px`;
    }, space);
    const sheets = await read(await page.pdf({ preferCSSPageSize: true }));
    for (const [index, { items }] of sheets.entries()) {
      const words = items.filter(({ str }) => str.trim());
      const lowest = Math.min(...words.map(({ transform }) => transform[5]));
      const last = words.filter(({ transform }) => transform[5] < lowest + 2).map(({ str }) => str).join('');
      const heading = headings.find((it) => plainly(it).endsWith(plainly(last)));
      if (heading && index < sheets.length - 1) alone.push(`“${heading}” ends sheet ${index + 1} when pushed by ${space} px`);
    }
  }
  none(alone, 'no heading ends a sheet');
});

/** Without spaces and in one form, since a PDF has other spaces than a page. */
function plainly(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b\u2060]+/g, '').toLowerCase();
}

async function read(data) {
  const book = await getDocumentProxy(new Uint8Array(data), { verbosity: 0 });
  const sheets = [];
  for (let number = 1; number <= book.numPages; number += 1) {
    const sheet = await book.getPage(number);
    const { width, height } = sheet.getViewport({ scale: 1 });
    const { items } = await sheet.getTextContent();
    sheets.push({ width, height, items });
  }
  await book.destroy();
  return sheets;
}

/** The words that are to be printed, one by one: a PDF may join lines in another order. Runs inside the page. */
function printed() {
  const words = new Set();
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (parent.closest('svg, .visually-hidden, noscript, [aria-hidden="true"], details:not([open])')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    for (const word of texts.currentNode.data.split(/\s+/)) if (word) words.add(word);
  }
  return [...words];
}
