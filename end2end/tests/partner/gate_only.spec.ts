// A second member who only checks tickets: invited by the owner, let in by the letter, and kept out of everything else.
import { bought, codesOf, enter, giveCamera, hold, partner } from '../desk';
import { accessible, expect, mailTo, test } from '../shop';

test.beforeEach(({}, info) => test.skip(info.project.name !== 'phone', 'a gate is on a phone'));

test('whoever checks tickets sees the day and the scanner, and nothing else', async ({ page, browser, request }) => {
  test.setTimeout(120_000);
  const house = await partner([30, 60]);
  const { number, paid, token } = await bought(request, house.trips[0], 2);
  const stranger = await bought(request, (await partner([30])).trips[0], 1);
  const gate = house.owner.replace('day-', 'gate-');

  // The owner, by the browser.
  await enter(page, house.owner);
  await page.getByRole('button', { name: 'Профиль и настройки' }).tap();
  await page.getByRole('link', { name: 'Сотрудники' }).tap();
  // The menu that led here does not lie over it.
  await expect(page.locator('#account')).toBeHidden();
  await page.getByLabel('Почта сотрудника').fill(gate);
  await page.getByLabel('Роль').last().selectOption('gate');
  await page.getByRole('button', { name: 'Отправить приглашение' }).tap();
  await expect(page.locator('main')).toContainText(gate);

  // The one invited, by the letter, on a phone of their own.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, baseURL: new URL(page.url()).origin, locale: 'ru-KZ', timezoneId: 'Asia/Almaty' });
  const phone = await context.newPage();
  const errors: string[] = [];
  // A forbidden page says so by its status, of which the browser tells, too.
  phone.on('console', (m) => m.type() === 'error' && !m.text().includes('status of 403') && errors.push(`${m.text()} at ${m.location().url}`));
  phone.on('pageerror', (e) => errors.push(String(e)));
  await giveCamera(phone);
  const letter = (await mailTo(request, gate)).text.match(/https?:\S+\/invitation\/\S+/)?.[0] ?? '';
  await phone.goto(letter);
  await expect(phone.getByRole('heading', { level: 1 })).toContainText(house.name);
  await expect(phone.locator('main')).toContainText('контролёр');
  await accessible(phone);
  await phone.getByRole('link', { name: 'Зарегистрироваться' }).tap();
  await phone.locator('input[name=name]').fill('Болат Ахметов');
  await phone.locator('input[name=email]').fill(gate);
  await phone.locator('input[name=phone]').fill(`8 707 ${String(Date.now()).slice(-7)}`);
  await phone.locator('input[name=password]').fill('көлсай-2026-жаз');
  await phone.getByRole('button', { name: 'Создать аккаунт' }).tap();
  await phone.getByRole('button', { name: `Войти в «${house.name}»` }).tap();
  await phone.waitForURL('**/ru/partner');

  // What a gate may.
  await expect(phone.getByRole('heading', { level: 1, name: /^Сегодня/ })).toBeVisible();
  const bar = phone.getByRole('navigation', { name: 'Разделы кабинета внизу' });
  await expect(bar.getByRole('link')).toHaveText(['Сегодня', 'Сканер']);
  for (const words of ['Продажа за наличные', 'Онлайн за сегодня', 'ждёт оплаты']) await expect(phone.getByText(words)).toHaveCount(0);
  await accessible(phone);
  await phone.getByRole('button', { name: 'Профиль и настройки' }).tap();
  await expect(phone.locator('#account')).toContainText('контролёр');
  await expect(phone.locator('#account').getByRole('link', { name: 'Организация' })).toHaveCount(0);
  await phone.keyboard.press('Escape');
  await phone.locator('a.cab-card').first().tap();
  await phone.waitForURL('**/departures/*');
  await expect(phone.locator('.cab-table tbody tr')).toHaveCount(2);
  for (const words of ['Список пассажиров', 'Продано не через Sapar', 'Продать']) await expect(phone.getByText(words, { exact: true })).toHaveCount(0);

  // And scans: the own tickets, and whose bus the others are on stays theirs.
  await bar.getByRole('link', { name: 'Сканер' }).tap();
  const counts = phone.locator('.scan-counts');
  await expect(counts).toContainText('пришли 0 из 2');
  for (const [at, code] of (await codesOf(page.context(), token)).slice(0, 2).entries()) {
    await hold(phone, code);
    await expect(counts).toContainText(`пришли ${at + 1} из 2`);
    await expect(phone.locator('.scan-flash')).toHaveCount(0);
  }
  const [other] = await codesOf(page.context(), stranger.token);
  await hold(phone, other);
  await expect(phone.locator('.scan-flash-bad, .scan-flash-warn')).toContainText('Билет другого организатора');
  await expect(phone.locator('main')).not.toContainText(stranger.number);

  // Nothing else, whatever is typed into the address bar.
  const order = await page.request.get(`/ru/partner/orders?q=${number}`);
  const id = (await order.text()).match(/\/ru\/partner\/orders\/([0-9a-f-]{36})/)?.[1];
  expect(id).toBeTruthy();
  for (const path of ['orders', `orders/${id}`, 'sell', `sell?departure=${house.trips[0].id}`, 'listings', 'organisation', 'listings/new', 'import']) {
    const answer = await phone.goto(`/ru/partner/${path}`);
    expect.soft(answer?.status(), path).toBe(403);
    await expect.soft(phone.getByText('Для этого не хватает прав'), path).toBeVisible();
    await expect.soft(phone.locator('main'), path).not.toContainText(number);
    await expect.soft(phone.locator('main'), path).not.toContainText('15 000 ₸');
  }
  // Of the others nothing, but the way out.
  await phone.goto('/ru/partner');
  await phone.getByRole('button', { name: 'Профиль и настройки' }).tap();
  await phone.getByRole('link', { name: 'Моё участие' }).tap();
  await expect(phone.getByRole('heading', { level: 1, name: 'Моё участие' })).toBeVisible();
  await expect(phone.locator('main')).toContainText('Ваша роль: контролёр');
  await expect(phone.getByText('Выйти из организации').first()).toBeVisible();
  await expect(phone.locator('main')).not.toContainText(house.owner);
  await accessible(phone);
  for (const kind of ['csv', 'xlsx', 'pdf']) {
    expect.soft((await phone.request.get(`/cabinet/departures/${house.trips[0].id}/passengers.${kind}`)).status(), kind).toBe(403);
  }
  expect.soft((await phone.request.get('/cabinet/events', { timeout: 5000 })).status(), 'events').toBe(403);
  // Another organisation's ticket is as if it were not there.
  await phone.goto(`/ru/partner/tickets/${stranger.paid.tickets[0].code}`);
  await expect(phone.locator('main')).not.toContainText('Айгүл');
  await phone.goto(`/ru/partner/tickets/${paid.tickets[0].code}`);
  await expect(phone.locator('main')).toContainText('Уже использован');
  expect(errors).toEqual([]);
  await context.close();
});
