// A page is set in one font, complete for what it says, and no name is broken.

import { KINDS, expect, forEach, paintInFont, recordShifts, shiftOf, test } from './site.js';

const isHome = (url) => /wanted-sans-\w+-home-/.test(url);

/** Wherever text stands. */
const TEXTS = ['header a', 'main :is(h1, h2, h3, p, li, a, b, span, th, td, dt, dd)', 'footer :is(p, a, span, time)'];

/** Expects the text right inside elements to be drawn by fonts that the page brought along, and by none of the system. */
async function expectOwnFont(page, selector) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  const glyphs = { own: 0, foreign: 0 };
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const it of fonts) glyphs[it.isCustomFont ? 'own' : 'foreign'] += it.glyphCount;
  }
  await session.detach();
  expect(glyphs.own, `${selector} has text`).toBeGreaterThan(0);
  expect(glyphs.foreign, `${selector} is set in the site's font`).toBe(0);
}

for (const path of ['/', '/en/']) {
  test(`${path} is set in a font of its own, and fetches that of the other pages for later`, async ({ page }) => {
    const fonts = [];
    page.on('request', (it) => it.url().endsWith('.woff2') && fonts.push(it.url()));
    await recordShifts(page);
    await paintInFont(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(fonts.map(isHome).sort(), fonts.join('\n')).toEqual([false, true]);
    expect(await shiftOf(page), 'nothing moves').toBe(0);
  });

  test(`${path} needs no other font`, async ({ page }) => {
    await page.route(/\.woff2$/, (route) => (isHome(route.request().url()) ? route.continue() : route.abort()));
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.querySelectorAll('details').forEach((it) => (it.open = true)));
    for (const selector of TEXTS) await expectOwnFont(page, selector);
  });
}

for (const path of ['/', '/en/', '/projects/rrc/', '/en/projects/rrc/', '/en/glossary/']) {
  test(`${path} hardly moves when its font comes late`, async ({ page }) => {
    await recordShifts(page);
    await page.route(/\.woff2$/, async (route) => {
      await page.waitForFunction(() => performance.getEntriesByName('first-paint').length > 0);
      await route.continue();
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    const times = await page.evaluate(() => ({
      painted: performance.getEntriesByName('first-paint')[0].startTime,
      loaded: performance.getEntriesByType('resource').find((it) => it.name.endsWith('.woff2')).responseEnd,
    }));
    expect(times.loaded, 'the font is late').toBeGreaterThan(times.painted);
    // Web Vitals call up to 0.1 good; letters of another design cannot but move a little.
    expect(await shiftOf(page)).toBeLessThan(path.startsWith('/en/') ? 0.005 : 0.05);
  });
}

test('other pages ask for the whole font alone', async ({ page }) => {
  const fonts = [];
  page.on('request', (it) => it.resourceType() === 'font' && fonts.push(it.url()));
  for (const path of ['/projects/rrc/', '/glossary/', '/en/glossary/', '/no-such-page/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const selector of TEXTS) await expectOwnFont(page, selector);
  }
  expect(fonts.filter(isHome)).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the first page is set in its font', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    for (const selector of ['.poster__note', '.prose p', '.site-footer__note']) await expectOwnFont(page, selector);
  });
});

/** Names and numbers that are set large. */
const NAMES = [
  '[class*="word-"]',
  '.project-card__name',
  '.comparison-table__name',
  '.prev-next__name',
  '.wayfinder__link',
  '.emblem-grid__title',
  '.event-figures__number',
  '.figure-grid__value',
].join();

test('no name is broken inside a word, from 320 to 1920 px', async ({ page, site }) => {
  test.setTimeout(8 * 60_000);
  const paths = new Set([...KINDS, ...site.projects.flatMap((it) => [`/projects/${it}/`, `/en/projects/${it}/`])]);
  await forEach([...paths], 'every word of a name is on one line', async (path) => {
    await page.goto(path);
    await page.evaluate(() => document.fonts.ready);
    const problems = [];
    for (const width of [320, 344, 360, 390, 430, 480, 560, 640, 700, 768, 820, 912, 960, 1024, 1100, 1180, 1280, 1440, 1600, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      problems.push(...(await page.evaluate(broken, NAMES)).map((it) => `${width} px: ${it}`));
    }
    return problems;
  });
});

/** The words of these elements that stand on more than one line. */
function broken(selector) {
  const found = [];
  for (const element of document.querySelectorAll(selector)) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[^\s\u00a0-]+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
        if (new Set(tops).size > 1) found.push(`${element.className}: ${word[0]}`);
      }
    }
  }
  return found;
}
