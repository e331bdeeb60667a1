// Whoever has only a keyboard reaches everything, in order, and always sees where they are.

import { KINDS, LANGUAGES, expect, forEach, test } from './site.js';

for (const [width, colorScheme] of [[390, 'light'], [1280, 'dark']]) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, colorScheme });

    test('Tab goes through everything in order, in sight and marked, and out again', async ({ page }) => {
      test.setTimeout(5 * 60_000);
      await forEach(KINDS, 'the keyboard reaches everything, in sight', async (path) => {
        await page.goto(path);
        const count = await page.evaluate(listFocusable);
        const [met, problems] = [[], []];
        for (let step = 0; step < count; step += 1) {
          await page.keyboard.press('Tab');
          const seen = await page.evaluate(focused);
          met.push(seen?.index);
          problems.push(...(seen?.problems ?? []));
        }
        const expected = Array.from({ length: count }, (_, index) => index);
        if (met.join() !== expected.join()) problems.push(`has ${count} stops, and Tab meets ${met.join(' ')}`);
        await page.keyboard.press('Tab');
        if ((await page.evaluate(focused))?.index === count - 1) problems.push('holds the focus at its end');
        return problems;
      });
    });
  });
}

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  test(`the skip link is the first stop and leads past the head (${language})`, async ({ page }) => {
    await page.goto(`${prefix}/projects/rrc/`);
    const skip = page.locator('.skip-link');
    await expect(skip).not.toBeInViewport();
    await page.keyboard.press('Tab');
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => Boolean(document.activeElement.closest('main')))).toBe(true);
  });

  test(`the language is changed with the keyboard (${language})`, async ({ page }) => {
    await page.goto(`${prefix}/glossary/`);
    const other = language === 'ko' ? 'en' : 'ko';
    await page.locator(`header a[hreflang="${other}"]`).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`${LANGUAGES[other]}/glossary/`);
    await expect(page.locator('html')).toHaveAttribute('lang', other);
  });

  test(`a heading's link is reached with the keyboard, and its heading marked (${language})`, async ({ page }) => {
    await page.goto(`${prefix}/projects/rrc/`);
    const anchor = page.locator('.prose-section h2 .anchor').first();
    await anchor.focus();
    await expect(anchor).toHaveCSS('opacity', '1');
    const section = page.locator('.prose-section[id]').first();
    const look = () => section.evaluate((element) => [element, ...element.querySelectorAll('.prose-section__heading')].map((it) => {
      const { backgroundColor, boxShadow, borderColor, textDecorationLine, outline } = getComputedStyle(it);
      return [backgroundColor, boxShadow, borderColor, textDecorationLine, outline].join();
    }).join());
    const before = await look();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#/);
    await anchor.evaluate((element) => element.blur());
    expect(await look(), 'the target looks different').not.toBe(before);
  });
}

// The functions below run inside the page.

/** Numbers everything that takes the focus, in the order of the page, and tells how many there are. */
function listFocusable() {
  const all = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const seen = [...document.querySelectorAll(all)].filter(
    (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }),
  );
  seen.forEach((element, index) => (element.dataset.stop = index));
  return seen.length;
}

/** The place of what has the focus, and what is wrong with how it shows; nothing when the focus has left the page. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const name = `${element.localName}.${element.getAttribute('class') ?? ''} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30)}”`;
  const problems = [];
  // What shows the focus: the element, a part of it, or the box that it lays over its card.
  const rings = [[element], [element, '::after'], ...[...element.querySelectorAll('*')].map((part) => [part])];
  const isRing = ([part, pseudo]) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part, pseudo);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const ring = rings.find(isRing);
  if (!ring) problems.push(`${name} has no outline`);
  const style = getComputedStyle(...(ring ?? [element]));

  const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  const inWindow = boxes.find((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
  if (!inWindow) problems.push(`${name} is out of sight`);
  else {
    const x = (Math.max(inWindow.left, 0) + Math.min(inWindow.right, innerWidth)) / 2;
    const y = (Math.max(inWindow.top, 0) + Math.min(inWindow.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    // Within a drawing nothing covers anything but with its ink.
    const isItself = top && (element.contains(top) || top.contains(element) || element.ownerSVGElement?.contains(top));
    if (!isItself) problems.push(`${name} stands behind ${top?.localName}.${top?.getAttribute('class')}`);
  }

  // One of the two rings, or the outline itself, stands out from what surrounds it.
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const inside = parseFloat(style.outlineOffset) < 0;
  let holder = inside ? (ring?.[0] ?? element) : element.parentElement;
  while (holder && /^(rgba\(0, 0, 0, 0\)|transparent)$/.test(getComputedStyle(holder).backgroundColor)) holder = holder.parentElement;
  const ground = holder ? getComputedStyle(holder).backgroundColor : 'Canvas';
  const shadow = /^rgba?\([^)]*\)/.exec(style.boxShadow)?.[0];
  const best = Math.max(contrast(style.outlineColor, ground), shadow ? contrast(shadow, ground) : 0);
  if (best < 3) problems.push(`the focus of ${name} has ${best.toFixed(2)}:1 only`);
  return { index: Number(element.dataset.stop), problems };
}
