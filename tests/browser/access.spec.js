// axe finds nothing to complain about on any page, on a phone and at a desk, in the light and the dark.

import { violations } from './axe.js';
import { KINDS, brief, forEach, test } from './site.js';

for (const [width, every] of [[390, true], [1280, false]]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 } });

    test('axe finds no violation', async ({ page, site }) => {
      test.setTimeout(10 * 60_000);
      await forEach(every ? site.sample : KINDS, 'axe finds no violation', async (path) => {
        await page.goto(path);
        return (await violations(page, KINDS.includes(path))).flatMap(describe);
      });
    });
  });
}

test('whoever listens hears the heading after twenty phrases at most, and nothing of it twice', async ({ page }) => {
  await forEach(KINDS, 'the heading comes soon', async (path) => {
    await page.goto(path);
    const phrases = await page.evaluate(spoken);
    const problems = phrases.length > 20 ? [`says ${phrases.length} phrases first: ${phrases.join(' | ')}`] : [];
    const skip = await page.evaluate(() => document.querySelector('.skip-link').closest('header, nav, main, footer'));
    if (!skip) problems.push('has its skip link in no landmark');
    for (const name of await page.evaluate(figuresTwice)) problems.push(`says “${name}” twice in a row`);
    return problems;
  });
});

/** What a screen reader says before the first h1: each text, link and field, and where parts and lists begin and end. */
function spoken() {
  const phrases = [];
  const parts = { HEADER: 2, NAV: 2, MAIN: 1, UL: 2, OL: 2, LI: 2, FIGURE: 2, TABLE: 2, FORM: 2, ARTICLE: 1, SECTION: 1 };
  let isDone = false;
  const walk = (node) => {
    if (isDone) return;
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim()) phrases.push(node.data.trim());
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.localName === 'h1') {
      isDone = true;
      return;
    }
    if (node.ariaHidden === 'true' || !node.checkVisibility() || /^(script|style|template)$/.test(node.localName)) return;
    const count = parts[node.tagName] ?? 0;
    if (count > 0) phrases.push(`(${node.localName})`);
    node.childNodes.forEach(walk);
    if (count > 1 && !isDone) phrases.push(`(end of ${node.localName})`);
  };
  walk(document.body);
  return phrases;
}

/** What is a part's name, and then its first text as well. */
function figuresTwice() {
  const figures = [...document.querySelectorAll('main figure:has(figcaption)')].map((it) => it.textContent.trim());
  const named = [...document.querySelectorAll('main [aria-label]')];
  const twice = named.filter((it) => it.textContent.trim().startsWith(it.ariaLabel) && it.matches('section, figure, svg'));
  const marks = [...document.querySelectorAll('main svg a:has(title)')];
  const spoken = marks.filter((it) => it.querySelector('text:not([aria-hidden])'));
  return [...figures, ...twice.map((it) => it.ariaLabel), ...spoken.map((it) => it.textContent)];
}

/** One line for each element that breaks a rule. */
function describe({ id, help, nodes }) {
  return nodes.map(({ target, any, all, none }) => {
    const reasons = [...any, ...all, ...none].map(({ message }) => message).join('; ');
    return `${id}: ${help}: ${target.join(' ')}: ${brief(reasons)}`;
  });
}
