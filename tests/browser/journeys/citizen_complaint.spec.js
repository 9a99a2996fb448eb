// A citizen complains, keeps the receipt, follows it. The same on a desktop, on a phone, and without JavaScript.
import { expect, test } from '@playwright/test';
import { expectPdf, sideways } from '../support/checks.js';
import { fileComplaint, next, track } from '../support/complaint.js';
import { UNIT } from '../support/people.js';

const words = {
  subject: 'KTP-el belum jadi setelah tiga minggu',
  description: 'Saya sudah merekam data tiga minggu lalu. Di loket 3 disuruh menunggu tanpa kepastian.',
  email: 'warga.journey@warga.example',
};

test('a complaint gets a number, a code and a due date that explains itself', async ({ page, javaScriptEnabled }) => {
  const receipt = await fileComplaint(page, words);
  expect(receipt.number).toMatch(/^[A-Z]{2,5}-\d{4}-\d{6}$/);
  expect(receipt.code.replaceAll(' ', '')).toMatch(/^\d{16}$/);

  // The due date, and every day on the way to it with its reason.
  await expect(page.getByRole('heading', { name: /^Dijawab paling lambat/ })).toBeVisible();
  const days = page.locator('ol.days > li');
  await expect(days.first()).toHaveClass(/from/);
  await expect(days.last()).toHaveClass(/due/);
  expect(await days.filter({ hasNotText: /\p{L}{3}/u }).count()).toBe(0);

  const pdf = page.getByRole('link', { name: 'Unduh tanda terima' });
  await expectPdf(page.request, await pdf.getAttribute('href'));
  // Evaluated by the test, not by the page: this works without JavaScript too.
  if (javaScriptEnabled !== false) expect(await sideways(page)).toEqual([]);

  // Follows it with number and code.
  await track(page, receipt);
  await expect(page).toHaveURL(/\/pengaduan\/status$/);
  await expect(page.getByText(receipt.number)).toBeVisible();
  await page.getByLabel('Pesan untuk petugas').fill('Nomor pengambilan saya 17.');
  await page.getByRole('button', { name: 'Kirim pesan' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.getByText('Nomor pengambilan saya 17.')).toBeVisible();
  await page.getByRole('button', { name: /tutup|keluar|selesai/i }).click();

  // On a borrowed phone nothing is left.
  await page.goto('/pengaduan/status');
  await expect(page.getByText(receipt.number)).toHaveCount(0);
});

test('going back to change keeps every word', async ({ page }) => {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await page.getByLabel('Perihal').fill('Biaya 3 < 5 & "gratis"?');
  await page.getByLabel('Apa yang terjadi?').fill('Baris satu.\n\n  Baris "dua" menjorok.');
  await next(page);
  await next(page);
  await page.getByText('Anonim: sembunyikan nama dan kontak saya').click();
  await page.getByRole('button', { name: 'Lanjut dan periksa' }).click();
  await expect(page.getByText('Biaya 3 < 5 & "gratis"?')).toBeVisible();
  await page.getByRole('link', { name: 'Ubah: Tentang Anda' }).click();
  await expect(page.getByLabel('Anonim: sembunyikan nama dan kontak saya')).toBeChecked();
  await page.getByRole('button', { name: 'Lanjut dan periksa' }).click();
  await page.getByRole('link', { name: 'Ubah: Pengaduan Anda' }).click();
  await expect(page.getByLabel('Perihal')).toHaveValue('Biaya 3 < 5 & "gratis"?');
  await expect(page.getByLabel('Apa yang terjadi?')).toHaveValue('Baris satu.\n\n  Baris "dua" menjorok.');
  // Changed, it leads straight back to the last page.
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Periksa sebelum mengirim' })).toBeVisible();
});

test('the table of who sees what follows the ticked boxes', async ({ page }) => {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await page.getByLabel('Perihal').fill(words.subject);
  await page.getByLabel('Apa yang terjadi?').fill(words.description);
  await next(page);
  await next(page);
  const handler = page.getByRole('row', { name: /^Bidang yang menangani/ });
  await expect(handler.getByText('Ya', { exact: true }).last()).toBeVisible();
  await page.getByText('Anonim: sembunyikan nama dan kontak saya').click();
  await expect(handler.getByText('Tidak', { exact: true })).toBeVisible();
  await page.getByText('Rahasia: batasi siapa yang membaca isinya').click();
  await expect(handler.getByText('Hanya yang ditugasi')).toBeVisible();
});

test('a photo goes along, and questions follow from what it is about', async ({ page }) => {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await page.getByLabel('Soal apa?').selectOption({ label: 'Menunggu terlalu lama' });
  await page.getByLabel('Perihal').fill(words.subject);
  await page.getByLabel('Apa yang terjadi?').fill(words.description);
  await next(page);
  await page.getByLabel('Sejak kapan Anda menunggu?').fill('2025-10-01');
  const buffer = Buffer.from('%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n');
  await page.getByLabel('Tambah foto atau PDF').setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer });
  await next(page);
  await page.getByRole('button', { name: 'Lanjut dan periksa' }).click();
  await expect(page.getByText('surat.pdf')).toBeVisible();
  await page.getByRole('button', { name: 'Kirim pengaduan' }).click();
  await expect(page.getByText('1 Oktober 2025')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Kode QR menuju halaman pelacakan' })).toBeVisible();
});

test('markup in a complaint is refused in plain words, and nothing typed is lost', async ({ page }) => {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await page.getByLabel('Perihal').fill('Halo <script>alert(1)</script>');
  await page.getByLabel('Apa yang terjadi?').fill('Sepuluh huruf atau lebih.');
  await next(page);
  await expect(page.getByRole('alert').first()).toContainText('tanpa tanda HTML');
  await expect(page.getByLabel('Perihal')).toHaveValue('Halo <script>alert(1)</script>');
});

test('an empty form says what is missing and leads there', async ({ page }) => {
  await page.goto(`/pengaduan/baru?unit=${UNIT}`);
  await next(page);
  const summary = page.getByRole('alert').first();
  await expect(summary).toContainText('Ada yang perlu diperbaiki');
  await expect(summary.getByRole('link')).toHaveCount(2);
  await summary.getByRole('link').first().click();
  await expect(page.locator(':target')).toBeVisible();
  await page.getByLabel('Perihal').fill(words.subject);
  await page.getByLabel('Apa yang terjadi?').fill(words.description);
  await next(page);
  await next(page);
  await page.getByLabel('Surel').fill('bukan surel');
  await page.getByRole('button', { name: 'Lanjut dan periksa' }).click();
  await expect(page.getByRole('alert').first().getByRole('link')).toHaveCount(1);
  await expect(page.getByLabel('Surel')).toHaveValue('bukan surel');
});

test('a wrong code is refused in the same words as an unknown number', async ({ page }) => {
  const receipt = await fileComplaint(page, words);
  const said = [];
  for (const tried of [
    { number: receipt.number, code: '0000 0000 0000 0000' },
    { number: 'ADU-2026-999999', code: '0000 0000 0000 0000' },
  ]) {
    await track(page, tried);
    said.push(await page.getByRole('alert').first().innerText());
    await expect(page).toHaveURL(/\/lacak/);
  }
  expect(said[1]).toBe(said[0]);
});
