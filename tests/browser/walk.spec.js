// A visitor walks through the site by its links, with the page transitions that motion allows.

import { KINDS, LANGUAGES, expect, forEach, test } from './site.js';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('from the first page to a project, into English and home again', async ({ page }) => {
  await page.goto('/');
  await arrived(page, '/', 'ko');

  await follow(page, 'main a[href="/projects/rrc/"]');
  await arrived(page, '/projects/rrc/', 'ko');

  await follow(page, 'header a[hreflang="en"]');
  await arrived(page, '/en/projects/rrc/', 'en');

  await follow(page, 'header a[href="/en/"]');
  await arrived(page, '/en/', 'en');

  await follow(page, 'header a[hreflang="ko"]');
  await arrived(page, '/', 'ko');
});

test('no kind of page gives the browser anything to complain of', async ({ page }) => {
  let said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => {
    // That a page is not there is said of the page that says so.
    const isStatus = message.location().url === page.url() && message.text().includes('status of 404');
    if (!isStatus) said.push(message.text());
  });
  await forEach(KINDS, 'no page makes the browser complain', async (path) => {
    said = [];
    await page.goto(path, { waitUntil: 'load' });
    return said;
  });
});

for (const [language, prefix] of Object.entries(LANGUAGES)) {
  test(`next walks through all projects, previous back (${language})`, async ({ page, site }) => {
    const paths = site.projects.map((slug) => `${prefix}/projects/${slug}/`);

    await page.goto(paths[0]);
    for (const path of paths.slice(1)) {
      await follow(page, 'a[rel="next"]');
      await arrived(page, path, language);
    }
    for (const path of paths.slice(-4, -1).reverse()) {
      await follow(page, 'a[rel="prev"]');
      await arrived(page, path, language);
    }
  });

  test(`the first page leads to all projects in their order (${language})`, async ({ page, site }) => {
    await page.goto(`${prefix}/`);
    const hrefs = await page.locator('main a[href]').evaluateAll((links) => links.map((link) => new URL(link.getAttribute('href'), document.baseURI).pathname));
    const projects = hrefs.filter((href) => href.startsWith(`${prefix}/projects/`) && !href.endsWith('/projects/'));
    expect([...new Set(projects)]).toEqual(site.projects.map((slug) => `${prefix}/projects/${slug}/`));
  });
}

/** Clicks the first link that can be seen. */
async function follow(page, selector) {
  const link = page.locator(selector).filter({ visible: true }).first();
  await expect(link, `${new URL(page.url()).pathname} shows a link ${selector}`).toBeVisible();
  await link.click();
}

async function arrived(page, path, language) {
  await expect(page).toHaveURL(path);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('h1')).toBeVisible();
}
