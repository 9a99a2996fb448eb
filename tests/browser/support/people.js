// The demo's people, and how they come in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

export const dataFolder = process.env.REMBUK_BROWSER_DATA;
export const UNIT = 'disdukcapil-kaltim';

/** All accounts of demo-accounts.json. */
export function accounts() {
  return JSON.parse(readFileSync(join(dataFolder, 'demo-accounts.json'), 'utf8'));
}

export function account(role) {
  const all = accounts().filter((one) => one.role === role);
  const found = all.find((one) => one.unit.includes(UNIT)) ?? all[0];
  if (!found) throw new Error(`the demo has nobody with the role ${role}`);
  return found;
}

/** Signs in through the form, like a person; `who` is a role, or an account. */
export async function signIn(page, who, next = '/kerja') {
  const person = typeof who === 'string' ? account(who) : who;
  await page.goto(`/masuk?next=${encodeURIComponent(next)}`);
  await page.getByLabel('Surel dinas').fill(person.email);
  await page.getByLabel('Kata sandi').fill(person.password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${next}$`));
  return person;
}

/** A request context that speaks to the API as this person. */
export function api(playwright, baseURL, role) {
  return playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { Authorization: `Bearer ${account(role).api_token}` },
  });
}
