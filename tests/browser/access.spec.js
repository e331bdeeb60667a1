// axe finds nothing to complain about on any page, on a phone and at a desk, in the light and the dark.

import AxeBuilder from '@axe-core/playwright';

import { brief, forEach, test } from './site.js';

for (const width of [390, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme });

      test('axe finds no violation on any page', async ({ page, site }) => {
        test.setTimeout(15 * 60_000);
        await forEach(site.views, 'axe finds no violation', async (path) => {
          await page.goto(path);
          // No page has a frame, so axe need not open a second page to join their results.
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          return violations.flatMap(describe);
        });
      });
    });
  }
}

/** One line for each element that breaks a rule. */
function describe({ id, help, nodes }) {
  return nodes.map(({ target, any, all, none }) => {
    const reasons = [...any, ...all, ...none].map(({ message }) => message).join('; ');
    return `${id}: ${help}: ${target.join(' ')}: ${brief(reasons)}`;
  });
}
