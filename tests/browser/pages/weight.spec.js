// A public page, all of it, crosses a slow line in under 100 kB.
import { expect, test } from '@playwright/test';
import { crawl, shape } from '../support/crawl.js';

test('every public page weighs less than 100 kB with all its parts', async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const addresses = await crawl(page, ['/'], {
    stays: (path) => !path.startsWith('/kerja') && !path.startsWith('/api/'),
    visit: async () => {},
    other: async () => {},
  });
  const weights = [];
  for (const address of addresses) {
    const context = await browser.newContext({ baseURL, viewport: { width: 360, height: 740 } });
    const first = await context.newPage();
    const cdp = await context.newCDPSession(first);
    await cdp.send('Network.enable');
    let bytes = 0;
    cdp.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    await first.goto(address, { waitUntil: 'networkidle' });
    weights.push({ page: shape(address.split('?')[0]), kB: Math.round(bytes / 100) / 10 });
    await context.close();
  }
  weights.sort((a, b) => b.kB - a.kB);
  console.log(weights.map((one) => `    ${String(one.kB).padStart(6)} kB  ${one.page}`).join('\n'));
  const heavy = weights.filter((one) => one.kB >= 100);
  expect(heavy).toEqual([]);
});
