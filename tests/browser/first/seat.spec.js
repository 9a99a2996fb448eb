// Somebody whom no letter reached takes a seat in an open forum, keeps the link, and gives the seat back.
import { expect, test } from '@playwright/test';
import { sideways } from '../support/checks.js';

test('a seat is taken without account, shows its code, and is given back', async ({ page, javaScriptEnabled }, info) => {
  await page.goto('/forum');
  await page.getByRole('link', { name: /Evaluasi Standar Pelayanan Tahun (?!2025)/ }).first().click();
  await page.getByRole('link', { name: /Daftar/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Daftar untuk hadir' })).toBeVisible();

  // Nothing typed: every gap is named beside its field.
  await page.getByRole('button', { name: 'Daftar', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();

  const name = `Warga Contoh ${info.project.name}`;
  await page.getByLabel('Nama', { exact: true }).fill(name);
  await page.getByLabel('Jabatan atau pekerjaan').fill('Pedagang');
  await page.locator('label', { hasText: 'Pengguna layanan' }).click();
  await page.getByLabel('Surel atau nomor HP').fill(`warga.${info.project.name.replaceAll(' ', '.')}@warga.example`);
  await page.getByRole('button', { name: 'Daftar', exact: true }).click();

  await expect(page).toHaveURL(/\/pendaftaran\/[^/]+$/);
  await expect(page.getByText(name)).toBeVisible();
  const code = page.locator('.entry-code img');
  await expect(code).toBeVisible();
  expect((await page.request.get(await code.getAttribute('src'))).status()).toBe(200);
  if (javaScriptEnabled !== false) expect(await sideways(page)).toEqual([]);

  page.once('dialog', (question) => question.accept());
  await page.getByText('Tidak jadi hadir?').click();
  await page.getByRole('button', { name: 'Batalkan pendaftaran saya' }).click();
  await expect(page.getByText('Pendaftaran dibatalkan.')).toBeVisible();
  await expect(page.locator('.entry-code')).toHaveCount(0);
});
