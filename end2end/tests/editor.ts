// What tests of the editor begin with: a person in a browser of their own, and a draft.
import type { Browser, Page } from '@playwright/test';
import { bin } from './company.mjs';
import { base } from '../playwright.config';
import { newAccount } from './database';

let counter = 0;

/** Signed in, in a browser of their own; in no organisation yet. */
export async function person(browser: Browser, name: string) {
  counter += 1;
  const seed = Date.now() + counter;
  const email = `editor-${seed}-${process.pid}@example.kz`;
  const context = await browser.newContext({ baseURL: base, viewport: { width: 390, height: 844 }, locale: 'ru-KZ', timezoneId: 'Asia/Almaty' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && !m.text().includes('ERR_INTERNET_DISCONNECTED') && errors.push(m.text()));
  await newAccount(email, name);
  await page.goto('/ru/sign-in?next=/ru/partner/start');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.locator('form button[type=submit]').last().click();
  await page.waitForURL('**/partner/start');
  return { page, context, email, seed, errors };
}

/** A draft of a tour, with its writer; where it is edited. */
export async function draft(page: Page, seed: number) {
  await page.getByLabel('Название компании').fill(`Редакция ${seed}`);
  await page.getByLabel('БИН или ИИН').fill(bin(seed));
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).click();
  await page.waitForURL('**/start?step=**');
  await page.goto('/ru/partner/listings/new');
  await page.getByLabel('Название', { exact: true }).fill('Чарын');
  await page.getByLabel('Вид тура').selectOption('canyons');
  await page.getByLabel('Куда едем').selectOption('kolsai');
  await page.getByRole('button', { name: 'Создать тур' }).click();
  await page.waitForURL(/listings\/[0-9a-f-]{36}/);
  return `${new URL(page.url()).pathname}?section=texts`;
}
