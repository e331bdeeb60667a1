// The served site as the browser tests see it: every address that its pages lead to, fetched once.
//
// 1. `crawl` starts at the first pages and follows every reference inside the site over HTTP.
// 2. `read` takes a page apart, in the browser's own HTML parser.
// 3. `test` hands the result to a spec as the fixture `site`; each worker crawls once.

import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base, expect } from '@playwright/test';

export { expect };

/** The languages of the site and the prefix of their URLs. */
export const LANGUAGES = { ko: '', en: '/en' };

/** The folder names of all projects of a site, in the order of its programme. */
export async function projectsAt(address) {
  const { projects } = await (await fetch(`${address}/projects.json`)).json();
  return projects.map(({ slug }) => slug);
}

/** What is typed into a search form: the name of the project whose page stands for all. */
const SEARCH_WORD = 'rrc';

/** Hands over the origin at which a server of its own shows another content folder. */
export async function serving(folder, use) {
  const target = resolve(import.meta.dirname, '../..', process.env.CARGO_TARGET_DIR ?? 'target');
  const program = process.env.SHOWCASE_PROGRAM ?? join(target, 'debug/showcase');
  const server = spawn(program, ['serve', '--content', folder, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/[^\s/]+/.exec(line);
    if (!address) continue;
    await use(address[0]);
    break;
  }
  server.kill();
}

/** One page of each kind, in every language. */
export const KINDS = Object.values(LANGUAGES).flatMap((prefix) =>
  [
    '/',
    '/projects/',
    '/projects/rrc/',
    '/topics/',
    '/topics/sharing/',
    '/glossary/',
    `/search/?q=${SEARCH_WORD}`,
    '/about/',
    '/no-such-page/',
  ].map((path) => prefix + path),
);

/**
 * Keeps the first paint until the font that the page preloads is there, as it mostly is: otherwise it depends on what
 * else the machine does. What becomes of a font that comes late has tests of its own.
 */
export async function paintInFont(page) {
  const font = page.waitForResponse((it) => it.url().endsWith('.woff2')).then((it) => it.finished());
  await page.route('**/*.css', async (route) => {
    await font;
    await route.continue();
  });
}

/** Notes every layout shift of a page from its beginning, and what moved in it. */
export async function recordShifts(page) {
  await page.addInitScript(() => {
    globalThis.shifts = [];
    const element = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    const outline = ({ node }) => element(node)?.cloneNode(false).outerHTML;
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        globalThis.shifts.push({ value, moved: sources.map(outline).join(' ') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What was noted so far, in words. */
export async function shiftsOf(page) {
  const shifts = await page.evaluate(() => globalThis.shifts);
  return shifts.map(({ value, moved }) => `moves by ${value.toFixed(5)}: ${moved}`);
}

/** The same as a sum, as Web Vitals count it. */
export async function shiftOf(page) {
  return page.evaluate(() => globalThis.shifts.reduce((sum, { value }) => sum + value, 0));
}

/** Where the crawl starts: the first pages, and addresses that nothing has. */
const STARTS = Object.values(LANGUAGES).flatMap((prefix) => [`${prefix}/`, `${prefix}/no-such-page/`]);

/** More addresses than this mean that the pages make up links without end. */
const MOST_ADDRESSES = 3000;

/** A fault of the frame stands on every page; a list of this length shows it. */
const MOST_PROBLEMS = 50;

/**
 * Playwright's `test` with `site`:
 * - `origin`: where it is served;
 * - `projects`: the folder names of all projects in the order of the programme, as `/projects.json` has them;
 * - `answers`: path and query → `{ path, status, type, body, page }`, `page` for HTML alone (see `read`);
 * - `views`: paths of all HTML answers, search results and the "not found" pages included;
 * - `sample`: of these one of each kind in every language, and every other in one of them;
 * - `pages`: the answers that a search engine may list: found, no query, no `noindex`;
 * - `pathOf(url)`: its path and query when it is the site's own, otherwise nothing.
 */
export const test = base.extend({
  site: [
    async ({ browser }, use) => {
      await use(await crawl(browser, new URL(process.env.SHOWCASE_URL).origin));
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Goes through `paths`, each as a named step, and fails once with the list of everything `look` found wrong. */
export async function forEach(paths, promise, look) {
  const problems = [];
  for (const path of paths) {
    await test.step(path, async () => {
      for (const problem of await look(path)) problems.push(`${path}  ${problem}`);
    });
  }
  none(problems, promise);
}

/** Fails with the list of problems, under the promise that they break. */
export function none(problems, promise) {
  const shown = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > shown.length) shown.push(`… and ${problems.length - shown.length} more`);
  expect(problems.length, [`${promise}, but:`, ...shown].join('\n')).toBe(0);
}

/** A piece of a page for a message: one line, not too long. */
export function brief(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

async function crawl(browser, origin) {
  const context = await browser.newContext();
  const parser = await context.newPage();
  const answers = new Map();
  let canonicalOrigin = origin;
  const pathOf = (url) => {
    const { origin: from, pathname, search } = new URL(url);
    return from === origin || from === canonicalOrigin ? pathname + search : undefined;
  };

  let ahead = new Set(STARTS);
  while (ahead.size > 0) {
    const found = await Promise.all([...ahead].map((path) => visit(parser, origin, path)));
    for (const answer of found) answers.set(answer.path, answer);
    // A configured `site_url` makes the canonical addresses differ from where the server listens.
    const canonical = answers.get('/')?.page?.canonicals[0];
    if (canonical) canonicalOrigin = new URL(canonical).origin;

    ahead = new Set();
    for (const { page } of found) {
      for (const { url } of page?.references ?? []) {
        const path = pathOf(url);
        if (path && !answers.has(path)) ahead.add(path);
      }
    }
    if (answers.size + ahead.size > MOST_ADDRESSES) {
      throw new Error(`the crawl met more than ${MOST_ADDRESSES} addresses, the last ones ${[...ahead].slice(-5)}`);
    }
  }
  await context.close();

  const views = [...answers.values()].filter(({ page }) => page).map(({ path }) => path);
  const pages = views
    .map((path) => answers.get(path))
    .filter(({ path, status, page }) => status === 200 && !path.includes('?') && !page.noindex);
  const projects = await projectsAt(origin);
  if (pages.length < 2 * projects.length) {
    throw new Error(`the crawl from ${STARTS.join(' ')} found only ${pages.length} pages at ${origin}`);
  }
  const baseOf = (path) => path.replace(/^\/en(?=\/)/, '');
  const bases = [...new Set(views.map(baseOf))].sort();
  const isInOneLanguage = (path) => (bases.indexOf(baseOf(path)) % 2 === 0) === (path === baseOf(path));
  const sample = views.filter((path) => KINDS.includes(path) || isInOneLanguage(path));
  return { origin, projects, answers, views: views.sort(), sample, pages, pathOf };
}

async function visit(parser, origin, path) {
  const response = await fetch(origin + path, { redirect: 'manual' });
  const type = response.headers.get('content-type') ?? '';
  const isText = /^text\/|xml|json|svg/.test(type);
  const body = isText ? await response.text() : (await response.arrayBuffer(), '');
  const page = type.startsWith('text/html') && body !== ''
    ? await parser.evaluate(read, { html: body, address: origin + path, word: SEARCH_WORD })
    : undefined;
  return { path, status: response.status, type, body, page };
}

/** What a page says of itself and where it leads. Runs inside the browser. */
function read({ html, address, word }) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const all = (selector) => [...page.querySelectorAll(selector)];
  const absolute = (href) => URL.parse(href, address)?.href ?? `invalid:${href}`;
  const values = (selector, attribute) => all(selector).map((element) => element.getAttribute(attribute));

  const references = [];
  const refer = (element, href) => {
    references.push({ url: absolute(href), tag: element.cloneNode(false).outerHTML.replace(/<\/[^<]*$/, '') });
  };
  for (const name of ['href', 'src', 'poster']) {
    for (const element of all(`[${name}]`)) refer(element, element.getAttribute(name));
  }
  for (const element of all('[srcset]')) {
    for (const candidate of element.getAttribute('srcset').split(',')) refer(element, candidate.trim().split(/\s/)[0]);
  }
  for (const element of all('meta[property="og:image"], meta[property="og:url"]')) {
    refer(element, element.getAttribute('content'));
  }
  for (const form of all('form[action]')) {
    const field = form.querySelector('input[name]');
    refer(form, `${form.getAttribute('action')}${field ? `?${field.name}=${word}` : ''}`);
  }

  return {
    language: page.documentElement.lang,
    title: page.title,
    headlines: all('h1').map((heading) => heading.textContent.trim()),
    descriptions: values('meta[name="description"]', 'content'),
    canonicals: values('link[rel="canonical"]', 'href').map(absolute),
    alternates: all('link[rel="alternate"][hreflang]').map((link) => ({
      language: link.getAttribute('hreflang'),
      url: absolute(link.getAttribute('href')),
    })),
    noindex: values('meta[name="robots"]', 'content').some((rule) => rule.includes('noindex')),
    ids: all('[id]').map((element) => element.id),
    references,
  };
}
