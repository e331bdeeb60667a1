// The export behind a file server that knows nothing of it: Python's own, which every machine has. Once at the root
// of its host and once below a path, with an alias, a former heading id, and pages that are not there.
//
// The server knows `index.html` and slashes at the end, nothing else: no header fields, no redirects. What works here
// works on any host.

import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base, expect } from '@playwright/test';

import { LANGUAGES, projectsAt } from './site.js';

const ROOT = resolve(import.meta.dirname, '../..');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const PROGRAM = process.env.SHOWCASE_PROGRAM ?? join(TARGET, 'debug/showcase');

/** Python's file server, which says where it listens, and answers what is missing with the page for that. */
const FILE_SERVER = `
import functools, http.server, os, sys
class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments): pass
    def send_error(self, code, *arguments):
        with open(sys.argv[2], 'rb') as page: body = page.read()
        self.send_response(code)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Files, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
`;

/**
 * `served`, by mount path (`''` and `/recap`): the origin of a file server for the exported site. The content is the
 * shipped one, except that `rrc` was once at `/old-rrc/` and its first heading has a former id.
 */
const test = base.extend({
  served: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'showcase-export-'));
      const content = join(folder, 'content');
      cpSync(join(ROOT, 'content'), content, { recursive: true });
      appendFileSync(join(content, 'projects/rrc/project.yaml'), 'aliases: [/old-rrc/]\n');
      for (const language of Object.keys(LANGUAGES)) {
        edit(join(content, `projects/rrc/${language}.md`), /\{#([\w-]+)\}/, '{#$1 was=former-heading}');
      }
      const served = {};
      const servers = [];
      for (const mount of ['', '/recap']) {
        const root = join(folder, mount === '' ? 'root' : 'below');
        const dir = mount === '' ? root : join(root, 'recap');
        mkdirSync(root);
        const url = `https://example.org${mount}/`;
        execFileSync(PROGRAM, ['--content', content, 'export', dir, '--site-url', url, '--compress', 'none']);
        const server = spawn('python3', ['-c', FILE_SERVER, root, join(dir, '404.html')], { stdio: ['ignore', 'pipe', 'inherit'] });
        servers.push(server);
        const port = await new Promise((found) => createInterface(server.stdout).once('line', found));
        served[mount] = `http://127.0.0.1:${port}`;
      }
      await use(served);
      for (const server of servers) server.kill();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

function edit(file, from, to) {
  const text = readFileSync(file, 'utf8');
  if (!from.test(text)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** Everything that a page asks for, says, or fails to load, apart from what the test expects to be missing. */
function watch(page, origin, missing = []) {
  const problems = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) problems.push(`asks for ${request.url()}`);
  });
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (response.status() >= 400 && !missing.includes(path)) problems.push(`${response.status()} for ${path}`);
  });
  page.on('pageerror', (error) => problems.push(`fails with ${error}`));
  page.on('console', (message) => {
    const isExpected = missing.some((path) => message.location().url === origin + path);
    if (['error', 'warning'].includes(message.type()) && !isExpected) problems.push(`says ${message.text()}`);
  });
  return problems;
}

for (const mount of ['', '/recap']) {
  test.describe(mount === '' ? 'at the root of its host' : `below ${mount}`, () => {
    test('every page is found by its links, complete and without complaint', async ({ page, served }) => {
      const origin = served[mount];
      const problems = watch(page, origin);
      const seen = new Set();
      const ahead = [`${mount}/`];
      while (ahead.length > 0) {
        const path = ahead.pop();
        if (seen.has(path)) continue;
        seen.add(path);
        await page.goto(origin + path, { waitUntil: 'load' });
        await expect(page.locator('h1').first(), path).toBeVisible();
        const { links, unseen, font } = await page.evaluate(async () => {
          await document.fonts.ready;
          const pictures = [...document.images].filter((image) => image.complete && image.naturalWidth === 0);
          return {
            // Links inside drawings have no plain `href` property.
            links: [...document.querySelectorAll('a[href]')].map((link) => new URL(link.getAttribute('href'), document.baseURI).href),
            unseen: pictures.map((image) => image.src),
            font: [...document.fonts].some((face) => face.status === 'loaded'),
          };
        });
        expect(unseen, `${path} shows its pictures`).toEqual([]);
        expect(font, `${path} is set in the site's font`).toBe(true);
        for (const link of links) {
          const { origin: from, pathname } = new URL(link);
          if (from === origin && pathname.endsWith('/')) ahead.push(pathname);
        }
      }
      expect(problems).toEqual([]);
      for (const prefix of Object.values(LANGUAGES)) {
        for (const slug of await projectsAt(origin + mount)) expect([...seen]).toContain(`${mount}${prefix}/projects/${slug}/`);
      }
    });

    for (const prefix of Object.values(LANGUAGES)) {
      test(`an old path leads on with its fragment and query (${prefix || '/'})`, async ({ page, served }) => {
        const problems = watch(page, served[mount]);
        const target = `${served[mount]}${mount}${prefix}/projects/rrc/`;
        for (const path of ['/old-rrc/', '/old-rrc']) {
          await page.goto(`${served[mount]}${mount}${prefix}${path}?from=mail#former-heading`);
          await expect(page).toHaveURL(`${target}?from=mail#former-heading`);
          await expect(page.locator('h2:has(#former-heading)')).toBeInViewport();
        }
        // A step back leads to where the reader came from, and not into a circle.
        await page.goto(`${served[mount]}${mount}/about/`);
        await page.goto(`${served[mount]}${mount}${prefix}/old-rrc/`);
        await expect(page).toHaveURL(target);
        await page.goBack();
        await expect(page).toHaveURL(`${served[mount]}${mount}/about/`);
        expect(problems).toEqual([]);
      });
    }

    test('what is not there is said at any depth, and leads home', async ({ page, served }) => {
      const origin = served[mount];
      for (const path of [`${mount}/nothing`, `${mount}/far/away/and/further/`]) {
        const problems = watch(page, origin, [path]);
        const answer = await page.goto(origin + path);
        expect(answer.status()).toBe(404);
        const style = await page.locator('.error-page').evaluate((lost) => getComputedStyle(lost).display);
        expect(style, 'the stylesheet was found').not.toBe('block');
        await page.locator('main a.button--primary').click();
        await expect(page).toHaveURL(`${origin}${mount}/`);
        expect(problems).toEqual([]);
      }
    });
  });
}

test('what slipped into a page neither runs nor loads, although the host says nothing', async ({ page, served }) => {
  const origin = served[''];
  let loaded = false;
  await page.route('https://elsewhere.example/**', async (route) => {
    loaded = true;
    await route.fulfill({ body: '', contentType: 'image/png' });
  });
  await page.route(`${origin}/about/`, async (route) => {
    const response = await route.fetch();
    const run = "document.documentElement.dataset.ran = ''";
    const slipped = `<svg onload="${run}"></svg><script>${run}</script><img src="https://elsewhere.example/a.png" alt="">`;
    await route.fulfill({ response, body: (await response.text()).replace('</main>', `${slipped}</main>`) });
  });
  await page.goto(`${origin}/about/`, { waitUntil: 'load' });
  await expect(page.locator('main img[src^="https:"]'), 'it is in the page').toHaveCount(1);
  expect(await page.evaluate(() => 'ran' in document.documentElement.dataset)).toBe(false);
  expect(loaded).toBe(false);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an old path leads on all the same', async ({ page, served }) => {
    await page.goto(`${served['/recap']}/recap/old-rrc/`);
    await expect(page).toHaveURL(`${served['/recap']}/recap/projects/rrc/`);
  });
});
