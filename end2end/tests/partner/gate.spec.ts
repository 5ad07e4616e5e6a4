// At the bus: sign in, see the day, look at a ticket, be refused where that is right.
import { accessible, decide, departure, expect, order, place, signIn, test } from '../shop';

test('a wrong password gets one generic answer', async ({ page }) => {
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill('nobody@example.kz');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('main form button[type=submit]').first().click();
  await expect(page.locator('[role=alert]').first()).toBeVisible();
});

test('a gate member sees today and a ticket of another day is refused', async ({ page, request }) => {
  await signIn(page);
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
  // A tour of this gate's own partner, some day ahead.
  const listings = await (await request.get('/api/v1/listings?kind=tour&lang=ru&limit=100')).json();
  expect(listings.items.length).toBeGreaterThan(0);
  const html = await (await request.get('/ru/partners/nomad-trails')).text();
  const slug = html.match(/\/ru\/tours\/([a-z0-9-]+)"/)?.[1] ?? '';
  const found = await departure(request, slug, 1);
  const placed = await (await place(request, found.id, found.ticket_types[0].id)).json();
  await decide(request, placed.number, 'approve', 'normal');
  const paid = await order(request, placed.token, (o) => o.tickets.length === 1);
  await page.goto(`/ru/partner/tickets/${paid.tickets[0].code}`);
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
  await page.goto('/ru/partner/scan');
  await expect(page.locator('h1')).toHaveCount(1);
  await accessible(page);
});

test('without a session the cabinet leads to the sign-in', async ({ page }) => {
  await page.goto('/ru/partner');
  await page.waitForURL('**/ru/sign-in**');
});
