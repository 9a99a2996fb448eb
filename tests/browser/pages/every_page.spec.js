// Every page that can be reached: it answers, nothing on it leads nowhere, axe finds nothing in light and in dark, it
// does not scroll sideways on a narrow phone, it says nothing in the browser's console, and a public page with all its
// parts weighs less than 100 kB on the wire.
import { expect, test } from '@playwright/test';
import { axeFaults, sideways } from '../support/checks.js';
import { crawl, shape } from '../support/crawl.js';
import { signIn } from '../support/people.js';

// axe is a script that the site's content policy rightly refuses.
test.use({ bypassCSP: true });
test.setTimeout(240_000);

const LIGHT_ENOUGH = 100_000;
const isPublic = (path) => !path.startsWith('/kerja') && !path.startsWith('/api/');

/** Counts the bytes that come over the wire, nothing from a cache; `take` says how many since it was asked last. */
async function scales(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  cdp.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  return () => {
    const sum = bytes;
    bytes = 0;
    return sum;
  };
}

/** Lines of the browser's console that a person at the page would not want; `take` empties it. */
function complaintsOf(page) {
  const lines = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) lines.push(line.text());
  });
  page.on('pageerror', (error) => lines.push(String(error)));
  return () => lines.splice(0);
}

async function look(page, from, stays, { heaviest, ofEach } = {}) {
  const faults = [];
  const weights = [];
  const console_ = complaintsOf(page);
  const weigh = await scales(page);
  const visit = async (here, address, answer) => {
    const say = (what) => faults.push(`${address}: ${what}`);
    const bytes = weigh();
    if (!answer.ok()) {
      say(`answers ${answer.status()}`);
      console_();
      return;
    }
    weights.push([Math.round(bytes / 100) / 10, shape(address.split('?')[0])]);
    if (heaviest && bytes >= heaviest) say(`weighs ${bytes} bytes`);
    (await axeFaults(here, 'light')).forEach(say);
    (await axeFaults(here, 'dark', ['color-contrast', 'link-in-text-block'])).forEach(say);
    await here.setViewportSize({ width: 320, height: 700 });
    (await sideways(here)).forEach((line) => say(`scrolls sideways at 320 px: ${line}`));
    await here.setViewportSize({ width: 1280, height: 900 });
    console_().forEach((line) => say(`console: ${line}`));
  };
  const other = async (address) => {
    const answer = await page.request.get(address);
    if (!answer.ok()) faults.push(`${address}: answers ${answer.status()}`);
  };
  const visited = await crawl(page, from, { stays, visit, other, ofEach });
  weights.sort((a, b) => b[0] - a[0]);
  const listed = weights.map(([kB, what]) => `${what} ${kB} kB`).join(', ');
  test.info().annotations.push({ type: 'pages', description: listed });
  console.log(`    ${visited.length} pages: ${listed}`);
  expect(faults, faults.join('\n')).toEqual([]);
  return visited;
}

test('the public can read every public page', async ({ page }) => {
  await look(page, ['/', '/standar', '/verifikasi', '/maklumat'], isPublic, { heaviest: LIGHT_ENOUGH });
});

test('the public pages in English hold too', async ({ page }) => {
  await page.goto('/bahasa/en?back=%2F');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await look(page, ['/'], isPublic, { heaviest: LIGHT_ENOUGH });
});

for (const role of ['unit_admin', 'organiser', 'complaint_officer', 'handler', 'head', 'supervisor', 'system_admin']) {
  test(`every page that a ${role} reaches`, async ({ page }) => {
    await signIn(page, role);
    await look(page, ['/kerja', '/kerja/akun'], (path) => path.startsWith('/kerja'), { ofEach: role === 'organiser' ? 2 : 1 });
  });
}
