// A citizen reads what they may expect, before they go to the office.
import { expect, test } from '@playwright/test';

test('a citizen finds a service by a word and reads all fourteen components', async ({ page }) => {
  await page.goto('/standar?unit=disdukcapil-kaltim');
  await expect(page.getByRole('heading', { level: 1, name: 'Standar pelayanan' })).toBeVisible();
  await expect(page.getByRole('status').first()).toContainText('8 layanan');
  await page.getByLabel('Cari layanan').fill('data');
  await page.getByRole('button', { name: 'Cari', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('memuat “data”');
  await page.locator('main h2 a').first().click();
  await expect(page.locator('main dt', { hasText: 'Waktu' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Persyaratan' })).toBeVisible();
  // Eight of the fourteen wait behind a click, which needs no JavaScript.
  const behind = page.getByRole('region', { name: 'Di balik layanan ini' }).locator('details.more');
  await expect(behind).toHaveCount(8);
  await behind.first().locator('summary').click();
  await expect(behind.first()).toHaveAttribute('open', '');
  await expect(page.getByRole('link', { name: 'Sampaikan pengaduan' }).first()).toBeVisible();
});

test('a word that no service has is told so, with a way back to all', async ({ page }) => {
  await page.goto('/standar?unit=disdukcapil-kaltim');
  await page.getByLabel('Cari layanan').fill('paspor <b>');
  await page.getByRole('button', { name: 'Cari', exact: true }).click();
  await expect(page.getByText('Tidak ada layanan yang cocok')).toBeVisible();
  await page.getByRole('link', { name: 'Tampilkan semua layanan' }).first().click();
  await expect(page.getByRole('status').first()).toContainText('8 layanan');
});

test('the second office shows its five standards', async ({ page }) => {
  await page.goto('/standar?unit=disdukcapil-sulsel');
  await expect(page.getByRole('status').first()).toContainText('5 layanan');
});
