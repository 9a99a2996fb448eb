// People of the office come in, change the language, and leave.
import { expect, test } from '@playwright/test';
import { account, signIn } from '../support/people.js';

test('a wrong password is refused without saying whether the account exists', async ({ page }) => {
  const said = [];
  for (const email of [account('head').email, 'tidak.ada@rembuk.example']) {
    await page.goto('/masuk');
    await page.getByLabel('Surel dinas').fill(email);
    await page.getByLabel('Kata sandi').fill('bukan kata sandi saya');
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    said.push(await page.getByRole('alert').innerText());
  }
  expect(said[0]).toContain('tidak cocok');
  expect(said[1]).toBe(said[0]);
});

test('a person signs in, sees who they are, and signs out', async ({ page }) => {
  const person = await signIn(page, 'complaint_officer', '/kerja/akun');
  await expect(page.getByRole('heading', { name: 'Akun saya' })).toBeVisible();
  await page.locator('details.usermenu summary').click();
  await expect(page.getByText(`Anda masuk sebagai ${person.email}`)).toBeVisible();
  await page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await page.goto('/kerja/akun');
  await expect(page).toHaveURL(/\/masuk/);
});

test('the language changes to English and back, on the page where one is', async ({ page }) => {
  await page.goto('/masuk');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/masuk$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('link', { name: 'Bahasa Indonesia' }).click();
  await expect(page).toHaveURL(/\/masuk$/);
  await expect(page.getByRole('heading', { name: 'Masuk petugas' })).toBeVisible();
});
