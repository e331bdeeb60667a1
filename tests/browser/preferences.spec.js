// What readers ask of their system is respected: less motion, their own colours, more contrast.

import { KINDS, expect, forEach, test } from './site.js';

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves by itself on any page', async ({ page }) => {
    await forEach(KINDS, 'nothing moves where motion is reduced', async (path) => {
      await page.goto(path);
      const problems = await page.evaluate(moving);
      if ((await page.evaluate(travelling)).asks) problems.push('asks for a transition to the next page');
      return problems;
    });
  });
});

test.describe('motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('pages ask for a transition, and each thing that travels has a name of its own', async ({ page }) => {
    await forEach(KINDS, 'every page can be travelled to', async (path) => {
      await page.goto(path);
      const { asks, names } = await page.evaluate(travelling);
      const problems = names.filter((name, index) => names.indexOf(name) !== index).map((name) => `has two of ${name}`);
      if (!asks) problems.push('asks for no transition');
      return problems;
    });
  });

  test('the emblem of a project travels from the first page to its page', async ({ page, site }) => {
    await page.goto('/');
    const { names } = await page.evaluate(travelling);
    expect(names).toHaveLength(site.projects.length);
    await page.addInitScript(() => {
      addEventListener('pagereveal', (event) => {
        globalThis.revealed = Boolean(event.viewTransition);
      });
    });
    await page.locator('.emblem-grid a[href="/projects/rrc/"]').click();
    await expect(page).toHaveURL('/projects/rrc/');
    expect((await page.evaluate(travelling)).names).toEqual(['emblem-rrc']);
    expect(await page.evaluate(() => globalThis.revealed), 'the page arrives by a transition').toBe(true);
  });
});

for (const colorScheme of ['light', 'dark']) {
  test.describe(`forced colours, ${colorScheme}`, () => {
    test.use({ contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' }, colorScheme });

    test('texts and drawings can be told from what they stand on', async ({ page }) => {
      await forEach(KINDS, 'nothing vanishes in the reader’s own colours', async (path) => {
        await page.goto(path);
        expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
        return page.evaluate(faint, { text: 4.5, large: 3, drawing: 1.5 });
      });
    });
  });

  test.describe(`more contrast, ${colorScheme}`, () => {
    test.use({ contextOptions: { contrast: 'more', reducedMotion: 'reduce' }, colorScheme });

    test('texts stand out at 7:1, large ones at 4.5:1', async ({ page }) => {
      await forEach(KINDS, 'where more contrast is asked for, texts have it', async (path) => {
        await page.goto(path);
        expect(await page.evaluate(() => matchMedia('(prefers-contrast: more)').matches)).toBe(true);
        return page.evaluate(faint, { text: 7, large: 4.5, drawing: 1.5 });
      });
    });
  });
}

// The functions below run inside the page.

/** What would move: animations that run, and styles that let something move later. */
function moving() {
  const problems = document.getAnimations().map(({ effect }) => `moves ${effect.target?.className}`);
  for (const element of [document.documentElement, ...document.body.querySelectorAll('*')]) {
    const style = getComputedStyle(element);
    const seconds = style.transitionDuration.split(',').map(parseFloat);
    if (style.animationName !== 'none') problems.push(`animates ${element.className}`);
    if (seconds.some((duration) => duration > 0)) problems.push(`lets ${element.className} glide`);
    if (style.scrollBehavior === 'smooth') problems.push(`scrolls ${element.className} smoothly`);
  }
  return problems;
}

/** Whether the page asks for a transition from one page to the next, and the names of what travels in it. */
function travelling() {
  const applies = (rules) =>
    [...rules].some((rule) => {
      if (rule instanceof CSSViewTransitionRule) return rule.navigation === 'auto';
      if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) return false;
      return rule.cssRules ? applies(rule.cssRules) : false;
    });
  const asks = [...document.styleSheets].some((sheet) => applies(sheet.cssRules));
  const names = [...document.querySelectorAll('main *')]
    .map((element) => getComputedStyle(element).viewTransitionName)
    .filter((name) => name !== 'none');
  return { asks, names };
}

/** Texts and pieces of drawings whose colour is too close to the ground that they stand on. */
function faint(least) {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [red, green, blue] = rgba(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = (element) => {
    for (let holder = element; holder; holder = holder.parentElement) {
      const colour = getComputedStyle(holder).backgroundColor;
      if (rgba(colour)[3] === 255) return colour;
    }
    return 'Canvas';
  };
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const problems = [];

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest('svg, [aria-hidden="true"], .visually-hidden, noscript') || !isSeen(element)) continue;
    // Striped letters have no colour of their own.
    const colour = getComputedStyle(element).color;
    if (rgba(colour)[3] === 0) continue;
    const ratio = contrast(colour, groundOf(element));
    const isLarge = parseFloat(getComputedStyle(element).fontSize) >= 24;
    if (ratio < (isLarge ? least.large : least.text)) {
      problems.push(`“${texts.currentNode.data.trim().slice(0, 30)}” in .${element.className} has ${ratio.toFixed(2)}:1`);
    }
  }

  for (const drawing of document.querySelectorAll('main svg')) {
    if (!isSeen(drawing)) continue;
    const shapes = [...drawing.querySelectorAll('path, rect, circle, polygon, ellipse')];
    const ground = groundOf(drawing);
    // A drawing is seen when some of its inks stand out from the ground.
    const inks = shapes.map((shape) => getComputedStyle(shape)).flatMap(({ fill, stroke }) => [fill, stroke]);
    const seen = inks.filter((ink) => /^(rgb|color)/.test(ink) && contrast(ink, ground) >= least.drawing);
    if (shapes.length && !seen.length) problems.push(`a drawing vanishes: .${drawing.getAttribute('class')}`);
  }
  return [...new Set(problems)];
}
