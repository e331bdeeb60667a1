// What a screen reader is told of a page of each kind: its landmarks, headings and lists, in their order. Other nodes may
// stand between them, and the words are the content's: they stand in no test.

import { KINDS, expect, test } from './site.js';

const LINKED_PROJECTS = `
  - list:
    - listitem:
      - link:
        - /url: /\\/projects\\/./`;

const SHARE = `
  - heading [level=2]
  - button
  - group`;

const MAIN = {
  '/': `
  - region:
    - heading [level=1]
    - paragraph:
      - time
  - navigation:
    - list:
      - listitem:
        - link /^\\d\\d /
  - list:
    - listitem
  - region:
    - paragraph
  - article:
    - heading [level=2]
    - paragraph
  - heading [level=2]
  - list:
    - listitem:
      - heading [level=3]:
        - link
      - list:
        - listitem:
          - link
  - heading [level=2]
  - group:
    - link${SHARE}`,
  '/projects/': `
  - heading [level=1]
  - table:
    - caption
    - rowgroup:
      - row:
        - columnheader
    - rowgroup:
      - row:
        - rowheader:
          - link /^\\d\\d /
        - cell
        - cell:
          - list:
            - listitem:
              - link`,
  '/projects/rrc/': `
  - article:
    - heading [level=1]
    - term
    - definition
    - region:
      - heading [level=2]
      - paragraph
    - heading [level=2]
    - list:
      - listitem:
        - heading [level=3]
        - paragraph
    - complementary:
      - term:
        - link
      - definition
    - heading [level=2]:
      - link
    - list:
      - listitem:
        - link${SHARE.replaceAll('\n', '\n  ')}
  - heading [level=2]${LINKED_PROJECTS}
  - navigation:
    - link
    - link`,
  '/topics/': `
  - heading [level=1]
  - list:
    - listitem:
      - heading [level=2]:
        - link
      - paragraph${LINKED_PROJECTS.replaceAll('\n', '\n    ')}`,
  '/topics/sharing/': `
  - heading [level=1]
  - region:
    - heading [level=2]
    - list:
      - listitem:
        - heading [level=3]:
          - link
  - navigation:
    - link`,
  '/glossary/': `
  - heading [level=1]
  - navigation:
    - link
  - term:
    - link
  - definition
  - definition:
    - list:
      - listitem:
        - link`,
  '/search/?q=rrc': `
  - heading [level=1]
  - search:
    - searchbox
    - button
  - status: /rrc/
  - list:
    - listitem:
      - paragraph
      - heading [level=2]:
        - link:
          - mark
      - paragraph`,
  '/about/': `
  - heading [level=1]
  - article:
    - paragraph
    - heading [level=2]:
      - link`,
  '/no-such-page/': `
  - heading [level=1]
  - paragraph
  - link${LINKED_PROJECTS}`,
};

const BANNER = `
- banner:
  - link
  - link
  - navigation:
    - link
  - navigation:
    - link`;

const FOOTER = `
- contentinfo:
  - paragraph
  - navigation:
    - list:
      - listitem:
        - link
  - navigation:
    - list:
      - listitem:
        - link:
          - /url: /feed\\.xml$/
  - paragraph:
    - time`;

for (const path of KINDS) {
  test(`${path} is read out in order`, async ({ page }) => {
    await page.goto(path);
    const kind = path.replace(/^\/en\//, '/');
    await expect(page.locator('body')).toMatchAriaSnapshot(`${BANNER}\n- main:${MAIN[kind]}\n${FOOTER}`);
  });
}

test('drawings that only decorate are not read out', async ({ page }) => {
  for (const path of ['/', '/projects/', '/topics/', '/no-such-page/']) {
    await page.goto(path);
    expect(await page.locator('main').ariaSnapshot(), path).not.toMatch(/^ *- img\b/m);
  }
});
