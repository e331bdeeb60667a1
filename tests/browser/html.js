// The Nu HTML checker, asked about many pages at once.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import jar from 'vnu-jar';

import { brief } from './site.js';

/** One line for each error in the pages, a map from path to HTML. */
export async function htmlFaults(pages) {
  const folder = await mkdtemp(join(tmpdir(), 'showcase-html-'));
  try {
    // Numbered files, since a query is no file name.
    const names = new Map([...pages.keys()].map((path, index) => [`${index}.html`, path]));
    for (const [name, path] of names) await writeFile(join(folder, name), pages.get(path));

    const { messages } = JSON.parse(await check(folder));
    return messages
      .filter(({ type }) => type !== 'info')
      .map(({ url, lastLine, lastColumn, message, extract }) => {
        const path = names.get(basename(new URL(url).pathname));
        return `${path}  line ${lastLine}, column ${lastColumn}: ${message} ${brief(extract ?? '')}`;
      });
  } finally {
    await rm(folder, { recursive: true });
  }
}

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
