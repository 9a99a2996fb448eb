// Anybody can ask whether a paper is genuine.
import { expect, test } from '@playwright/test';

test('a code that was misread is explained, not just refused', async ({ page }) => {
  await page.goto('/verifikasi');
  await page.getByLabel('Kode verifikasi').fill('K7QM4-XPD92');
  await page.getByRole('button', { name: 'Periksa kode' }).click();
  await expect(page.getByRole('alert').first()).toContainText('Tidak ada dokumen dengan kode ini');
  await expect(page.getByText('Yang sering salah baca')).toBeVisible();
});

test('a file that nobody issued is told so', async ({ page }) => {
  await page.goto('/verifikasi');
  const strange = { name: 'palsu.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n% bukan dokumen kami\n') };
  await page.getByLabel('Berkas PDF').setInputFiles(strange);
  await page.getByRole('button', { name: 'Periksa berkas' }).click();
  await expect(page.getByText('TIDAK sama dengan dokumen mana pun')).toBeVisible();
});
