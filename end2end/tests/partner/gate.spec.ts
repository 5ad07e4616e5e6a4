// At the bus: sign in, see the day, look at a ticket, be refused where that is right.
import type { APIRequestContext, Page } from '@playwright/test';
import { leaveToday } from '../database';
import { accessible, base, decide, expect, order, place, readPdf, signIn, test } from '../shop';

test('a wrong password gets one generic answer', async ({ page }) => {
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill('nobody@example.kz');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('main form button[type=submit]').first().click();
  await expect(page.locator('[role=alert]').first()).toBeVisible();
});

/** Paid tickets of the gate's own partner, on a day that this test and this window have for themselves. */
async function passengers(page: Page, request: APIRequestContext, day: number, count: number, ready: (o: any) => boolean = () => true) {
  const html = await (await request.get('/ru/partners/nomad-trails')).text();
  const slug = html.match(/\/ru\/tours\/([a-z0-9-]+)"/)?.[1] ?? '';
  const tour = await (await request.get(`/api/v1/listings/${slug}?lang=ru`)).json();
  const wide = (page.viewportSize()?.width ?? 0) > 1000 ? 1 : 0;
  const found = tour.departures.filter((d: any) => d.places_left >= count)[day + wide];
  const placed = await (await place(request, found.id, found.ticket_types[0].id, count)).json();
  await decide(request, placed.number, 'approve', 'normal');
  const paid = await order(request, placed.token, (o) => o.tickets.length === count && ready(o));
  return { departure: found.id as string, token: placed.token as string, paid };
}

test('the cabinet\'s style sheet comes with the cabinet, and before it', async ({ page }) => {
  await signIn(page);
  const sheets: string[] = [];
  await page.route('**/styles/*.css', async (route) => {
    sheets.push(route.request().url());
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await page.goto('/ru/me', { waitUntil: 'networkidle' });
  const link = page.locator('main a[href="/ru/partner"]');
  await expect(link).toBeVisible();
  expect(sheets, 'no other page loads it').toEqual([]);
  // The moment the cabinet is drawn; a page that loaded anew would not know it.
  await page.evaluate(() => {
    const drawn = () => document.querySelector('.cab-bar');
    new MutationObserver(() => {
      const bar = drawn();
      if (bar && !(window as any).drawn) (window as any).drawn = getComputedStyle(bar).display;
    }).observe(document.body, { childList: true, subtree: true });
  });
  await link.click();
  await expect(page.locator('.cab-bar')).toBeVisible();
  expect(await page.evaluate(() => (window as any).drawn)).toBe('flex');
  // And with the page, where the server has drawn it.
  await page.unroute('**/styles/*.css');
  await page.goto('/ru/partner');
  expect(await page.locator('.cab-bar').evaluate((bar) => getComputedStyle(bar).display)).toBe('flex');
});

test('a gate member sees today and a ticket of another day is refused', async ({ page, request }) => {
  await signIn(page);
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
  const { paid } = await passengers(page, request, 5, 1);
  await page.goto(`/ru/partner/tickets/${paid.tickets[0].code}`);
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
  await page.goto('/ru/partner/scan');
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
});

test('today\'s ticket is let on once, by its QR code', async ({ page, request }) => {
  const { departure, token, paid } = await passengers(page, request, 7, 2, (o) => o.pdf_url);
  const { codes } = readPdf(await (await request.get(new URL(paid.pdf_url, base).toString())).body());
  await leaveToday(departure);
  await signIn(page);
  // What a phone's camera does with the code: it opens the address.
  await page.goto(codes[0]!);
  await page.locator('button[name=whole][value=false]').click();
  const activated = await order(request, token, (o) => o.tickets.some((t: any) => t.status === 'activated'));
  expect(activated.tickets.filter((t: any) => t.status === 'activated').length).toBe(1);
  await accessible(page);
  await page.goto(codes[0]!);
  await accessible(page);
  await expect(page.locator('main')).toContainText('Айгүл');
  await expect(page.locator('button[name=whole][value=false]')).toHaveCount(0);
});

test('a family is let on by one button, and then by none', async ({ page, request }) => {
  const { departure, token, paid } = await passengers(page, request, 9, 3);
  await leaveToday(departure);
  await signIn(page);
  await page.goto(`/ru/partner/tickets/${paid.tickets[1].code}`);
  await page.locator('button[name=whole][value=true]').click();
  const aboard = (o: any) => o.tickets.every((t: any) => t.status === 'activated');
  await order(request, token, aboard);
  await accessible(page);
  await page.goto(`/ru/partner/tickets/${paid.tickets[2].code}`);
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.locator('button[name=whole]')).toHaveCount(0);
});

test('without a session the cabinet leads to the sign-in', async ({ page }) => {
  await page.goto('/ru/partner');
  await page.waitForURL('**/ru/sign-in**');
});
