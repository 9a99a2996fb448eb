// Every page that can be reached: it answers, nothing on it leads nowhere, axe finds nothing in light and in dark,
// it does not scroll sideways on a narrow phone, and it says nothing in the browser's console.
import { expect, test } from '@playwright/test';
import { axeFaults, sideways } from '../support/checks.js';
import { crawl } from '../support/crawl.js';
import { signIn } from '../support/people.js';

// axe is a script that the site's content policy rightly refuses.
test.use({ bypassCSP: true });

async function look(page, from, stays) {
  const faults = [];
  const consoleLines = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) consoleLines.push(line.text());
  });
  page.on('pageerror', (error) => consoleLines.push(String(error)));
  const checks = {
    stays,
    async visit(here, address, answer) {
      const say = (what) => faults.push(`${address}: ${what}`);
      if (!answer.ok()) {
        say(`answers ${answer.status()}`);
        consoleLines.length = 0;
        return;
      }
      if (!/^text\/html/.test(answer.headers()['content-type'] ?? '')) return;
      (await axeFaults(here, 'light')).forEach(say);
      (await axeFaults(here, 'dark', ['color-contrast', 'link-in-text-block'])).forEach(say);
      await here.setViewportSize({ width: 320, height: 700 });
      (await sideways(here)).forEach((line) => say(`scrolls sideways at 320 px: ${line}`));
      await here.setViewportSize({ width: 1280, height: 900 });
      consoleLines.splice(0).forEach((line) => say(`console: ${line}`));
    },
    async other(address) {
      const answer = await page.request.get(address);
      if (!answer.ok()) faults.push(`${address}: answers ${answer.status()}`);
    },
  };
  const visited = await crawl(page, from, checks);
  console.log(`    ${visited.length} pages: ${visited.join(' ')}`);
  expect(faults, faults.join('\n')).toEqual([]);
  return visited;
}

test('the public can read every public page', async ({ page }) => {
  test.setTimeout(180_000);
  const visited = await look(page, ['/'], (path) => !path.startsWith('/kerja') && !path.startsWith('/api/'));
  expect(visited.length).toBeGreaterThan(1);
});

test('the public pages in English hold too', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('/bahasa/en?back=%2F');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await look(page, ['/'], (path) => !path.startsWith('/kerja') && !path.startsWith('/api/'));
});

for (const role of ['unit_admin', 'organiser', 'complaint_officer', 'handler', 'head', 'supervisor', 'system_admin']) {
  test(`every page that a ${role} reaches`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, role);
    await look(page, ['/kerja', '/kerja/akun'], (path) => path.startsWith('/kerja'));
  });
}
