// Taking something down as fast as paper: the keyboard alone, from the first letter to the next empty form.
import { expect, test } from '@playwright/test';
import { expectPdf } from '../support/checks.js';
import { signIn } from '../support/people.js';

test('an officer takes down two calls by the keyboard alone, and prints the form', async ({ page }) => {
  await signIn(page, 'complaint_officer', '/kerja/pengaduan/baru');
  const started = Date.now();

  await test.step('the first call', async () => {
    await expect(page.locator('#f-channel')).toBeFocused();
    await page.keyboard.type('Tel');
    await page.keyboard.press('Tab');
    await expect(page.locator('#f-subject')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Loket 2 tutup sebelum pukul dua belas, antrean masih panjang.');
    await page.keyboard.press('Tab');
    await expect(page.locator('#f-service')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bungaran Contoh');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0800-0000-0012');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('status').filter({ hasText: 'tercatat.' })).toBeVisible();
  });

  await test.step('the next one begins where somebody speaks, on the same channel', async () => {
    await expect(page.getByLabel('Apa yang terjadi?')).toHaveValue('');
    await expect(page.locator('#f-channel')).toHaveValue('phone');
    await expect(page.locator('#f-subject')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Petugas ramah, tetapi papan petunjuk tidak ada.');
    // Without a name: a call may be anonymous. From the text the way to the button is Tab and Enter, too.
    while (!(await page.evaluate(() => document.activeElement?.dataset?.save === 'next'))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: 'tercatat.' })).toBeVisible();
  });

  expect((Date.now() - started) / 2, 'milliseconds for one').toBeLessThan(60_000);
  const href = await page.getByRole('link', { name: 'Formulir untuk ditandatangani' }).getAttribute('href');
  await expectPdf(page.request, href);
});

test('a suggestion box is entered sheet by sheet without the mouse', async ({ page }) => {
  await signIn(page, 'complaint_officer', '/kerja/kotak-saran');
  await page.getByLabel('Letak kotak').fill('Kotak saran lobi utama');
  await page.getByLabel('Saksi', { exact: true }).fill('Ani Contoh\nBudi Contoh');
  await page.getByLabel('Jumlah lembar ditemukan').fill('2');
  await page.keyboard.press('Enter');
  for (const text of ['AC mati', 'Kursi kurang']) {
    await expect(page.locator('#f-description')).toBeFocused();
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('tbody').getByText(text)).toBeVisible();
  }
  await expect(page.locator('.num', { hasText: '2 dari 2 lembar' })).toBeVisible();
  await page.getByRole('button', { name: 'Tutup', exact: true }).click();
  await expect(page.locator('.flash')).toContainText('ditutup');
});
