// A tour guide with a phone: from sign-up to a tour that strangers find and can buy.
import { Hand, company, confirm, prepareTour, publish, signUp } from '../first_tour.mjs';
import { accessible, chooseDay, decide, departure, expect, mailTo, order, place, test } from '../shop';

test('from sign-up to a published tour with pictures and a month of departures', async ({ page, request }, info) => {
  test.skip(info.project.name !== 'phone', 'a thumb is needed');
  test.setTimeout(240_000);
  const us = company(Date.now());
  const hand = new Hand(page);
  await signUp(hand, us);
  await expect(page.getByRole('main')).toContainText('Звонок модератора');
  // Nothing that was typed in one step has come into the fields of another.
  await expect(page.getByLabel('Название компании')).toHaveValue(us.name);
  await expect(page.getByLabel('Контактное лицо')).toHaveValue('Айгүл Сәтбаева');
  await expect(page.getByLabel('Телефон')).toHaveValue(/^\+7 701/);
  await expect(page.getByLabel('IBAN')).toHaveValue(/^KZ/);
  await accessible(page);
  await confirm(hand, await mailTo(request, us.email));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(us.name);
  // What comes next, and by which number.
  await expect(page.getByRole('main')).toContainText(/Почта подтверждена\. .*модератор позвонит по номеру \+7\s701/);
  await expect(page.getByRole('heading', { name: 'Вам позвонит модератор' })).toBeVisible();
  await accessible(page);
  await prepareTour(hand, us);
  await accessible(page);
  // See docs/STOPWATCH.md.
  expect(hand.steps.reduce((taps, step) => taps + step.taps, 0)).toBeLessThanOrEqual(50);

  // Nobody sees it before it was looked at.
  const search = `/ru/tours?q=${encodeURIComponent(us.title)}`;
  const card = page.locator('a[href*="/ru/tours/"]').filter({ hasText: us.title });
  await page.goto(search);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(card).toHaveCount(0);
  const slug = publish(us);

  await page.goto(search);
  await card.first().click();
  await page.waitForURL(`**/ru/tours/${slug}**`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(us.title);
  await expect(page.getByText('Все фото: 3')).toBeVisible();
  await expect(page.getByText('У входа в парк, белый автобус.')).toBeVisible();
  await chooseDay(page);
  const tour = await (await request.get(`/api/v1/listings/${slug}?lang=ru`)).json();
  // Saturdays and Sundays of a month.
  expect(tour.departures.length).toBeGreaterThanOrEqual(8);
  for (const one of tour.departures) expect([0, 6]).toContain(new Date(Date.parse(one.starts_at) + 5 * 3_600_000).getUTCDay());

  const found = await departure(request, slug);
  const placed = await (await place(request, found.id, found.ticket_types[0].id, 2)).json();
  await decide(request, placed.number, 'approve', 'normal');
  const paid = await order(request, placed.token, (o) => o.tickets.length === 2);
  expect(paid.tickets).toHaveLength(2);
});
