// A complaint on its way through the office, and back to the citizen.
import { expect, test } from '@playwright/test';
import { fileComplaint, track } from '../support/complaint.js';
import { signIn } from '../support/people.js';

const words = {
  subject: 'Loket tutup sebelum jam istirahat',
  description: 'Pukul 11.20 loket 2 sudah tutup, padahal antrean masih panjang.',
  email: 'warga.loket@warga.example',
};

test('an officer assigns, a handler answers, the citizen reads it and says that it helped', async ({ page, browser }) => {
  const citizen = await (await browser.newContext()).newPage();
  const receipt = await fileComplaint(citizen, words);

  await test.step('the inbox is ordered by what is due next', async () => {
    await signIn(page, 'complaint_officer', '/kerja/pengaduan');
    await page.goto('/kerja/pengaduan?tampil=open');
    await expect(page.getByRole('heading', { level: 1, name: 'Pengaduan' })).toBeVisible();
    await page.getByRole('link', { name: receipt.number }).click();
  });

  await test.step('assigned to the division', async () => {
    await expect(page.getByRole('paragraph').filter({ hasText: words.description })).toBeVisible();
    await page.getByLabel('Kepada', { exact: true }).selectOption('fasilitasi');
    await page.getByLabel('Pesan disposisi').fill('Mohon dicek jadwal loket.');
    await page.getByRole('button', { name: 'Teruskan' }).click();
    await expect(page.locator('.flash')).toContainText('Pengaduan diteruskan');
  });

  await test.step('answered', async () => {
    await page.getByLabel('Jawaban untuk warga').fill('Jam loket sudah kami perbaiki.\n\nTerima kasih sudah menyampaikan.');
    await page.getByRole('button', { name: 'Kirim jawaban' }).click();
    await expect(page.locator('.flash')).toContainText('Jawaban terkirim');
    // From here Tab and Enter lead to the next case of the list.
    await expect(page.locator('#berikutnya')).toBeFocused();
  });

  await test.step('the citizen sees the answer', async () => {
    await track(citizen, receipt);
    await expect(citizen.getByText('Jam loket sudah kami perbaiki.')).toBeVisible();
    await citizen.getByText('Ya, ini membantu').click();
    await citizen.getByRole('button', { name: 'Kirim penilaian' }).click();
    await expect(citizen.locator('.flash')).toBeVisible();
  });

  await test.step('the office sees that it is closed', async () => {
    await page.reload();
    await expect(page.locator('.head')).toContainText(/Ditutup|Selesai/);
  });
});

test('two officers at once: the second is told, and nothing is overwritten', async ({ page, browser }) => {
  const citizen = await (await browser.newContext()).newPage();
  const { number } = await fileComplaint(citizen, words);
  await signIn(page, 'complaint_officer', '/kerja/pengaduan');
  const second = await page.context().newPage();
  await page.goto(`/kerja/pengaduan/${number}`);
  await second.goto(`/kerja/pengaduan/${number}`);
  await page.getByLabel('Kepada', { exact: true }).selectOption('fasilitasi');
  await page.getByRole('button', { name: 'Teruskan' }).click();
  await expect(page.locator('.flash')).toBeVisible();
  await second.getByLabel('Kepada', { exact: true }).selectOption('piak');
  await second.getByRole('button', { name: 'Teruskan' }).click();
  await expect(second.locator('main')).toContainText('Tidak ada yang ditimpa');
});

test('a handler of another division does not find the complaint', async ({ page, browser }) => {
  const citizen = await (await browser.newContext()).newPage();
  const { number } = await fileComplaint(citizen, words);
  await signIn(page, 'handler', '/kerja/pengaduan');
  const answer = await page.goto(`/kerja/pengaduan/${number}`);
  expect(answer.status()).toBe(404);
});

test('who an anonymous complaint is from stays hidden until an officer gives a reason', async ({ page, browser }) => {
  const citizen = await (await browser.newContext()).newPage();
  const { number } = await fileComplaint(citizen, { ...words, name: 'Tamu Rahasia' }, { anonymous: true });
  await signIn(page, 'complaint_officer', '/kerja/pengaduan');
  await page.goto(`/kerja/pengaduan/${number}`);
  await expect(page.getByText('Tamu Rahasia')).toHaveCount(0);
  await page.getByLabel('Alasan membuka identitas').fill('Pelapor meminta dihubungi lewat telepon kantor.');
  await page.getByRole('button', { name: 'Buka identitas' }).click();
  await expect(page.getByText('Tamu Rahasia')).toBeVisible();
  await expect(page.locator('ol.timeline')).toContainText(/identitas/i);
});

test('a list is gone through, marked and opened, and a note is sent, by the keyboard alone', async ({ page, browser }) => {
  const citizen = await (await browser.newContext()).newPage();
  await fileComplaint(citizen, words);
  const { number } = await fileComplaint(citizen, { ...words, subject: 'Loket tutup lebih awal' });
  await signIn(page, 'complaint_officer', '/kerja/pengaduan');
  await page.locator('a[href="#daftar"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#daftar')).toBeFocused();
  for (const key of ['j', 'x', 'j', 'x', 'k', 'k']) await page.keyboard.press(key);
  await expect(page.locator('input[name=number]:checked')).toHaveCount(2);
  await expect(page.locator('td.main a').first()).toBeFocused();
  await page.keyboard.press('b');
  await expect(page.locator('#tindakan button').first()).toBeFocused();
  // Keys typed into a field stay letters.
  await page.locator('#find').fill('jx');
  await expect(page.locator('input[name=number]:checked')).toHaveCount(2);

  await page.goto(`/kerja/pengaduan/${number}`);
  await page.locator('#f-note').fill('Sudah saya telepon loketnya.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.flash')).toContainText('Catatan disimpan');
  await expect(page.locator('ol.timeline')).toContainText('Sudah saya telepon loketnya.');
});
