// From the home page to a ticket that the gate lets on once: the main job, in each language.
import { leavePlaces, leaveToday, letExpire, letExpireByToken } from '../database';
import { accessible, base, chooseDay, decide, departure, expect, mailTo, order, place, readPdf, signIn, test } from '../shop';

for (const lang of ['ru', 'kk', 'en'] as const) {
  test(`a guest buys in ${lang}: ticket, PDF, mail, gate @no-script`, async ({ page, request }, info) => {
    const email = `guest-${lang}-${info.project.name}@example.kz`;
    await page.goto(`/${lang}`);
    // Not one that another test has just opened and that leaves within the hour.
    await page.locator('a[href*="/tours/"]:not([href*="/tours/day-"], [href*="-za-den-"]):visible').first().click();
    await page.waitForURL(/\/tours\/[a-z0-9-]+/);
    await page.locator('#book a.day-free').first().waitFor();
    // The last places of a day may go to another test while this one reads.
    const roomy = page.locator('#book a.day-free:not(.day-few)');
    await ((await roomy.count()) ? roomy : page.locator('#book a.day-free')).first().click();
    await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
    await page.waitForURL(/\/checkout\//);
    await page.locator('input[name=name]').fill('Айгүл Сәтбаева');
    await page.locator('input[name=phone]').fill('8 701 123 45 67');
    await page.locator('input[name=email]').fill(email);
    await page.locator('button.checkout-pay, main form button.btn-action').first().click();
    await page.waitForURL(/\/pay\//);
    await page.locator('button[value=approve]').click();
    await page.waitForURL(new RegExp(`/${lang}/orders/`));
    const token = page.url().split('/orders/')[1].split(/[?#]/)[0];
    const paid = await order(request, token, (o) => o.status === 'paid' && o.tickets.length > 0 && o.pdf_url);
    if (info.project.name === 'no-script') await page.reload();
    await expect(page.locator('article.ticket')).toHaveCount(paid.tickets.length);

    const pdf = await request.get(new URL(paid.pdf_url, base).toString());
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    const { text, codes } = readPdf(await pdf.body());
    const code = paid.tickets[0].code as string;
    expect(text.replace(/[^0-9A-Z]/g, '')).toContain(code);
    expect(text).toContain('Айгүл Сәтбаева');
    expect(codes[0]).toMatch(/\/t\/[A-Za-z0-9_-]{128}$/);

    const mail = await mailTo(request, email);
    expect(mail.attachments.map((a: any) => a.content_type)).toContain('application/pdf');
    expect(mail.html).toContain(token);
  });
}

test('a ticket that was opened once opens without a connection', async ({ page, context, request }) => {
  const found = await departure(request, 'charyn-canyon-one-day');
  const placed = await (await place(request, found.id, found.ticket_types[0].id, 2)).json();
  await decide(request, placed.number, 'approve', 'normal');
  await order(request, placed.token, (o) => o.tickets.length === 2 && o.pdf_url);
  await page.goto(`/ru/orders/${placed.token}`, { waitUntil: 'networkidle' });
  await expect(page.getByText('Билеты сохранены в этом браузере')).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('article.ticket svg').first()).toBeVisible();
  await expect(page.locator('article.ticket')).toHaveCount(2);
  // What draws them is here, too, and a button still works.
  await page.locator('button[popovertarget=qr-full-1]').first().click();
  await expect(page.locator('#qr-full-1')).toBeVisible();
  await page.goto('/ru');
  await page.waitForURL('**/ru/tickets');
  await page.locator(`main a[href$="${placed.token}"]`).first().click();
  await expect(page.locator('article.ticket')).toHaveCount(2);
  await context.setOffline(false);
});

test('a declined card keeps the places and may try again @no-script', async ({ page, request }) => {
  const found = await departure(request, 'charyn-canyon-one-day');
  const placed = await (await place(request, found.id, found.ticket_types[0].id)).json();
  await page.goto(placed.payment_url);
  await page.locator('button[value=decline]').click();
  await page.waitForURL(/\/orders\//);
  const declined = await order(request, placed.token, (o) => !!o.failure);
  expect(declined.status).toBe('awaiting_payment');
  await page.goto(`/ru/orders/${placed.token}`);
  await page.locator('button.checkout-pay, main form button.btn-action').first().click();
  await page.waitForURL(/\/pay\//);
  await page.locator('button[value=approve]').click();
  await order(request, placed.token, (o) => o.status === 'paid');
});

test('what was put right is sent by one press', async ({ page }) => {
  await page.goto('/ru/tours/charyn-canyon-one-day');
  await page.locator('#book a.day-free').first().click();
  await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
  await page.waitForURL(/\/checkout\//);
  const pay = page.locator('button.checkout-pay, main form button.btn-action').first();
  await pay.click();
  await expect(page.locator('.field-error')).toHaveCount(3);
  await page.locator('input[name=name]').pressSequentially('Айгүл Сәтбаева');
  await page.locator('input[name=phone]').pressSequentially('7011234567');
  await expect(page.locator('input[name=phone]')).toHaveValue('+7 701 123 45 67');
  await page.locator('input[name=email]').pressSequentially('aigul@example.kz');
  // Nothing moves when the field is left, so the press meets the button.
  await expect(page.locator('.field-error')).toHaveCount(0);
  await pay.click();
  await page.waitForURL(/\/pay\//);
});

test('a closed browser and a lost callback are made up for', async ({ page, request }) => {
  const found = await departure(request, 'turgen-waterfalls');
  const placed = await (await place(request, found.id, found.ticket_types[0].id)).json();
  await page.goto(`/ru/orders/${placed.token}`);
  await decide(request, placed.number, 'approve', 'none');
  // The page is told by itself, without a reload.
  await expect(page.locator('article.ticket')).toHaveCount(1, { timeout: 40_000 });
});

test('callbacks twice, late or forged settle once', async ({ request }) => {
  const found = await departure(request, 'kok-tobe-evening');
  for (const callback of ['twice', 'forged']) {
    const placed = await (await place(request, found.id, found.ticket_types[0].id)).json();
    await decide(request, placed.number, 'approve', callback);
    const paid = await order(request, placed.token, (o) => o.status === 'paid' && o.tickets.length === 1);
    expect(paid.tickets.length).toBe(1);
  }
});

test('an hour without paying: the places are free again, and the page says so by itself', async ({ page, request }) => {
  const found = await departure(request, 'kaindy-sunken-forest', 2);
  const left = async () => {
    const tour = await (await request.get('/api/v1/listings/kaindy-sunken-forest?lang=ru')).json();
    return tour.departures.find((d: any) => d.id === found.id).places_left;
  };
  const before = await left();
  const placed = await (await place(request, found.id, found.ticket_types[0].id, 2)).json();
  expect(await left()).toBe(before - 2);
  await page.goto(`/kk/orders/${placed.token}`);
  await expect(page.getByRole('timer').first()).toBeVisible();
  await accessible(page);
  await letExpire(placed.number);
  await order(request, placed.token, (o) => o.status === 'expired');
  await expect(page.getByRole('timer')).toHaveCount(0, { timeout: 40_000 });
  await accessible(page);
  expect(await left()).toBe(before);
});

test('two buyers and one last place: one pays, the other is told and keeps the page', async ({ browser, request }) => {
  const slug = 'turgen-waterfalls';
  const tour = await (await request.get(`/api/v1/listings/${slug}?lang=ru`)).json();
  // Not the day that other tests buy.
  const found = tour.departures.filter((d: any) => d.places_left > 0)[3];
  await leavePlaces(found.id, 1);
  const pages = await Promise.all([0, 1].map(async () => (await browser.newContext()).newPage()));
  await Promise.all(pages.map((page) => page.goto(`/ru/tours/${slug}?departure=${found.id}`, { waitUntil: 'networkidle' })));
  await Promise.all(pages.map((page) => page.locator('.booking-buy:visible, .buy-bar button:visible').first().click()));
  const winner = await Promise.any(pages.map(async (page) => (await page.waitForURL(/\/checkout\//), page)));
  const loser = pages.find((page) => page !== winner)!;
  await expect(loser.locator('#refusal')).toBeVisible();
  expect(loser.url()).toContain(`/tours/${slug}`);
  await accessible(loser);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('double click, reload and the back button hold the places once', async ({ page, request }) => {
  const slug = 'charyn-canyon-one-day';
  const places = async (id: string) => {
    const tour = await (await request.get(`/api/v1/listings/${slug}?lang=ru`)).json();
    return tour.departures.find((d: any) => d.id === id).places_left;
  };
  await page.goto(`/ru/tours/${slug}`, { waitUntil: 'networkidle' });
  const id = await chooseDay(page);
  const before = await places(id);
  await page.locator('.booking-buy:visible, .buy-bar button:visible').first().dblclick();
  await page.waitForURL(/\/checkout\//);
  const first = page.url();
  // Going back while a page still comes to life loads the page before it anew; the forms work all the same.
  await page.reload({ waitUntil: 'networkidle' });
  await page.goBack({ waitUntil: 'networkidle' });
  await expect(page.locator('#book a[aria-current=date]')).toHaveAttribute('href', new RegExp(id));
  await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
  await page.waitForURL(/\/checkout\//);
  expect(new URL(page.url()).pathname).toBe(new URL(first).pathname);
  expect(await places(id)).toBe(before - 1);
});

test('what is chosen on a tour outlives a reload and another language', async ({ page }) => {
  await page.goto('/ru/tours/charyn-canyon-one-day', { waitUntil: 'networkidle' });
  const id = await chooseDay(page);
  const count = page.locator('#count-0');
  await page.locator('.ticket-row').first().getByRole('button').last().click();
  await expect(count).toHaveValue('2');
  await page.reload({ waitUntil: 'networkidle' });
  await expect(count).toHaveValue('2');
  const english = page.locator('footer a[hreflang=en]');
  await expect(english).toHaveAttribute('href', new RegExp(`departure=${id}`));
  await english.click();
  await page.waitForURL('**/en/tours/**');
  await expect(page.locator('#book a[aria-current=date]')).toHaveAttribute('href', new RegExp(id));
  await expect(count).toHaveValue('2');
});

test('a refused contact form shows what to put right, and loses nothing @no-script', async ({ page }, info) => {
  await page.goto('/kk/tours/big-almaty-lake-morning', { waitUntil: 'networkidle' });
  await chooseDay(page);
  await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
  await page.waitForURL(/\/checkout\//);
  await page.waitForLoadState('networkidle');
  for (const [name, text] of [['name', 'Ә'], ['phone', '123'], ['email', 'x']]) await page.locator(`input[name=${name}]`).fill(text);
  await page.locator('#contact-form button').click();
  await expect(page.locator('#f-name-error .field-error')).toBeInViewport();
  if (info.project.name === 'no-script') await expect(page.locator('#contact-form [role=alert]').first()).toBeInViewport();
  for (const [name, text] of [['name', 'Ә'], ['email', 'x']]) await expect(page.locator(`input[name=${name}]`)).toHaveValue(text);
  await expect(page.locator('input[name=phone]')).toHaveValue(/123/);
});

test('an unpaid order stands among the tickets; another choice replaces it and keeps the contacts', async ({ page, context }) => {
  const slug = 'big-almaty-lake-morning';
  await page.goto(`/ru/tours/${slug}`, { waitUntil: 'networkidle' });
  await chooseDay(page);
  await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
  await page.waitForURL(/\/checkout\//);
  await page.waitForLoadState('networkidle');
  for (const [name, text] of [['name', 'Айгерим'], ['phone', '8 701 123 45 67'], ['email', 'both-tabs@example.kz']]) {
    await page.locator(`input[name=${name}]`).fill(text);
  }
  const first = new URL(page.url()).pathname;

  const other = await context.newPage();
  await other.goto('/ru/tickets', { waitUntil: 'networkidle' });
  const onward = other.getByRole('link', { name: 'Продолжить оформление' });
  await expect(onward).toHaveAttribute('href', first);
  await other.goto(`/ru/tours/${slug}`, { waitUntil: 'networkidle' });
  await chooseDay(other, 1);
  await other.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
  await other.waitForURL(/\/checkout\//);
  const second = new URL(other.url()).pathname;
  expect(second).not.toBe(first);
  await expect(other.locator('input[name=name]')).toHaveValue('Айгерим');
  await expect(other.locator('input[name=email]')).toHaveValue('both-tabs@example.kz');

  // The first tab learns of it when it goes on, and finds the way.
  await page.locator('#contact-form button').click();
  await page.waitForURL(/\/orders\//);
  await accessible(page);
  await page.getByRole('button', { name: 'К новому заказу' }).click();
  await page.waitForURL(`**${second}`);
  await other.goto('/ru/tickets', { waitUntil: 'networkidle' });
  await expect(onward).toHaveCount(1);
  await expect(onward).toHaveAttribute('href', second);
});

test('an hour that passed at the checkout leaves the contacts for the next hold', async ({ page }) => {
  const buy = async () => {
    await page.goto('/en/tours/kok-tobe-evening', { waitUntil: 'networkidle' });
    await chooseDay(page);
    await page.locator('.booking-buy:visible, .buy-bar button:visible').first().click();
    await page.waitForURL(/\/checkout\//);
    await page.waitForLoadState('networkidle');
  };
  await buy();
  const first = page.url();
  await page.locator('input[name=name]').fill('Dana Akhmetova');
  await letExpireByToken(new URL(first).pathname.split('/').pop()!);
  await buy();
  expect(new URL(page.url()).pathname).not.toBe(new URL(first).pathname);
  await expect(page.locator('input[name=name]')).toHaveValue('Dana Akhmetova');
});

test('twelve buyers and a few places: nobody gets what is not there', async ({ request }) => {
  const found = await departure(request, 'butakovka-waterfall', 2);
  const all = await Promise.all(Array.from({ length: 12 }, () => place(request, found.id, found.ticket_types[0].id, Math.min(10, found.places_left))));
  const statuses = all.map((r) => r.status());
  expect(statuses.filter((s) => s === 201).length).toBeGreaterThan(0);
  expect(statuses.every((s) => s === 201 || s === 409)).toBeTruthy();
  const after = await (await request.get(`${base}/api/v1/listings/butakovka-waterfall?lang=ru`)).json();
  expect(after.departures.find((d: any) => d.id === found.id)?.places_left ?? 0).toBeGreaterThanOrEqual(0);
  for (const response of all.filter((r) => r.status() === 201)) {
    const { token } = await response.json();
    await request.post(`${base}/api/v1/orders/${token}/cancel`);
  }
});
