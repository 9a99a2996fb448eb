// A citizen's way through the form; used by everybody who needs a complaint.
import { expect } from '@playwright/test';
import { UNIT } from './people.js';

/** Writes, checks and sends a complaint; stands on the receipt afterwards. */
export async function fileComplaint(page, words, { anonymous = false } = {}) {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await page.getByLabel('Perihal').fill(words.subject);
  await page.getByLabel('Apa yang terjadi?').fill(words.description);
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Rincian dan bukti' })).toBeVisible();
  await next(page);
  if (words.name) await page.getByRole('textbox', { name: /^Nama/ }).fill(words.name);
  if (words.email) await page.getByLabel('Surel').fill(words.email);
  if (anonymous) await page.getByText('Anonim: sembunyikan nama dan kontak saya').click();
  await page.getByRole('button', { name: 'Lanjut dan periksa' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Periksa sebelum mengirim' })).toBeVisible();
  await expect(page.getByText(words.description)).toBeVisible();
  await page.getByRole('button', { name: 'Kirim pengaduan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Simpan nomor dan kode ini' })).toBeVisible();
  return {
    number: (await page.locator('#number').innerText()).trim(),
    code: (await page.locator('#code').innerText()).trim(),
  };
}

/** On to the next page of the form. */
export async function next(page) {
  await page.getByRole('button', { name: 'Lanjut', exact: true }).click();
}

/** Opens the status page with number and code. */
export async function track(page, { number, code }) {
  await page.goto('/lacak');
  await page.getByLabel('Nomor pengaduan').fill(number);
  await page.getByLabel('Kode rahasia').fill(code);
  await page.getByRole('button', { name: 'Lihat pengaduan' }).click();
}
