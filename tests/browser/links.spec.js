// Every address that a page mentions exists, and every page says plainly what and where it is.

import { LANGUAGES, brief, expect, none, test } from './site.js';

test('every internal link and fragment resolves', ({ site }) => {
  const problems = [];
  for (const path of site.views) {
    for (const { url, tag } of site.answers.get(path).page.references) {
      const problem = unresolved(site, url);
      if (problem) problems.push(`${path}  ${brief(tag)} ${problem}`);
    }
  }
  none([...new Set(problems)], 'every internal link and fragment resolves');
});

test('every page has one headline, a title, a description and its canonical address', ({ site }) => {
  const problems = [];
  const titles = new Map();
  for (const { path, page } of site.pages) {
    const complain = (problem) => problems.push(`${path}  ${problem}`);

    if (page.headlines.length !== 1) complain(`has ${page.headlines.length} h1: ${page.headlines.join(' | ')}`);
    if (page.headlines.some((text) => text === '')) complain('has an h1 without text');

    const key = `${page.language} ${page.title}`;
    if (page.title.trim() === '') complain('has no title');
    else if (titles.has(key)) complain(`has the title of ${titles.get(key)}: ${page.title}`);
    titles.set(key, path);

    if (page.descriptions.length !== 1 || !page.descriptions[0].trim()) {
      complain(`has ${page.descriptions.length} descriptions: ${page.descriptions.join(' | ')}`);
    }
    if (page.canonicals.length !== 1 || site.pathOf(page.canonicals[0]) !== path) {
      complain(`names as canonical: ${page.canonicals.join(' | ') || 'nothing'}`);
    }
  }
  none(problems, 'every page says what and where it is');
});

test('the pages of one thing in several languages name each other', ({ site }) => {
  const problems = [];
  const byPath = new Map(site.pages.map((answer) => [answer.path, answer.page]));
  for (const { path, page } of site.pages) {
    const complain = (problem) => problems.push(`${path}  ${problem}`);
    const alternates = new Map(page.alternates.map(({ language, url }) => [language, site.pathOf(url)]));

    for (const language of Object.keys(LANGUAGES)) {
      const other = alternates.get(language);
      if (other === undefined) {
        complain(`names no hreflang=${language}`);
      } else if (!byPath.has(other)) {
        complain(`names ${other} as hreflang=${language}, which is no page of the site`);
      } else if (byPath.get(other).language !== language) {
        complain(`names ${other} as hreflang=${language}, which says lang=${byPath.get(other).language}`);
      } else if (!byPath.get(other).alternates.some(({ url }) => site.pathOf(url) === path)) {
        complain(`names ${other} as hreflang=${language}, which does not name it in return`);
      }
    }
    if (alternates.get(page.language) !== path) complain(`does not name itself as hreflang=${page.language}`);
  }
  none(problems, 'hreflang is complete and reciprocal');
});

test('the links lead to every project in every language', ({ site }) => {
  const paths = site.pages.map(({ path }) => path);
  for (const prefix of Object.values(LANGUAGES)) {
    expect(paths).toEqual(expect.arrayContaining(site.projects.map((slug) => `${prefix}/projects/${slug}/`)));
  }
});

test('an address that nothing has answers 404 with a page in its language', ({ site }) => {
  for (const [language, prefix] of Object.entries(LANGUAGES)) {
    const { path, status, page } = site.answers.get(`${prefix}/no-such-page/`);
    expect(status, `status of ${path}`).toBe(404);
    expect(page?.language, `language of the page at ${path}`).toBe(language);
    const home = page.references.some(({ url }) => site.pathOf(url) === `${prefix}/`);
    expect(home, `${path} links to the first page`).toBe(true);
  }
});

/** Why an address of the site leads nowhere; nothing when it leads somewhere, or out of the site. */
function unresolved(site, url) {
  if (url.startsWith('invalid:')) return 'is no address';
  const path = site.pathOf(url);
  if (path === undefined) return undefined;

  const { status, body, page } = site.answers.get(path);
  // The "not found" pages link to themselves where they offer the other language.
  if (status === 404 && path.endsWith('/no-such-page/')) return undefined;
  if (status !== 200) return `answers ${status}`;

  const id = decodeURIComponent(new URL(url).hash.slice(1));
  if (id === '' || id.startsWith(':~:')) return undefined;
  const exists = page ? page.ids.includes(id) : body.includes(`id="${id}"`);
  return exists ? undefined : `leads to #${id}, which ${path} lacks`;
}
