// A partner of a test's own, with tours that leave today: nobody else buys there, so its counts are the test's.
import type { APIRequestContext, BrowserContext, Locator, Page } from '@playwright/test';
import postgres from 'postgres';
import { decide, expect, order, place } from './shop';

export const PASSWORD = 'sapar-demo';

let made = 0;

export type Trip = { id: string; startsAt: Date; adult: string; child: string };
export type Partner = { id: string; name: string; owner: string; tour: string; trips: Trip[] };

/** A departure at each of these moments, in minutes from now; today's stay today, however late it is. */
export async function partner(minutes: number[], capacity = 20): Promise<Partner> {
  made += 1;
  const mark = `${Date.now().toString(36)}-${process.pid}-${made}`;
  const [name, tour, owner] = [`Алтын Күн ${mark}`, `Кольсай и Каинды ${made}`, `day-${mark}@example.kz`];
  const url = new URL(process.env.DATABASE_URL ?? '');
  const db = postgres({ user: url.username, database: url.pathname.slice(1), host: url.searchParams.get('host') ?? url.hostname, max: 1 });
  try {
    return await db.begin(async (sql) => {
      // Of the demo's own partner: its owner's password, its tour with pictures.
      const [model] = await sql`select l.*, o.city_id from listings l join organisations o on o.id = l.organisation_id where l.slug = 'charyn-canyon-one-day'`;
      const [account] = await sql`insert into accounts (id, email, name, password_hash, created_at, email_confirmed_at)
        select gen_random_uuid(), ${owner}, 'Айгүл Нұрланқызы', password_hash, now(), now() from accounts where email = 'owner@nomad-trails.kz' returning id`;
      const [house] = await sql`insert into organisations (id, slug, kind, status, name, phone, email, created_at, activated_at)
        values (gen_random_uuid(), ${`day-${mark}`}, 'partner', 'active', ${name}, '+77015550102', ${owner}, now(), now()) returning id`;
      await sql`insert into members (organisation_id, account_id, role, created_at) values (${house.id}, ${account.id}, 'owner', now())`;
      const { city_id: _, ...row } = model;
      const listing = { ...row, id: crypto.randomUUID(), organisation_id: house.id, slug: `day-${mark}`, sold_count: 0, price_from: 900000, next_departure_at: null };
      await sql`insert into listings ${sql(listing)}`;
      await sql`insert into listing_texts select ${listing.id}, lang, ${tour}, summary, description, included, excluded, programme, meeting from listing_texts where listing_id = ${model.id}`;
      await sql`insert into pictures select gen_random_uuid(), ${listing.id}, position, key, widths, width, height, color, alt_ru, alt_kk, alt_en from pictures where listing_id = ${model.id}`;
      const kinds = [
        { name_ru: 'Взрослый', name_kk: 'Ересек', name_en: 'Adult', price: 1500000 },
        { name_ru: 'Ребёнок', name_kk: 'Бала', name_en: 'Child', price: 900000 },
      ].map((kind, position) => ({ id: crypto.randomUUID(), listing_id: listing.id, position, max_per_order: 20, ...kind }));
      await sql`insert into ticket_types ${sql(kinds)}`;
      const trips: Trip[] = [];
      for (const later of minutes) {
        const startsAt = soon(later);
        const id = crypto.randomUUID();
        await sql`insert into departures (id, listing_id, organisation_id, starts_at, ends_at) values (${id}, ${listing.id}, ${house.id}, ${startsAt}, ${new Date(+startsAt + 8 * 3_600_000)})`;
        await sql`insert into stock (id, departure_id, ticket_type_id, capacity) values (gen_random_uuid(), ${id}, null, ${capacity})`;
        trips.push({ id, startsAt, adult: kinds[0].id, child: kinds[1].id });
      }
      return { id: house.id, name, owner, tour, trips };
    });
  } finally {
    await db.end();
  }
}

const DAY = 86_400_000;
/** Almaty's clock, which knows no summer. */
const ALMATY = 5 * 3_600_000;

/** So many minutes from now, on the same day if less than a day. */
function soon(minutes: number) {
  const now = Date.now();
  const midnight = Math.ceil((now + ALMATY + 1) / DAY) * DAY - ALMATY;
  const wanted = now + minutes * 60_000;
  return new Date(minutes < 1440 ? Math.min(wanted, midnight - 60_000 + minutes * 100) : wanted);
}

