// axe, as every spec runs it.

import AxeBuilder from '@axe-core/playwright';

/** What axe finds on the page that is open; `also` in the dark, where nothing but the colours differs. */
export async function violations(page, also) {
  // No page has a frame, so axe need not open a second page to join their results.
  const axe = () => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  await page.emulateMedia({ colorScheme: 'light' });
  const { violations: found } = await axe().analyze();
  if (!also) return found;
  await page.emulateMedia({ colorScheme: 'dark' });
  const { violations: dark } = await axe().withRules(['color-contrast']).analyze();
  return [...found, ...dark];
}
