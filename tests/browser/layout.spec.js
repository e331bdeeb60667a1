// Pages keep their shape on small screens and with large text, without JavaScript, and while they load.

import { KINDS, LANGUAGES, expect, forEach, none, paintInFont, recordShifts, shiftsOf, test } from './site.js';

// WCAG 2.2, 1.4.12: lines, paragraphs, letters and words further apart, by a reader's own stylesheet.
const APART = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

test.describe('narrow', () => {
  test.use({ viewport: { width: 320, height: 640 }, bypassCSP: true });

  test('no page scrolls sideways or cuts text off at 320 px, nor text set apart at 320, 390 and 1280 px', async ({ page, site }) => {
    test.setTimeout(5 * 60_000);
    await forEach(site.views, 'everything fits', async (path) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await open(page, path);
      const problems = await page.evaluate(overflowing);
      await page.addStyleTag({ content: APART });
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const lost = await page.evaluate(overflowing);
        problems.push(...lost.map((it) => `set apart at ${width} px ${it}`));
      }
      return problems;
    });
  });
});

test('text at 200% grows on every page and nothing of it is lost', async ({ page, site }) => {
  test.setTimeout(5 * 60_000);
  const browserSettings = await page.context().newCDPSession(page);
  // The reader's own setting, as in the browser's preferences: 16 px becomes 32 px.
  const setText = (standard) => browserSettings.send('Page.setFontSizes', { fontSizes: { standard } });

  await forEach(site.sample, 'at 200% the text grows and fits', async (path) => {
    const problems = [];
    const usual = {};
    for (const standard of [16, 32]) {
      await setText(standard);
      await open(page, path);
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const size = await page.evaluate(paragraphSize);
        usual[width] ??= size;
        if (standard === 16) continue;
        const lost = await page.evaluate(overflowing);
        problems.push(...lost.map((it) => `at ${width} px ${it}`));
        if (size < 1.9 * usual[width]) problems.push(`at ${width} px its paragraphs grow from ${usual[width]} px to ${size} px only`);
      }
    }
    return problems;
  });
});

// A window of 1280 by 1024 px at 400%.
test.describe('zoomed', () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test('at 400% nothing covers the page or is cut off', async ({ page }) => {
    await forEach(KINDS, 'at 400% everything fits', async (path) => {
      await open(page, path);
      const covered = await page.evaluate(() => {
        const fixed = [...document.querySelectorAll('body *')].filter((it) => {
          const { position } = getComputedStyle(it);
          return (position === 'fixed' || position === 'sticky') && it.getBoundingClientRect().height > 64;
        });
        return fixed.map((it) => `is covered by ${it.className}`);
      });
      return [...covered, ...(await page.evaluate(overflowing))];
    });
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every page shows all that it shows with JavaScript', async ({ browser, contextOptions, page, site }) => {
    test.setTimeout(5 * 60_000);
    const context = await browser.newContext({ ...contextOptions, baseURL: site.origin, javaScriptEnabled: true });
    const enhanced = await context.newPage();
    const length = async (where) => (await where.locator('main').innerText()).length;

    await forEach(site.sample, 'without JavaScript nothing is missing', async (path) => {
      await Promise.all([page.goto(path), enhanced.goto(path)]);
      const [plain, full] = [await length(page), await length(enhanced)];
      const problems = [];
      if (!(await page.locator('h1').first().isVisible())) problems.push('shows no h1');
      // Room for what only a script can offer, such as a button that copies a link.
      if (plain < 0.95 * full) problems.push(`shows ${plain} of ${full} characters`);
      return problems;
    });
    await context.close();
  });

  test('the site can be walked through', async ({ page, site }) => {
    const [first, second] = site.projects;
    await page.goto('/');
    await page.locator(`main a[href="/projects/${first}/"]`).filter({ visible: true }).first().click();
    await expect(page).toHaveURL(`/projects/${first}/`);
    await page.locator('a[rel="next"]').filter({ visible: true }).first().click();
    await expect(page).toHaveURL(`/projects/${second}/`);
    await page.locator('header a[hreflang="en"]').filter({ visible: true }).first().click();
    await expect(page).toHaveURL(`/en/projects/${second}/`);
    await page.locator('header a[href="/en/"]').filter({ visible: true }).first().click();
    await expect(page).toHaveURL('/en/');
  });
});

