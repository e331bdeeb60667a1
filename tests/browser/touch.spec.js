// Fingers find what they aim at.

import { KINDS, forEach, test } from './site.js';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('what can be touched is 44 px large, or stands in a line of text', async ({ page }) => {
  await forEach(KINDS, 'everything is large enough for a finger', async (path) => {
    await page.goto(path);
    return page.evaluate(small);
  });
});

/** What is smaller than 44 × 44 px. Runs inside the page. */
function small() {
  const inText = (element) => {
    const block = element.closest('p, dd, td, th, li, dt, h1, h2, h3, h4, figcaption');
    if (!block || getComputedStyle(element).display !== 'inline') return false;
    return block.textContent.trim().length > element.textContent.trim().length;
  };
  const problems = [];
  for (const element of document.querySelectorAll('a[href], button, input, select, summary')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('.skip-link')) continue;
    if (inText(element) || element.matches('.anchor')) continue;
    // A link may be laid over the whole of what it belongs to.
    const parts = [element, ...element.querySelectorAll('*')].map((part) => part.getBoundingClientRect());
    const edge = (name, pick) => pick(...parts.filter(({ width, height }) => width && height).map((box) => box[name]));
    let [width, height] = [
      edge('right', Math.max) - edge('left', Math.min),
      edge('bottom', Math.max) - edge('top', Math.min),
    ];
    const after = getComputedStyle(element, '::after');
    if (after.content !== 'none' && after.position === 'absolute') {
      width = Math.max(width, parseFloat(after.width));
      height = Math.max(height, parseFloat(after.height));
    }
    if (width < 43.5 || height < 43.5) {
      const text = (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30);
      problems.push(`${element.localName}.${element.getAttribute('class')} “${text}” is ${width.toFixed(0)} × ${height.toFixed(0)} px`);
    }
  }
  return problems;
}
