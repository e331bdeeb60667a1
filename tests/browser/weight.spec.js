// A first visit costs little: what a browser with nothing kept has to fetch.

import { expect, test } from './site.js';

for (const [path, kilobytes] of [['/', 130], ['/en/', 70]]) {
  test(`the first view of ${path} is under ${kilobytes} kB, in eight requests at most`, async ({ page, site }) => {
    // Compressed forms are made once the server has begun to answer.
    const styles = site.answers.get(path).page.references.map(({ url }) => site.pathOf(url)).find((it) => it?.endsWith('.css'));
    const headers = { 'accept-encoding': 'br, gzip' };
    for (const address of [path, styles]) {
      await expect
        .poll(async () => (await fetch(site.origin + address, { headers })).headers.get('content-encoding'), { timeout: 45_000 })
        .not.toBeNull();
    }

    const browserSide = await page.context().newCDPSession(page);
    await browserSide.send('Network.enable');
    await browserSide.send('Network.setCacheDisabled', { cacheDisabled: true });
    const [sizes, urls, later] = [[], [], new Set()];
    browserSide.on('Network.requestWillBeSent', ({ request, requestId }) => {
      if (!request.url.startsWith('http')) return;
      // What is fetched for the next page, once this one is there.
      if (request.headers['Sec-Purpose'] === 'prefetch' || request.initialPriority === 'VeryLow') later.add(requestId);
      else urls.push(request.url);
    });
    browserSide.on('Network.loadingFinished', ({ encodedDataLength, requestId }) => {
      if (!later.has(requestId)) sizes.push(encodedDataLength);
    });
    await page.goto(path, { waitUntil: 'networkidle' });

    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(urls.length, urls.join('\n')).toBeLessThanOrEqual(8);
    expect(sizes.length, 'every request ends').toBe(urls.length);
    expect(bytes, `${bytes} bytes, headers included`).toBeLessThan(kilobytes * 1000);
    expect(bytes, 'the font is among them').toBeGreaterThan(20_000);
    expect(later.size, 'the font of the other pages comes later').toBe(1);
    test.info().annotations.push({ type: 'bytes', description: `${bytes} in ${urls.length} requests` });
  });
}
