// Passing a page on: copying its address and citations, the system's share sheet, the QR code on screen and paper.

import { expect, paintInFont, recordShifts, shiftOf, test } from './site.js';

const PAGE = '/projects/rrc/';

const copyLink = (page) => page.locator('#cite .cite__links > [data-copy]');
const copyCitation = (page) => page.locator('#cite .cite__copy');

/** What a button or the toast has to say, which is the site's own wording. */
const words = async (of, name) => (await of.getAttribute(`data-${name}`)).trim();

/** Records what is copied, or refuses to copy. */
async function clipboard(page, { allowed }) {
  await page.addInitScript((isAllowed) => {
    window.copied = [];
    const writeText = async (text) => {
      if (!isAllowed) throw new DOMException('refused', 'NotAllowedError');
      window.copied.push(text);
    };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
  }, allowed);
}

/** Gives the browser a share sheet that records what it is handed. */
async function shareSheet(page) {
  await page.addInitScript(() => {
    window.shared = [];
    navigator.share = async (data) => void window.shared.push(data);
  });
}

test('the page’s address and its citations are copied, and a message says so', async ({ page }) => {
  await clipboard(page, { allowed: true });
  await page.goto(PAGE);
  const canonical = await page.locator('link[rel=canonical]').getAttribute('href');
  const toast = page.locator('#toast');

  await copyLink(page).click();
  await expect(toast).toHaveText(await words(page.locator('#toast'), 'copied'));
  await page.locator('.cite__toggle').click();
  await copyCitation(page).first().click();
  await expect(toast).toHaveText(await words(copyCitation(page).first(), 'said'));
  await copyCitation(page).last().click();

  const [link, own, other] = await page.evaluate(() => window.copied);
  expect(link).toBe(canonical);
  const shown = await page.locator('.cite__item p').allTextContents();
  expect([own, other]).toEqual(shown.map((it) => it.replaceAll('\u00a0', ' ').replaceAll('\u2060', '')));
  expect(own).toContain(canonical);
  expect(other).toContain('/en/projects/rrc/');
});

test('the system’s clipboard really holds the address', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(PAGE);
  await copyLink(page).click();
  await expect(page.locator('#toast')).toHaveText(await words(page.locator('#toast'), 'copied'));
  const held = await page.evaluate(() => navigator.clipboard.readText());
  expect(held).toBe(await page.locator('link[rel=canonical]').getAttribute('href'));
});

test('a browser that refuses to copy is not passed over in silence', async ({ page }) => {
  await clipboard(page, { allowed: false });
  await page.goto(PAGE);
  await copyLink(page).click();
  await expect(page.locator('#toast')).toHaveText(await words(copyLink(page), 'failed'));
});

test('the keyboard reaches and works every button', async ({ page }) => {
  await clipboard(page, { allowed: true });
  await shareSheet(page);
  await page.goto(PAGE);
  await copyLink(page).focus();
  for (const key of ['Enter', 'Tab', 'Enter', 'Tab', 'Enter', 'Tab', 'Enter', 'Tab', 'Space', 'Tab', 'Enter']) {
    await page.keyboard.press(key);
  }
  await expect(page.locator('[data-share]')).toBeFocused();
  await expect(page.locator('.qr__code')).toBeVisible();
  expect(await page.evaluate(() => [window.copied.length, window.shared.length])).toEqual([3, 1]);
});

test('the share sheet is offered where there is one, with the page’s title and address', async ({ page }) => {
  await shareSheet(page);
  await page.goto(PAGE);
  await page.locator('[data-share]').click();
  const url = await page.locator('link[rel=canonical]').getAttribute('href');
  const title = await words(page.locator('[data-share]'), 'title');
  expect(await page.evaluate(() => window.shared)).toEqual([{ title, url }]);
  await expect(page.locator('h1')).toContainText(title);
});

test('the share button is not there without a share sheet', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'share', { value: undefined });
  });
  await page.goto(PAGE);
  await expect(copyLink(page)).toBeVisible();
  await expect(page.locator('[data-share]')).toBeHidden();
});

test('without JavaScript no button is shown that would do nothing, and the code opens', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(PAGE);
  for (const dead of await page.locator('#cite button').all()) await expect(dead).toBeHidden();
  await page.locator('.qr__toggle').click();
  await expect(page.locator('.qr__code')).toBeVisible();
  await context.close();
});

test('buttons that a preview exchanges are shown again and work', async ({ page }) => {
  await clipboard(page, { allowed: true });
  await page.goto(PAGE);
  await expect(copyLink(page)).toBeVisible();
  await page.evaluate(() => {
    const part = document.querySelector('#cite');
    const fresh = part.cloneNode(true);
    for (const it of fresh.querySelectorAll('button')) it.hidden = true;
    part.replaceWith(fresh);
  });
  await copyLink(page).click();
  expect(await page.evaluate(() => window.copied.length)).toBe(1);
  await page.evaluate(() => document.querySelectorAll('#cite button').forEach((it) => (it.hidden = true)));
  await expect(copyLink(page)).toBeVisible();
});

for (const width of [320, 390, 1280]) {
  test(`at ${width} px buttons are large enough to touch and nothing moves when they appear`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await recordShifts(page);
    await paintInFont(page);
    await page.goto(`${PAGE}#cite`);
    const targets = page.locator('#cite :is(button, summary):visible');
    expect(await targets.count()).toBeGreaterThanOrEqual(3);
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      expect(box.height).toBeGreaterThanOrEqual(44);
      expect(box.width).toBeGreaterThanOrEqual(44);
    }
    expect(await shiftOf(page)).toBe(0);
  });
}

for (const path of ['/', PAGE]) {
  test(`the code of ${path} is behind a button on screen and printed`, async ({ page }) => {
    await page.goto(path);
    const code = page.locator('.qr__code');
    await expect(code).toBeHidden();
    await page.locator('.qr__toggle').click();
    await expect(code).toBeVisible();
    await page.locator('.qr__toggle').click();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.qr__code')).toBeVisible();
    const box = await page.locator('.qr__code').boundingBox();
    // 20 mm with the margin, half a millimetre for each module.
    expect(box.width).toBeGreaterThan(75);
    for (const hidden of await page.locator('#cite :is(button, summary)').all()) await expect(hidden).toBeHidden();
  });
}
