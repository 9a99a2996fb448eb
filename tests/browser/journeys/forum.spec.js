// A forum from its invitation to the points that were agreed, on next year's forum of the demo.
import { expect, test } from '@playwright/test';
import { expectPdf } from '../support/checks.js';
import { workingDay } from '../support/days.js';
import { signIn } from '../support/people.js';

// One after the other: a forum goes through its stages once.
test.describe.configure({ mode: 'serial' });

let page;
let next; // /kerja/forum/<id> of the coming forum
let past; // of the one of 28 October 2025
const links = []; // answer links that came by mail

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.on('dialog', (question) => question.accept());
  await signIn(page, 'organiser', '/kerja/forum');
});

test.afterAll(async () => {
  await page.context().close();
});

/** Somebody outside the office. */
async function guest(browser) {
  return (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
}

/** Every PDF that the page offers comes down. */
async function downloadAll(expected) {
  const hrefs = await page.locator('main a[href$=".pdf"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  for (const href of new Set(hrefs)) await expectPdf(page.request, href);
  for (const kind of expected) expect(hrefs.some((href) => href.includes(kind)), `${kind} among ${hrefs}`).toBe(true);
}

test('the organiser sees both forums and their stages', async () => {
  await page.goto('/kerja/forum');
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(2);
  past = await page.getByRole('link', { name: /Tahun 2025/ }).getAttribute('href');
  next = await rows.locator('td.main a').filter({ hasNotText: 'Tahun 2025' }).getAttribute('href');
  await expect(rows.filter({ hasNotText: 'FKP-KALTIM-2025' }).last()).toContainText('Undangan');
});

test('a line is added to the programme at once, empty and counted on', async () => {
  await page.goto(`${next}/acara`);
  const lines = page.locator('[name=activity]');
  const before = await lines.count();
  await page.getByRole('button', { name: 'Tambah baris' }).first().click();
  await expect(lines).toHaveCount(before + 1);
  await expect(lines.nth(before)).toHaveAttribute('id', `f-activity_${before}`);
  await expect(lines.nth(before)).toHaveValue('');
  await expect(page.locator('[name=agenda_starts]').nth(before)).toBeFocused();
});

test('the finished forum has all its documents', async () => {
  await page.goto(past);
  await expect(page.getByRole('navigation', { name: 'Tahap forum' })).toBeVisible();
  await expect(page.locator('main')).toContainText('Selasa, 28 Oktober 2025');
  await downloadAll(['invitation', 'recipients', 'schedule', 'berita-acara']);
});

test('the letter of the coming forum is issued', async () => {
  await page.goto(`${next}/undangan`);
  await expect(page.getByRole('heading', { level: 1, name: 'Undangan' })).toBeVisible();
  const issue = page.getByRole('button', { name: 'Terbitkan surat' });
  if (await issue.isVisible()) {
    await issue.click();
    await expect(page.getByRole('status')).toContainText('Surat diterbitkan');
  }
  await downloadAll(['invitation', 'recipients', 'schedule']);
});

test('39 invitations go out, and the page shows how far it is', async () => {
  await page.getByRole('button', { name: 'Kirim 39 undangan' }).click();
  await expect(page.getByRole('status')).toContainText('39 undangan sedang dikirim');
  // The page brings itself up to date.
  await expect(page.getByText('39 dari 39 terkirim').first()).toBeVisible({ timeout: 45_000 });
});

test('every recipient has a mail with the letter, a calendar entry and a link of their own', async () => {
  await page.goto('/kerja/surel');
  const mails = page.locator('tbody tr', { hasText: 'Undangan:' });
  expect(await mails.count()).toBeGreaterThanOrEqual(5);
  const hrefs = await mails.locator('a').evaluateAll((all) => all.slice(0, 5).map((one) => one.getAttribute('href')));
  for (const href of hrefs) {
    await page.goto(href);
    const link = await page.locator('main a[href*="/undangan/"]').first().getAttribute('href');
    links.push(new URL(link, page.url()).pathname);
  }
  expect(new Set(links).size).toBe(5);
  for (const file of await page.locator('main ul.files a, main .files a').all()) {
    const answer = await page.request.get(await file.getAttribute('href'));
    expect(answer.status()).toBe(200);
  }
});

test('a recipient accepts, on a phone, without an account', async ({ browser }) => {
  const phone = await guest(browser);
  await phone.goto(links[0]);
  await expectPdf(phone.request, await phone.getByRole('link', { name: 'Surat undangan (PDF)' }).getAttribute('href'));
  const calendar = await phone.request.get(await phone.getByRole('link', { name: 'Tambahkan ke kalender' }).getAttribute('href'));
  expect(await calendar.text()).toContain('BEGIN:VEVENT');
  await phone.getByText('Saya akan hadir').click();
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(phone.getByRole('status')).toContainText('jawaban Anda tercatat');
  await expect(phone.locator('main')).toContainText('Akan hadir');
  await phone.context().close();
});

test('another declines with a reason, and may think again', async ({ browser }) => {
  const phone = await guest(browser);
  await phone.goto(links[1]);
  await phone.getByText('Saya tidak dapat hadir').click();
  await phone.getByLabel('Pesan untuk panitia').fill('Bertepatan dengan rapat paripurna.');
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(phone.locator('main')).toContainText('Tidak dapat hadir');
  await phone.context().close();
});

test('a third names somebody, and is asked for the name when it is missing', async ({ browser }) => {
  const phone = await guest(browser);
  await phone.goto(links[2]);
  await phone.getByText('Saya diwakili orang lain').click();
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(phone.getByRole('alert').first()).toContainText('Ada yang perlu diperbaiki');
  // An office is asked who comes, a person whom they send; which of the mails went out third is chance.
  await phone.getByLabel(/^Nama (yang hadir|wakil)/).fill('Indah Wakilan');
  await phone.getByLabel(/^Jabatan(nya| wakil)/).fill('Analis Kebijakan');
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(phone.locator('main')).toContainText('Mewakilkan');
  await phone.context().close();
});

test('a fourth asks something, and the organiser answers', async ({ browser }) => {
  const phone = await guest(browser);
  await phone.goto(links[3]);
  await phone.getByLabel('Pertanyaan Anda').fill('Apakah tersedia juru bahasa isyarat?');
  await phone.getByRole('button', { name: 'Kirim pertanyaan' }).click();
  await expect(phone.locator('#tanya')).toContainText('Menunggu jawaban panitia');
  await page.goto(`${next}/undangan`);
  await page.locator('#pertanyaan').getByLabel('Jawaban Anda').fill('Ya, tersedia.');
  await page.locator('#pertanyaan').getByRole('button', { name: 'Jawab' }).click();
  await expect(page.getByRole('status')).toContainText('Jawaban dikirim');
  await phone.reload();
  await expect(phone.locator('#tanya')).toContainText('Ya, tersedia.');
  await phone.context().close();
});

test('a link that nobody got leads nowhere', async ({ browser }) => {
  const phone = await guest(browser);
  const answer = await phone.goto(`${links[0].slice(0, -4)}AAAA`);
  expect(answer.status()).toBe(404);
  await phone.context().close();
});

test('the organiser reads the answers', async () => {
  await page.goto(`${next}/undangan?jawab=delegated`);
  await expect(page.locator('main')).toContainText('Indah Wakilan');
  await page.goto(`${next}/undangan?jawab=declined`);
  await expect(page.locator('main')).toContainText('Bertepatan dengan rapat paripurna.');
});

test('at the door: invited, delegate, walk-in, and nobody twice', async ({ browser }) => {
  await page.goto(`${next}/kehadiran`);
  const second = await page.context().newPage();
  await second.goto(`${next}/kehadiran?q=Indah`);

  await page.getByLabel('Nama, instansi, atau kode').fill('Indah');
  await page.getByRole('button', { name: 'Cari' }).last().click();
  await page.getByRole('button', { name: /Hadir Indah Wakilan/ }).click();
  await expect(page.getByRole('status')).toContainText('Indah Wakilan tercatat hadir');

  // A second person at the door has an old page and lets the same guest in.
  await second.getByRole('button', { name: /Hadir Indah Wakilan/ }).click();
  await expect(second.locator('main')).toContainText('Indah Wakilan sudah tercatat hadir');
  await second.close();

  for (const [name, group] of [['Bu Tini Pengguna', 'Pengguna layanan'], ['Pak Tono Warga', 'Organisasi masyarakat sipil']]) {
    const walkIn = page.locator('form[action$="/tamu"]');
    await walkIn.getByLabel('Nama', { exact: true }).fill(name);
    await walkIn.getByLabel('Unsur').selectOption({ label: group });
    await walkIn.getByRole('button', { name: 'Tambahkan dan catat hadir' }).click();
    await expect(page.getByRole('status')).toContainText(`${name} tercatat hadir`);
  }
  await expect(page.locator('main')).toContainText('2 tamu');
});

test('without network the door goes on, counts what waits, and everybody arrives once', async () => {
  await page.goto(`${next}/kehadiran`);
  const search = page.getByLabel('Nama, instansi, atau kode');
  await search.fill('zzz');
  await expect(page.getByText('Tidak ada yang menunggu dengan kata ini.', { exact: false }).first()).toBeVisible();
  await search.fill('');
  const before = await page.locator('#daftar-tunggu > li').count();
  const walkIn = page.locator('form[action$="/tamu"]');
  const guestNamed = async (name) => {
    await walkIn.getByLabel('Nama', { exact: true }).fill(name);
    await walkIn.getByLabel('Unsur').selectOption({ label: 'Media massa' });
    await walkIn.getByRole('button', { name: 'Tambahkan dan catat hadir' }).click();
  };

  await page.context().setOffline(true);
  await guestNamed('Bu Luring Satu');
  await expect(page.getByRole('status')).toContainText('Bu Luring Satu disimpan di perangkat ini');
  // A tablet drops the page and opens it again: the page is still there, and so is what waits.
  await page.reload();
  await expect(page.locator('#menunggu')).toContainText('Jaringan terputus');
  await expect(page.locator('#menunggu')).toContainText('1 catatan menunggu dikirim');
  await guestNamed('Pak Luring Dua');
  await expect(page.locator('#menunggu')).toContainText('2 catatan menunggu dikirim');
  // One of the list, too: what was asked of them is kept.
  const office = page.locator('#daftar-tunggu > li:visible details').first();
  await office.locator('summary').click();
  await office.getByLabel('Nama').fill('Ibu Utusan Luring');
  await office.getByRole('button', { name: 'Hadir' }).click();
  await expect(page.locator('#menunggu')).toContainText('3 catatan menunggu dikirim');

  // A second tablet lets one of them in meanwhile.
  const other = await (await page.context().browser().newContext()).newPage();
  await signIn(other, 'organiser', `${next}/kehadiran`);
  const theirs = other.locator('form[action$="/tamu"]');
  await theirs.getByLabel('Nama', { exact: true }).fill('Pak Luring Dua');
  await theirs.getByLabel('Unsur').selectOption({ label: 'Media massa' });
  await theirs.getByRole('button', { name: 'Tambahkan dan catat hadir' }).click();
  await expect(other.getByRole('status')).toContainText('Pak Luring Dua tercatat hadir');

  await page.context().setOffline(false);
  await expect(page.locator('#menunggu')).toBeHidden({ timeout: 15_000 });
  await expect(page.locator('#daftar-tunggu > li')).toHaveCount(before - 1);
  await page.reload();
  for (const name of ['Bu Luring Satu', 'Pak Luring Dua', 'Ibu Utusan Luring']) {
    await expect(page.locator('#terkini').getByText(name, { exact: true }).first()).toBeVisible();
    await expect(page.locator('#terkini b', { hasText: name })).toHaveCount(1);
  }
  // Who signs out leaves no door behind: the next one at this tablet finds nothing without network.
  await other.reload();
  await other.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await other.evaluate(() => document.querySelector("form[action='/keluar']").requestSubmit());
  await other.waitForURL((url) => url.pathname === '/');
  await other.waitForFunction(() => caches.has('rembuk-door').then((kept) => !kept));
  await other.context().setOffline(true);
  await expect(other.goto(`${next}/kehadiran`)).rejects.toThrow();
  await other.context().close();
});

test('what waits survives a closed page', async () => {
  const tablet = await page.context().newPage();
  tablet.on('dialog', (question) => question.accept());
  await tablet.goto(`${next}/kehadiran`);
  // Only this address is out of reach: the page itself can be opened again.
  await tablet.route('**/kehadiran/tamu', (route) => route.abort());
  const walkIn = tablet.locator('form[action$="/tamu"]');
  await walkIn.getByLabel('Nama', { exact: true }).fill('Bu Tutup Buka');
  await walkIn.getByLabel('Unsur').selectOption({ label: 'Media massa' });
  await walkIn.getByRole('button', { name: 'Tambahkan dan catat hadir' }).click();
  await expect(tablet.locator('#menunggu')).toContainText('1 catatan menunggu dikirim');
  await tablet.close();
  await page.goto(`${next}/kehadiran`);
  await expect(page.locator('#terkini b', { hasText: 'Bu Tutup Buka' })).toHaveCount(1, { timeout: 15_000 });
  await expect(page.locator('#menunggu')).toBeHidden();
});

test('a code of an office asks who came, over the same page', async () => {
  await page.goto(`${next}/kehadiran`);
  const prepare = page.getByRole('button', { name: 'Siapkan kode untuk undangan' });
  if (await prepare.isVisible()) await prepare.click();
  const code = await page.locator('#daftar-tunggu > li[data-code]:has(.ask)').first().getAttribute('data-code');
  const byCode = page.locator('#dengan-kode');
  await byCode.getByLabel('Kode').fill(code.toLowerCase());
  await byCode.getByRole('button', { name: 'Hadir' }).click();
  const asked = page.getByRole('dialog', { name: 'Siapa yang datang?' });
  await asked.getByLabel('Nama').fill('Pak Utusan Kode');
  await asked.getByLabel('Jabatan').fill('Sekretaris');
  await asked.getByRole('button', { name: 'Simpan' }).click();
  await expect(asked).toBeHidden();
  await expect(page.locator('#kabar')).toContainText('Data Pak Utusan Kode tersimpan.');
  await expect(page.locator('#terkini b', { hasText: 'Pak Utusan Kode' })).toHaveCount(1);
  await expect(page.locator('#terkini')).not.toContainText('nama belum diisi');
});

test('a guest signs on the screen', async () => {
  await page.goto(`${next}/kehadiran`);
  await page.getByRole('link', { name: 'Tanda tangan Bu Tini Pengguna' }).click();
  await page.getByRole('button', { name: 'Simpan tanda tangan' }).first().click();
  await expect(page.locator('main')).toContainText('Belum ada tanda tangan.');
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + 40, box.y + 90);
  await page.mouse.down();
  for (const [x, y] of [[90, 40], [140, 120], [200, 50], [260, 110]]) await page.mouse.move(box.x + x, box.y + y, { steps: 6 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Simpan tanda tangan' }).first().click();
  await expect(page.getByRole('status')).toContainText('Tanda tangan Bu Tini Pengguna tersimpan');
  await expect(page.getByRole('link', { name: 'Sudah tanda tangan Bu Tini Pengguna' })).toBeVisible();
});

test('guests sign while the network is gone, and each signature arrives once', async () => {
  await page.goto(`${next}/kehadiran`);
  const walkIn = page.locator('form[action$="/tamu"]');
  const guestNamed = async (name) => {
    await walkIn.getByLabel('Nama', { exact: true }).fill(name);
    await walkIn.getByLabel('Unsur').selectOption({ label: 'Media massa' });
    await walkIn.getByRole('button', { name: 'Tambahkan dan catat hadir' }).click();
  };
  const sign = async () => {
    const box = await page.locator('#tanda-tangan canvas').boundingBox();
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    for (const [x, y] of [[120, 130], [200, 50], [260, 120]]) await page.mouse.move(box.x + x, box.y + y, { steps: 6 });
    await page.mouse.up();
    await page.locator('#tanda-tangan').getByRole('button', { name: 'Simpan tanda tangan' }).click();
    await expect(page.locator('#tanda-tangan')).toBeHidden();
  };
  await guestNamed('Bu Sinyal Hilang');
  const link = page.getByRole('link', { name: 'Tanda tangan Bu Sinyal Hilang' });
  await expect(link).toBeVisible();

  await page.context().setOffline(true);
  await link.click();
  await sign();
  await expect(page.getByRole('status')).toContainText('Tanda tangan Bu Sinyal Hilang disimpan di perangkat ini');
  // Whoever is let in without a network signs at once; the signature follows the check-in.
  await guestNamed('Pak Sinyal Putus');
  await page.getByRole('button', { name: 'Tanda tangan: Pak Sinyal Putus' }).click();
  await sign();
  await expect(page.locator('#menunggu')).toContainText('3 catatan menunggu dikirim');

  await page.context().setOffline(false);
  await expect(page.locator('#menunggu')).toBeHidden({ timeout: 15_000 });
  await page.reload();
  for (const name of ['Bu Sinyal Hilang', 'Pak Sinyal Putus']) {
    await expect(page.getByRole('link', { name: `Sudah tanda tangan ${name}` })).toBeVisible();
  }
  await expect(page.locator('#perlu-diperbaiki')).toBeHidden();
});

test('inputs are typed one after the other without leaving the keyboard', async () => {
  await page.goto(`${next}/masukan`);
  for (const words of ['Loket dibuka lebih pagi', 'Petugas menyapa lebih dahulu']) {
    await expect(page.getByLabel('Masukan', { exact: true })).toBeFocused();
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bu Tini');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('#masukan tbody tr').first()).toContainText(words);
  }
  await expect(page.locator('#masukan tbody tr').first()).toContainText('Bu Tini Pengguna');
  // What lacks somebody comes back with its words and says so.
  await page.keyboard.type('Tanpa penyampai');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').or(page.locator('.summary'))).toContainText('Pilih penyampai');
  await expect(page.getByLabel('Masukan', { exact: true })).toHaveValue('Tanpa penyampai');
});

test('two people write the minutes, and the second sees both texts', async () => {
  await page.goto(`${next}/notulen`);
  const begin = page.getByRole('button', { name: 'Mulai notulen' });
  if (await begin.isVisible()) await begin.click();
  const note = (tab) => tab.locator('.minutes-item').first();
  await note(page).getByRole('textbox').fill('Peserta menanyakan lama layanan.');
  // A text that is not saved survives a closed tab.
  await page.reload();
  await expect(note(page).getByRole('textbox')).toHaveValue('Peserta menanyakan lama layanan.');
  await note(page).getByRole('button').click();
  await expect(page.getByRole('status')).toContainText('Catatan tersimpan');
  const other = await page.context().newPage();
  await other.goto(`${next}/notulen`);
  await note(page).getByRole('textbox').fill('Peserta menanyakan lama layanan dan biayanya.');
  await note(page).getByRole('button').click();
  await expect(page.getByRole('status')).toContainText('Catatan tersimpan');
  await note(other).getByRole('textbox').fill('Peserta menanyakan lama pengurusan.');
  await note(other).getByRole('button').click();
  await expect(other.getByRole('alert')).toContainText('orang lain menyimpan teks ini lebih dahulu');
  await expect(other.locator('.saying')).toContainText('dan biayanya');
  await expect(other.getByLabel('Tulisan Anda')).toHaveValue('Peserta menanyakan lama pengurusan.');
  await other.close();
});

test('the Berita Acara: points, signatories, and the lock', async () => {
  await page.goto(`${next}/berita-acara`);
  const begin = page.getByRole('button', { name: 'Mulai Berita Acara' });
  if (await begin.isVisible()) await begin.click();
  for (const point of ['Syarat di laman dan di loket sama.', 'Pengaduan lewat WhatsApp dijawab dalam dua hari kerja.']) {
    await page.getByRole('link', { name: /^Tulis butir/ }).click();
    await page.locator('#f-text').fill(point);
    await page.getByRole('button', { name: 'Simpan butir' }).click();
    await expect(page.getByRole('status')).toContainText('1 butir ditambahkan');
  }
  await page.getByRole('button', { name: 'Usulkan dari yang hadir' }).click();
  await expect(page.getByRole('status')).toContainText('diusulkan');

  // The organiser's own side signs too; the head is not on the list at the door.
  await page.getByRole('link', { name: 'Penanda tangan di luar daftar hadir' }).click();
  await page.getByLabel('Nama').fill('Kasmawati, S.STP, M.Si');
  await page.getByLabel('Jabatan').fill('Kepala Dinas');
  await page.getByLabel('Instansi').fill('Disdukcapil Provinsi Kalimantan Timur');
  await page.getByLabel('Unsur').selectOption({ label: 'Penyelenggara layanan' });
  await page.getByLabel('Perwakilan').fill('Penyelenggara layanan');
  await page.getByRole('button', { name: 'Simpan' }).click();

  // Number and place, as the book of letters gives them.
  const [, year] = /\d [A-Z][a-z]+ (20\d\d)/.exec(await page.locator('main').innerText());
  await page.locator('a[href$="/naskah"]').click();
  await page.getByLabel('Nomor').fill(`400.12.5.5/4001/DISDUKCAPIL/${year}`);
  if ((await page.getByLabel('Bertempat di').inputValue()) === '') await page.getByLabel('Bertempat di').fill('Ruang Rapat Utama');
  await page.getByRole('button', { name: 'Simpan' }).click();

  // One signs on the tablet, the others on paper.
  await page.getByRole('link', { name: /^Tanda tangan di layar/ }).first().click();
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + 40, box.y + 80);
  await page.mouse.down();
  await page.mouse.move(box.x + 220, box.y + 130, { steps: 12 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Simpan tanda tangan' }).click();
  await expect(page.getByRole('status')).toContainText('Tanda tangan tersimpan');
  await page.getByRole('button', { name: /^Semua sudah tanda tangan/ }).click();

  // The demo is for trying: its coming forum can be locked ahead of the day.
  await expect(page.getByText('Lengkap dan dapat dikunci.')).toBeVisible();
  await page.getByText('Naskah ini sama dengan yang dibacakan').click();
  await page.getByRole('button', { name: 'Kunci Berita Acara' }).click();
  await expect(page.getByRole('status')).toContainText('Berita Acara terkunci');
  await expect(page.locator('a[href$="/butir"]')).toHaveCount(0);
});

test('anybody verifies it: by its code, and by the file itself', async ({ browser }) => {
  await page.goto(`${past}/berita-acara`);
  const pdf = await expectPdf(page.request, await page.getByRole('link', { name: 'Unduh PDF' }).getAttribute('href'));
  const verification = await page.getByRole('link', { name: 'Halaman verifikasi' }).getAttribute('href');
  const code = new URL(verification, page.url()).pathname.split('/').pop();

  const anybody = await guest(browser);
  await anybody.goto('/verifikasi');
  await anybody.getByLabel('Kode verifikasi').fill(code.toLowerCase());
  await anybody.getByRole('button', { name: 'Periksa kode' }).click();
  await expect(anybody.getByText('Dokumen ini terdaftar')).toBeVisible();
  await expect(anybody.getByRole('heading', { level: 1 })).toContainText('Berita Acara');

  const upload = async (bytes) => {
    await anybody.getByLabel('Berkas PDF').setInputFiles({ name: 'berita-acara.pdf', mimeType: 'application/pdf', buffer: bytes });
    await anybody.getByRole('button', { name: 'Bandingkan' }).click();
  };
  await upload(pdf);
  await expect(anybody.getByText('Sama persis')).toBeVisible();
  await upload(Buffer.concat([pdf, Buffer.from('\n% satu baris lagi\n')]));
  await expect(anybody.getByText('TIDAK sama', { exact: true })).toBeVisible();
  await anybody.context().close();
});

test('an agreed point becomes an action item that leads back to it', async ({ playwright, baseURL }) => {
  await page.goto(`${past}/berita-acara`);
  await page.getByRole('link', { name: /^Buat rencana aksi/ }).first().click();
  await expect(page.locator('main')).toContainText('Berasal dari:');
  await page.getByLabel('Judul').fill('Samakan syarat di laman dan di loket');
  await page.getByLabel('Uraian').fill('Satu daftar syarat untuk laman, loket, dan kabupaten/kota.');
  await page.getByLabel('Bidang yang mengerjakan').selectOption({ index: 1 });
  await page.getByLabel('Penanggung jawab').selectOption({ index: 1 });
  await page.getByLabel('Jatuh tempo').fill(await workingDay({ playwright, baseURL }, 120));
  await page.getByLabel('Indikator').fill('Syarat yang berbeda antara laman dan loket');
  await page.getByLabel('Target').fill('0');
  await page.getByRole('button', { name: 'Buat rencana aksi' }).click();
  await expect(page.getByRole('status')).toContainText(/Rencana aksi sudah dibuat|Tersimpan/);
  await expect(page.locator('ol.chain')).toContainText(/butir 1/i);
  await page.goto(`${past}/berita-acara`);
  await expect(page.locator('#butir-1')).toContainText('Samakan syarat di laman dan di loket');
});

test('the forum stands on a public page with its documents', async ({ browser }) => {
  const anybody = await guest(browser);
  await anybody.goto('/forum');
  await anybody.getByRole('link', { name: /Tahun 2025/ }).click();
  await expect(anybody.locator('main')).toContainText('Harmony Room');
  await anybody.context().close();
});
