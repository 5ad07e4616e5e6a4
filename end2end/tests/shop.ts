// What several tests do: buy, pay in the sandbox, read mails and QR codes.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as bare, type APIRequestContext, type Page } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, sandbox } from '../playwright.config';

export { base, sandbox, expect };

/** Fails on any message in the console that is an error, and on any uncaught one. */
export const test = bare.extend<{ clean: void }>({
  clean: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (m) => {
        // A page that is not there, or no more, says so by its status, of which the browser tells, too.
        const missing = m.location().url === page.url() && /status of 4(04|10)/.test(m.text());
        const cut = m.text().includes('ERR_INTERNET_DISCONNECTED');
        if (m.type() === 'error' && !missing && !cut) errors.push(`${m.text()} at ${m.location().url}`);
      });
      page.on('pageerror', (e) => errors.push(String(e)));
      await use();
      expect(errors, 'the console stays clean').toEqual([]);
    },
    { auto: true },
  ],
});

/** A tour by its slug, with its next departure that has places. */
export async function departure(request: APIRequestContext, slug: string, places = 4) {
  const tour = await (await request.get(`${base}/api/v1/listings/${slug}?lang=ru`)).json();
  const found = tour.departures.find((d: any) => d.places_left >= places && d.ticket_types[0].places_left >= places);
  expect(found, `${slug} has a departure with ${places} places`).toBeTruthy();
  return found as { id: string; starts_at: string; places_left: number; ticket_types: { id: string; price: { amount: number }; places_left: number }[] };
}

let counter = 0;
/** An order through the API, not paid. */
export async function place(request: APIRequestContext, departure: string, ticketType: string, quantity = 1, lang = 'ru') {
  counter += 1;
  return request.post(`${base}/api/v1/orders`, {
    headers: { 'Idempotency-Key': `${Date.now()}-${process.pid}-${counter}` },
    data: {
      lang,
      contact: { name: 'Айгүл Сәтбаева', phone: '+77011234567', email: `api-${counter}-${process.pid}@example.kz` },
      lines: [{ departure_id: departure, ticket_type_id: ticketType, quantity }],
    },
  });
}

/** Decides a payment without a browser. */
export async function decide(request: APIRequestContext, number: string, action: 'approve' | 'decline', callback: string) {
  const payments = await (await request.get(`${sandbox}/control/payments?order=${number}`)).json();
  const open = payments[payments.length - 1];
  const answer = await request.post(`${sandbox}/control/payments/${open.pg_payment_id}`, { data: { action, callback } });
  expect(answer.ok(), await answer.text()).toBeTruthy();
}

/** The order as the API shows it, once `ready` holds. */
export async function order(request: APIRequestContext, token: string, ready: (o: any) => boolean) {
  let seen: any;
  await expect
    .poll(async () => {
      seen = await (await request.get(`${base}/api/v1/orders/${token}`)).json();
      return ready(seen);
    }, { timeout: 30_000 })
    .toBeTruthy();
  return seen;
}

/** Presses a day with room on a tour's calendar, the last one in sight or one before it; the departure's id. */
export async function chooseDay(page: Page, before = 0) {
  const days = page.locator('#book a.day-free:not(.day-few)');
  await page.locator('#book a.day-free').first().waitFor();
  // The last days of a month are few.
  if ((await days.count()) <= before) await page.locator('.month-bar a').last().click();
  const day = days.nth((await days.count()) - 1 - before);
  const id = new URL((await day.getAttribute('href')) ?? '', base).searchParams.get('departure') ?? '';
  await day.click();
  await page.waitForURL(new RegExp(`departure=${id}`));
  return id;
}

/** The mail to an address, once it came. */
export async function mailTo(request: APIRequestContext, address: string) {
  let found: any;
  await expect
    .poll(async () => {
      const mails = await (await request.get(`${base}/dev/outbox.json`)).json();
      found = mails.find((m: any) => String(m.to).includes(address));
      return !!found;
    }, { timeout: 30_000 })
    .toBeTruthy();
  return found;
}

/** A PDF's text, and the texts of the QR codes on its pages. */
export function readPdf(pdf: Buffer) {
  const dir = mkdtempSync(join(tmpdir(), 'sapar-pdf-'));
  const file = join(dir, 'tickets.pdf');
  writeFileSync(file, pdf);
  const text = execFileSync('pdftotext', ['-layout', file, '-']).toString();
  execFileSync('pdftoppm', ['-png', '-r', '200', file, join(dir, 'page')]);
  const pages = execFileSync('ls', [dir]).toString().split('\n').filter((n) => n.endsWith('.png'));
  return { text, codes: pages.map((name) => readQr(execFileSync('cat', [join(dir, name)], { maxBuffer: 1 << 28 }))) };
}

export function readQr(png: Buffer): string | undefined {
  const { data, width, height } = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

/** WCAG 2.2 AA: no violation, by day and by night. */
export async function accessible(page: Page) {
  for (const colorScheme of ['dark', 'light'] as const) {
    // A colour half way to another is none that anybody reads.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(async () => {
      // What is folded away is not drawn, and its changes never end.
      const seen = (animation: Animation) => (animation.effect as KeyframeEffect | null)?.target?.checkVisibility();
      const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition && seen(animation));
      await Promise.allSettled(changes.map((change) => change.finished));
    });
    const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    const told = found.violations.map((v) => `${colorScheme} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
    expect(told).toEqual([]);
  }
}

export async function signIn(page: Page, email = 'gate@nomad-trails.kz') {
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.locator('form button[type=submit]').last().click();
  await page.waitForURL('**/ru/partner');
}
