// The Nu HTML checker finds no error in any page.

import { htmlFaults } from './html.js';
import { none, test } from './site.js';

test('the Nu HTML checker finds no error in any page', async ({ site }) => {
  test.setTimeout(5 * 60_000);
  const pages = new Map(site.views.map((path) => [path, site.answers.get(path).body]));
  none(await htmlFaults(pages), 'every page is valid HTML');
});