/** Every ticket costs so many tenge more than before, or less. */
export async function changePrices(partner: Partner, tenge: number) {
  const url = new URL(process.env.DATABASE_URL ?? '');
  const db = postgres({ user: url.username, database: url.pathname.slice(1), host: url.searchParams.get('host') ?? url.hostname, max: 1 });
  try {
    await db`update ticket_types set price = price + ${tenge * 100} where id in ${db([partner.trips[0].adult, partner.trips[0].child])}`;
  } finally {
    await db.end();
  }
}

/** An order of so many adults, paid, with its tickets. */
export async function bought(request: APIRequestContext, trip: Trip, adults: number, ready: (o: any) => boolean = () => true) {
  const answer = await place(request, trip.id, trip.adult, adults);
  expect(answer.ok(), await answer.text()).toBeTruthy();
  const placed = await answer.json();
  await decide(request, placed.number, 'approve', 'normal');
  const paid = await order(request, placed.token, (o) => o.tickets.length === adults && ready(o));
  return { number: placed.number as string, token: placed.token as string, paid };
}

export async function enter(page: Page, email: string) {
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('form button[type=submit]').last().click();
  await page.waitForURL('**/ru/partner');
}

/** Fed by `hold`: a camera that sees what a test holds before it, and has a light. To be called before the page is opened. */
export async function giveCamera(page: Page) {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 640, height: 480 });
    const picture = canvas.getContext('2d')!;
    const gate = { code: undefined as { path: string; size: number } | undefined, light: false, notes: 0 };
    Object.assign(window, { gate });
    const draw = () => {
      picture.fillStyle = '#fff';
      picture.fillRect(0, 0, 640, 480);
      // Something moves, as before any camera.
      picture.fillStyle = `hsl(${performance.now() / 10} 20% 90%)`;
      picture.fillRect(0, 0, 20, 20);
      if (!gate.code) return;
      const scale = Math.floor(440 / (gate.code.size + 8));
      picture.save();
      picture.translate((640 - gate.code.size * scale) / 2, (480 - gate.code.size * scale) / 2);
      picture.scale(scale, scale);
      picture.fillStyle = '#000';
      picture.fill(new Path2D(gate.code.path));
      picture.restore();
    };
    navigator.mediaDevices.getUserMedia = async () => {
      setInterval(draw, 50);
      draw();
      const stream = canvas.captureStream(20);
      const [track] = stream.getVideoTracks();
      track.getCapabilities = () => ({ torch: true }) as MediaTrackCapabilities;
      track.applyConstraints = async (wish?: any) => {
        gate.light = !!wish?.advanced?.[0]?.torch;
      };
      return stream;
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      gate.notes += 1;
      return start.apply(this, when);
    };
  });
}

export type Code = { path: string; size: number };

/** The QR codes that a page shows, as they are drawn, each once. */
export const codesOn = (page: Page) =>
  page.locator('svg.qr:has(path)').evaluateAll((all) =>
    all.map((svg) => ({ path: svg.querySelector('path')?.getAttribute('d') ?? '', size: (svg as SVGSVGElement).viewBox.baseVal.width - 8 })),
  );

/** The codes on an order's own page. */
export async function codesOf(context: BrowserContext, token: string) {
  const sheet = await context.newPage();
  await sheet.goto(`/ru/orders/${token}`);
  await sheet.locator('svg.qr').first().waitFor();
  const codes = await codesOn(sheet);
  await sheet.close();
  return codes;
}

/** Holds a ticket before the camera. */
export const hold = (page: Page, code: Code | undefined) => page.evaluate((code) => void Object.assign((window as any).gate, { code }), code);

/** How many presses of a finger a page has felt since; taps that a test makes by the way are not worth less than a person's. */
export async function countTaps(page: Page) {
  let taps = 0;
  await page.exposeFunction('tapped', () => void (taps += 1));
  await page.addInitScript(() => addEventListener('click', (event) => void (event.isTrusted && (window as any).tapped()), true));
  return () => taps;
}

/** In the lower half of the screen, whole, and above the bar at its bottom. */
export async function underThumb(control: Locator) {
  const { y, height } = (await control.boundingBox())!;
  expect(y).toBeGreaterThan(844 / 2);
  expect(y + height).toBeLessThan(844 - 60);
}

/** Sells so many adults on the departure that the cabinet's first page shows first. */
export async function sell(page: Page, adults: number) {
  await page.getByRole('link', { name: 'Продажа за наличные' }).tap();
  await page.locator('.cab-pick').first().tap();
  await page.waitForLoadState('networkidle');
  for (let one = 0; one < adults; one += 1) await page.getByRole('button', { name: 'Больше: Взрослый' }).tap();
  await page.getByRole('button', { name: /наличными/ }).tap();
  await expect(page.getByRole('heading', { name: 'Продано' })).toBeVisible();
}
