// A promise: made by the office, worked on with evidence, checked by the head, seen by everybody.
import { expect, test } from '@playwright/test';
import { fileComplaint, track } from '../support/complaint.js';
import { workingDay } from '../support/days.js';
import { accounts, signIn } from '../support/people.js';

const TITLE = 'Loket buka terus selama jam istirahat';

/** A page in a browser of its own. */
async function another(browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('dialog', (question) => question.accept());
  return page;
}

test('from a complaint to a promise that the public sees kept', async ({ page, browser, playwright, baseURL }) => {
  test.setTimeout(120_000);
  page.on('dialog', (question) => question.accept());
  const citizen = await another(browser);
  const receipt = await fileComplaint(citizen, {
    subject: 'Loket tutup saat istirahat siang',
    description: 'Semua loket tutup pukul 12 sampai 13, padahal saya hanya bisa datang saat istirahat kerja.',
  });
  let promise;

  await test.step('the organiser makes an action item', async () => {
    await signIn(page, 'organiser', '/kerja/rencana-aksi');
    await page.getByRole('link', { name: 'Rencana aksi baru' }).first().click();
    await page.getByLabel('Judul').fill(TITLE);
    await page.getByLabel('Uraian').fill('Petugas loket bergantian istirahat, sehingga satu loket selalu buka.');
    await page.getByLabel('Bidang yang mengerjakan').selectOption({ label: 'Bidang Fasilitasi Pelayanan Administrasi Kependudukan' });
    await page.getByLabel('Penanggung jawab').selectOption({ index: 1 });
    await page.getByLabel('Jatuh tempo').fill(await workingDay({ playwright, baseURL }, 30));
    await page.getByLabel('Indikator').fill('Loket yang buka pukul 12 sampai 13');
    await page.getByLabel('Target').fill('1 loket setiap hari kerja');
    await page.getByRole('button', { name: 'Buat rencana aksi' }).click();
    await expect(page.locator('.flash')).toContainText(/Rencana aksi sudah dibuat|Tersimpan/);
    promise = page.url();
  });

  await test.step('the officer links the complaint to it', async () => {
    const officer = await another(browser);
    await signIn(officer, 'complaint_officer', `/kerja/pengaduan/${receipt.number}`);
    const option = officer.getByLabel('Hubungkan dengan').locator('option', { hasText: TITLE });
    await officer.getByLabel('Hubungkan dengan').selectOption(await option.getAttribute('value'));
    const form = officer.locator('form', { has: officer.getByLabel('Hubungkan dengan') });
    await form.getByRole('button', { name: 'Hubungkan' }).click();
    await expect(officer.locator('.flash')).toContainText('dihubungkan');
    await expect(officer.getByRole('link', { name: new RegExp(TITLE) })).toBeVisible();
    await officer.context().close();
  });

  await test.step('work without evidence cannot be called done', async () => {
    await page.reload();
    await expect(page.locator('ol.chain')).toContainText(receipt.number);
    await page.getByRole('button', { name: 'Ajukan sebagai selesai' }).click();
    await expect(page.getByRole('alert').first()).toContainText('Belum ada bukti');
  });

  await test.step('the handler of the division reports progress with a file and finishes', async () => {
    const handler = await another(browser);
    const who = accounts().find((one) => one.email.startsWith('fasilitasi'));
    await signIn(handler, who, new URL(promise).pathname);
    await handler.getByLabel('Apa yang sudah dikerjakan').fill('Jadwal bergilir sudah ditempel di loket.');
    await handler.getByLabel('Berkas bukti').setInputFiles({ name: 'jadwal-loket.png', mimeType: 'image/png', buffer: PICTURE });
    await handler.getByRole('button', { name: 'Simpan kemajuan' }).click();
    await expect(handler.locator('.flash')).toContainText('Kemajuan sudah dicatat');
    await expect(handler.getByText('jadwal-loket.png').first()).toBeVisible();
    await handler.getByRole('button', { name: 'Ajukan sebagai selesai' }).click();
    await expect(handler.locator('.flash')).toContainText('diajukan sebagai selesai');
    await handler.context().close();
  });

  await test.step('the head looks at the evidence and verifies', async () => {
    const head = await another(browser);
    await signIn(head, 'head', new URL(promise).pathname);
    const evidence = head.getByRole('link', { name: /jadwal-loket\.png/ }).first();
    const file = await head.request.get(await evidence.getAttribute('href'));
    expect(file.status()).toBe(200);
    await head.getByRole('button', { name: 'Sahkan bukti' }).click();
    await expect(head.locator('.flash')).toContainText('Bukti sudah disahkan');
    await head.context().close();
  });

  await test.step('the public sees it kept, and why it was promised, without a name', async () => {
    await page.goto('/janji');
    await page.getByRole('searchbox').fill('istirahat');
    await page.getByRole('button', { name: 'Cari' }).click();
    await page.getByRole('link', { name: TITLE }).click();
    await expect(page.locator('main')).toContainText('Selesai, bukti disahkan');
    await expect(page.getByRole('heading', { name: 'Mengapa kami menjanjikannya' })).toBeVisible();
    await expect(page.locator('main')).not.toContainText('Dewi Umpama');
    await expect(page.locator('main')).not.toContainText('Kasmawati');
  });

  await test.step('the citizen sees what came of the complaint', async () => {
    await track(citizen, receipt);
    await expect(citizen.getByRole('link', { name: TITLE })).toBeVisible();
  });
});

// One white dot.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);
