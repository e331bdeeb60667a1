// The Nu HTML checker finds no error in any page.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import jar from 'vnu-jar';

import { brief, none, test } from './site.js';

test('the Nu HTML checker finds no error in any page', async ({ site }) => {
  test.setTimeout(5 * 60_000);
  const folder = await mkdtemp(join(tmpdir(), 'showcase-html-'));
  try {
    // Numbered files, since a query is no file name.
    const names = new Map(site.views.map((path, index) => [`${index}.html`, path]));
    for (const [name, path] of names) await writeFile(join(folder, name), site.answers.get(path).body);

    const { messages } = JSON.parse(await check(folder));
    const problems = messages
      .filter(({ type }) => type !== 'info')
      .map(({ url, lastLine, lastColumn, message, extract }) => {
        const path = names.get(basename(new URL(url).pathname));
        return `${path}  line ${lastLine}, column ${lastColumn}: ${message} ${brief(extract ?? '')}`;
      });
    none(problems, 'every page is valid HTML');
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The checker's report on all HTML files of a folder, as JSON; it also says which file could not be read. */
function check(folder) {
  const options = ['--stdout', '--exit-zero-always', '--skip-non-html', '--format', 'json'];
  return new Promise((resolve, reject) => {
    execFile('java', ['-jar', String(jar), ...options, folder], { maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });
}
