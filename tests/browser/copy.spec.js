// The links beside headings, figures and terms copy themselves, and lead where they say in any case.

import { LANGUAGES, expect, test } from './site.js';

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  test(`a chosen heading link is copied and says so (${language})`, async ({ page, context, site }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
    await page.goto(`${prefix}/projects/rrc/`);
    const anchor = page.locator('.prose-section h2 .anchor').first();
    await anchor.focus();
    await page.keyboard.press('Enter');
    const toast = page.getByRole('status');
    await expect(toast).toHaveText((await toast.getAttribute('data-copied')).trim());
    await expect(toast).toBeInViewport();
    await expect(page).toHaveURL(/#./);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  });
}

test('without a clipboard the link still leads to its heading', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto('/projects/rrc/');
  await page.locator('.prose-section h2').first().hover();
  await page.locator('.prose-section h2 .anchor').first().click();
  await expect(page).toHaveURL(/#./);
  await expect(page.getByRole('status')).toBeEmpty();
  expect(errors).toEqual([]);
});
