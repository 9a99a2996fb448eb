// The satisfaction survey as a citizen meets it: from the home page, without script, in a minute.
import { expect, test } from '@playwright/test';

const UNIT = 'disdukcapil-kaltim';

/** Answers every question of the form with the same step of the scale. */
async function answerAll(page, step) {
  const questions = page.locator('fieldset.ask');
  await expect(questions).toHaveCount(9);
  for (let at = 1; at <= 9; at += 1) {
    await page.locator(`input[name="u${at}"][value="${step}"]`).check();
  }
}

/** Answers on a tablet, where one question is seen at a time. */
async function answerOneByOne(page) {
  for (let at = 1; at <= 9; at += 1) {
    await page.locator(`fieldset[data-step="u${at}"]`).getByText(/./).last().click();
    await expect(page.locator(`fieldset[data-step="u${at}"]`)).toBeHidden();
  }
  await page.getByRole('button', { name: 'Lewati' }).click();
  await page.getByRole('button', { name: 'Kirim jawaban' }).click();
}

test('from the home page to thanks', async ({ page }) => {
  await page.goto(`/?unit=${UNIT}`);
  await page.getByRole('link', { name: /Isi survei/ }).click();
  await page.locator('a.door').first().click();
  await answerAll(page, 3);
  await page.getByLabel(/Saran atau catatan/).fill('Ruang tunggu perlu kipas.');
  await page.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Terima kasih');
});

test('too few answers are told, and what was chosen stays', async ({ page }) => {
  await page.goto(`/survei/${UNIT}`);
  await page.locator('a.door').first().click();
  await page.locator('input[name="u1"][value="4"]').check();
  await page.getByRole('button', { name: 'Kirim jawaban' }).click();
  await expect(page.getByRole('alert')).toContainText('jawab sekurang-kurangnya');
  await expect(page.locator('input[name="u1"][value="4"]')).toBeChecked();
});

test('a tablet asks one question at a time and keeps what it could not send', async ({ page, context, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'without script the tablet shows the ordinary form');
  await page.goto(`/survei/${UNIT}`);
  const form = await page.locator('a.door').first().getAttribute('href');
  await page.goto(`${form}?kios=1`);
  await context.setOffline(true);
  await answerOneByOne(page);
  await expect(page.getByRole('status').first()).toContainText('1 jawaban menunggu dikirim');
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/responses') && answer.request().method() === 'POST');
  await context.setOffline(false);
  expect((await sent).status()).toBe(201);
  await expect(page.getByRole('status').first()).toHaveText('');
});

for (const [what, answer, says] of [
  ['the sign-in page of a network', { status: 200, contentType: 'text/html', body: 'Sign in' }, '1 jawaban menunggu dikirim'],
  ['a proxy that refuses', { status: 403, contentType: 'text/html', body: 'No' }, '1 jawaban menunggu dikirim'],
  ['a frozen period', { status: 422, json: { code: 'survey.frozen' } }, '1 jawaban ditolak'],
  ['a period that was closed', { status: 422, json: { code: 'survey.closed' } }, '1 jawaban menunggu dikirim'],
]) {
  test(`a tablet loses nothing in silence: ${what}`, async ({ page, javaScriptEnabled }) => {
    test.skip(javaScriptEnabled === false, 'without script the tablet shows the ordinary form');
    await page.route('**/responses', (route) => route.fulfill(answer));
    await page.goto(`/survei/${UNIT}`);
    const form = await page.locator('a.door').first().getAttribute('href');
    await page.goto(`${form}?kios=1`);
    await answerOneByOne(page);
    await expect(page.getByRole('status').first()).toContainText(says);
    const closed = answer.json?.code === 'survey.closed';
    await expect(page.locator('[data-kiosk-over]')).toBeVisible({ visible: closed });
  });
}