test('no page asks another host for anything, and none logs an error', async ({ page, site }) => {
  test.setTimeout(5 * 60_000);
  let problems = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== site.origin) problems.push(`requests ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`gets ${response.status()} for ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`logs: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`throws: ${error.message}`));

  const found = site.sample.filter((path) => site.answers.get(path).status === 200);
  await forEach(found, 'every page is at peace and asks no other host', async (path) => {
    problems = [];
    await open(page, path);
    await scrollThrough(page);
    return problems;
  });
});

for (const width of [390, 1280]) {
  test.describe(`loading at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } });

    for (const prefix of Object.values(LANGUAGES)) {
      for (const path of [`${prefix}/`, `${prefix}/projects/rrc/`]) {
        test(`nothing moves while ${path} loads and is scrolled (CLS 0)`, async ({ page }) => {
          await recordShifts(page);
          await paintInFont(page);
          await open(page, path);
          await scrollThrough(page);
          none(await shiftsOf(page), `${path} does not shift`);
        });
      }
    }
  });
}

/** Goes to a page and waits for its fonts and for all that it loads at first. */
async function open(page, path) {
  await page.goto(path);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}

/** Scrolls to the end in steps, so that everything lazy has its turn. */
async function scrollThrough(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      await frame();
      await frame();
    }
  });
  await page.waitForLoadState('networkidle');
}

// The functions below run inside the page.

/** The size of the letters of running text, in pixels. */
function paragraphSize() {
  // Running text: the numerals and the notes of the poster are pictures, as large as the sheet lets them be.
  const text = 'main :is(.prose-section__text p, .at-a-glance__text, .glossary-entry__text, .topics__text, .page-header__text, .error-page__text p)';
  return parseFloat(getComputedStyle(document.querySelector(text) ?? document.body).fontSize);
}

/** What does not fit: the page itself, wider than the window, and texts outside the box that holds them. */
function overflowing() {
  const room = document.documentElement.clientWidth;
  const problems = [];
  const outline = (element) => element.cloneNode(false).outerHTML.replace(/<\/[^<]*$/, '').slice(0, 160);
  const quote = (text) => `“${text.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  if (document.documentElement.scrollWidth > room) {
    const widest = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(-3);
    problems.push(`scrolls ${document.documentElement.scrollWidth - room} px sideways: ${widest.map(outline).join(' ')}`);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    // Lettering is a picture with a text alternative; what is not seen cannot be cut off.
    if (!text.data.trim() || parent.closest('svg, [role="img"], [aria-hidden="true"], noscript')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const boxes = [...range.getClientRects()];
    const cut = cutBy(parent, boxes);
    if (cut) problems.push(`cuts off ${quote(text.data)} at ${outline(cut)}`);
  }
  return problems;

  /** The closest ancestor that hides a part of these boxes and cannot be scrolled to it. */
  function cutBy(element, boxes) {
    let [across, down] = [true, true];
    for (let holder = element; holder; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      const edge = holder.getBoundingClientRect();
      const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
      // Text for screen readers alone, hidden in a box of one pixel.
      if (hides(style.overflowX) && edge.width <= 2 && edge.height <= 2) return undefined;
      const outside = ({ left, right, top, bottom }) =>
        (across && hides(style.overflowX) && (left < edge.left - 2 || right > edge.right + 2)) ||
        // Line boxes reach past tightly set letters, so that only the middle of a line counts.
        (down && hides(style.overflowY) && ((top + bottom) / 2 < edge.top || (top + bottom) / 2 > edge.bottom));
      if (boxes.some(outside)) return holder;
      const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
      across &&= !scrolls(style.overflowX);
      down &&= !scrolls(style.overflowY);
    }
    return undefined;
  }
}
