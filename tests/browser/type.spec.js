// The site is set in one font wherever anything is read, and the first page does not wait for all of it.

import { expect, paintInFont, recordShifts, shiftOf, test } from './site.js';

const isFirst = (url) => /wanted-sans-\w+-first-/.test(url);

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
  test(`${path} paints with the font of its first view, and fetches the whole one afterwards`, async ({ page }) => {
    const fonts = [];
    page.on('request', (it) => it.resourceType() === 'font' && fonts.push(it.url()));
    await recordShifts(page);
    await paintInFont(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(page.locator('html')).toHaveAttribute('data-font', 'whole');

    expect(fonts.map(isFirst), fonts.join('\n')).toEqual([true, false]);
    const { painted, asked } = await page.evaluate(() => ({
      painted: performance.getEntriesByName('first-paint')[0].startTime,
      asked: performance.getEntriesByType('resource').findLast((it) => it.name.endsWith('.woff2')).startTime,
    }));
    expect(asked, 'the whole font is asked for after the first paint').toBeGreaterThan(painted);
    for (const selector of ['.poster__note', '.headline__line', '.prose p', '.project-card__name', '.ruler__label', '.site-footer__note']) {
      await expectOwnFont(page, selector);
    }
    expect(await shiftOf(page), 'nothing moves').toBe(0);
  });

  test(`what ${path} shows first is whole with the first font alone`, async ({ page }) => {
    await page.route(/\.woff2$/, (route) => (isFirst(route.request().url()) ? route.continue() : route.abort()));
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const selector of ['.site-header__brand', '.site-header__link', '.poster__note', '.emblem-grid__name', '.legend__item']) {
      await expectOwnFont(page, selector);
    }
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
    expect(await shiftOf(page)).toBeLessThan(0.02);
  });
}

test('other pages ask for the whole font alone', async ({ page }) => {
  const fonts = [];
  page.on('request', (it) => it.resourceType() === 'font' && fonts.push(it.url()));
  for (const path of ['/projects/rrc/', '/en/glossary/', '/no-such-page/']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    for (const selector of ['.site-header__link', 'h1', 'main p', '.site-footer__note']) await expectOwnFont(page, selector);
  }
  expect(fonts.filter(isFirst)).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the first page is set in the whole font', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    for (const selector of ['.poster__note', '.prose p', '.site-footer__note']) await expectOwnFont(page, selector);
  });
});
