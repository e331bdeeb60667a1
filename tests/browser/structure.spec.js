// What a screen reader is told of a page of each kind, kept as a file beside: a change to it is meant, or a fault.
// `playwright test structure.spec.js --update-snapshots` writes them anew.

import { KINDS, LANGUAGES, expect, test } from './site.js';

for (const path of KINDS) {
  const name = path.replace(/\?.*/, '').split('/').filter(Boolean).join('-') || 'home';
  test(`${path} is read out as before`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('main')).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
  });
}

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  for (const part of ['header.head', 'footer.foot']) {
    const name = part.split('.')[1];
    test(`the ${name} of every page is read out as before (${language})`, async ({ page }) => {
      await page.goto(`${prefix}/projects/rrc/`);
      await expect(page.locator(part)).toMatchAriaSnapshot({ name: `${name}-${language}.aria.yml` });
    });
  }
}
