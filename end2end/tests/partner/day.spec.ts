// At the counter, at the list of orders and of passengers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Download, Page } from '@playwright/test';
import { bought, changePrices, codesOn, countTaps, enter, partner, sell, underThumb } from '../desk';
import { accessible, base, expect, order, place, readPdf, test } from '../shop';

// Partners work on their phones; the desk's tables are the same pages.
test.beforeEach(({}, info) => test.skip(info.project.name !== 'phone', 'a day on a phone'));

test('a place is sold for cash in four taps, and the ticket is printed, shown or sent', async ({ page }) => {
  const house = await partner([60, 120]);
  const taps = await countTaps(page);
  await enter(page, house.owner);
  await expect(page.getByRole('heading', { level: 1, name: /^Сегодня/ })).toBeVisible();
  const before = taps();
  await sell(page, 1);
  expect(taps() - before).toBe(4);

  await expect(page.getByRole('status').filter({ hasText: 'Продано' })).toContainText('15 000 ₸');
  expect(await codesOn(page)).toHaveLength(1);
  await accessible(page);
  // Paper: the strip alone, without the buttons.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Напечатать' })).toBeHidden();
  await expect(page.locator('.cab-slip')).toContainText('Место встречи');
  await page.emulateMedia({ media: 'screen' });
  const message = new URL((await page.getByRole('link', { name: 'Отправить в WhatsApp' }).getAttribute('href')) ?? '');
  const link = message.searchParams.get('text')?.match(/https?:\S+/)?.[0] ?? '';
  const code = (await page.locator('.cab-slip .ticket-code').textContent()) ?? '';
  const customer = await page.context().newPage();
  await customer.goto(link);
  await expect(customer.locator('main')).toContainText(code);
  await customer.close();

  // The same stock: what was sold here is gone there.
  await page.getByRole('button', { name: 'Новая продажа' }).tap();
  await expect(page.locator('.cab-pick').first()).toContainText('19 мест');
  await page.goto('/ru/partner');
  await expect(page.locator('main')).toContainText('пришли 0 из 1');
  await expect(page.locator('.cab-counts')).toContainText('Наличными за сегодня15 000 ₸');
});

test('two presses sell once, and a lost answer is asked for again', async ({ page, context }) => {
  const house = await partner([60]);
  await enter(page, house.owner);
  await page.goto(`/ru/partner/sell?departure=${house.trips[0].id}`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Больше: Ребёнок' }).tap();
  // The button that sells stands upon the bar, and the bar's border over it: no sliver of the page between them.
  const above = await page.locator('.cab-stick').evaluate((it) => parseFloat(getComputedStyle(it).bottom));
  const bar = await page.locator('.cab-bottom').evaluate((it) => it.getBoundingClientRect().height);
  expect(above).toBeLessThanOrEqual(bar);
  expect(above).toBeGreaterThan(bar - 4);
  const sell = page.getByRole('button', { name: /наличными/ });
  // The sale reaches the server, its answer does not reach the phone.
  let lost = 0;
  await page.route('**/fn/cabinet-sell*', async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort('internetdisconnected');
  }, { times: 1 });
  await sell.tap();
  const said = page.getByRole('alert').or(page.locator('.alert'));
  await expect(said).toContainText('дважды не продадим');
  // Nothing lies over it, neither the button nor the bar below.
  const seen = await said.evaluate((alert) => {
    const { left, top, bottom, width } = alert.getBoundingClientRect();
    return [top + 4, bottom - 4].every((y) => alert.contains(document.elementFromPoint(left + width / 2, y)));
  });
  expect(seen).toBe(true);
  await sell.dblclick();
  await expect(page.getByRole('heading', { name: 'Продано' })).toBeVisible();
  expect(lost).toBe(1);
  const orders = await context.newPage();
  await orders.goto('/ru/partner/orders');
  await expect(orders.locator('.cab-row')).toHaveCount(1);
});

test('whoever comes second for the last place is told so, and sees that there is none', async ({ page, context }) => {
  const house = await partner([60], 1);
  await enter(page, house.owner);
  const address = `/ru/partner/sell?departure=${house.trips[0].id}`;
  const second = await context.newPage();
  for (const one of [page, second]) {
    await one.goto(address, { waitUntil: 'networkidle' });
    await one.getByRole('button', { name: 'Больше: Взрослый' }).tap();
  }
  await page.getByRole('button', { name: /наличными/ }).tap();
  await expect(page.getByRole('heading', { name: 'Продано' })).toBeVisible();
  await second.getByRole('button', { name: /наличными/ }).tap();
  await expect(second.getByText('Мест больше нет: их только что продали.')).toBeVisible();
  await expect(second.locator('.cab-pick').first()).toContainText('мест нет');
  await expect(second.getByText('осталось 0').first()).toBeVisible();
  await expect(second.getByRole('button', { name: 'Выберите билеты' })).toBeDisabled();
});

test('what is wrong in a contact is pointed at, and can be left out', async ({ page }) => {
  const house = await partner([60]);
  await enter(page, house.owner);
  await page.goto(`/ru/partner/sell?departure=${house.trips[0].id}`, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Больше: Взрослый' }).tap();
  await page.locator('summary').filter({ hasText: 'Имя, телефон' }).tap();
  const number = page.getByLabel('Телефон');
  await number.fill('12');
  await page.getByRole('button', { name: /наличными/ }).tap();
  await expect(page.getByText('Напишите номер полностью')).toBeVisible();
  await expect(number).toBeFocused();
  await number.fill('');
  await page.getByRole('button', { name: /наличными/ }).tap();
  await expect(page.getByRole('heading', { name: 'Продано' })).toBeInViewport();
});

test('a new order appears by itself, and is found by name, phone and code', async ({ page, request }) => {
  const house = await partner([120, 1500]);
  await enter(page, house.owner);
  await page.getByRole('link', { name: 'Заказы' }).tap();
  // The first one, into an empty list.
  await expect(page.getByText('Заказов пока нет')).toBeVisible();
  const first = await bought(request, house.trips[0], 2);
  const row = page.locator('.cab-row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('оплачен');
  // The next ones on top of it, and each as it becomes.
  const placed = await (await place(request, house.trips[1].id, house.trips[1].child, 1)).json();
  await expect(row.first()).toContainText(placed.number);
  await expect(row.first()).toContainText('ждёт оплаты');
  await expect(row).toHaveCount(2);
  await accessible(page);

  // Whoever reads further down is only told.
  await page.setViewportSize({ width: 390, height: 500 });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const third = await bought(request, house.trips[0], 1);
  const news = page.getByRole('button', { name: /1 новый заказ/ });
  await expect(news).toBeVisible();
  await expect(row).toHaveCount(2);
  await news.tap();
  await expect(row).toHaveCount(3);
  await expect(row.first()).toContainText(third.number);
  await page.setViewportSize({ width: 390, height: 844 });

  const find = page.getByLabel('Найти заказ');
  for (const [words, found] of [['сәтб', 3], ['701 123-45-67', 3], [first.paid.tickets[0].code, 1], [placed.number, 1], ['Болат', 0]] as const) {
    await find.fill(words);
    await find.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === words);
    await expect(row).toHaveCount(found);
  }
  await expect(page.getByText('Ничего не нашлось')).toBeVisible();
  await page.getByRole('link', { name: 'Сбросить' }).tap();
  await expect(row).toHaveCount(3);
  // From wherever one has got to in the list.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  for (const name of ['К поиску', 'К фильтрам']) await underThumb(page.getByRole('button', { name }));
  await underThumb(page.getByRole('link', { name: 'Продажа за наличные' }));
  await page.getByRole('button', { name: 'К поиску' }).tap();
  await expect(find).toBeFocused();
  await expect(find).toBeInViewport();
  await page.getByRole('button', { name: 'К фильтрам' }).tap();
  await expect(page.getByLabel('Статус')).toBeFocused();
  await page.getByLabel('Статус').selectOption('Ждут оплаты');
  await expect(row).toHaveCount(1);
  expect(new URL(page.url()).search).toBe('?status=open');
  await expect(page.locator('summary').filter({ hasText: 'Фильтры · 1' })).toBeVisible();
  await page.getByRole('link', { name: 'Убрать фильтр: Ждут оплаты' }).tap();
  await expect(row).toHaveCount(3);
  await page.goBack();
  await expect(row).toHaveCount(1);
  await page.goBack();
  await expect(row).toHaveCount(3);
});

test('an order comes although the answer about it was lost, and is asked for once', async ({ page, request }) => {
  const house = await partner([120]);
  await bought(request, house.trips[0], 1);
  await enter(page, house.owner);
  await page.getByRole('link', { name: 'Заказы' }).tap();
  const row = page.locator('.cab-row');
  await expect(row).toHaveCount(1);
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {});
  let asked = 0;
  page.on('request', (sent) => void (sent.url().includes('/fn/cabinet-orders') && (asked += 1)));
  await page.route('**/fn/cabinet-orders*', (route) => route.abort('internetdisconnected'), { times: 1 });
  const placed = await (await place(request, house.trips[0].id, house.trips[0].adult, 1)).json();
  await expect(row).toHaveCount(2, { timeout: 15_000 });
  await expect(row.first()).toContainText(placed.number);
  // Once in vain, once again; and perhaps for what happened to the order later than at once.
  expect(asked).toBeGreaterThanOrEqual(2);
  expect(asked).toBeLessThanOrEqual(3);
});

test('an order is served: sent again, noted, renamed, handed over with the difference in price', async ({ page, request }) => {
  const house = await partner([120, 1500]);
  const { number, paid, token } = await bought(request, house.trips[0], 2, (o) => o.pdf_url);
  await changePrices(house, 2500);
  await enter(page, house.owner);
  await page.goto(`/ru/partner/orders?q=${number}`);
  await page.locator('.cab-row a').tap();
  await page.waitForURL('**/partner/orders/*');
  await expect(page.getByRole('link', { name: 'Позвонить' })).toHaveAttribute('href', 'tel:+77011234567');
  await expect(page.getByRole('link', { name: 'WhatsApp' })).toHaveAttribute('href', /^https:\/\/wa\.me\/77011234567/);
  await accessible(page);

  const history = page.getByRole('region', { name: 'История' });
  const note = page.getByLabel('Заметка');
  await note.fill('Просили место у окна');
  await page.getByRole('button', { name: 'Добавить заметку' }).tap();
  await expect(history).toContainText('Просили место у окна');
  await expect(history).toContainText('Айгүл Нұрланқызы');
  await expect(note).toHaveValue('');

  await page.getByText('Изменить имя').first().tap();
  await page.getByRole('textbox', { name: 'Имя на билете' }).first().fill('Ержан Әлімұлы');
  await page.getByRole('button', { name: 'Сохранить имя' }).first().tap();
  await expect(page.getByText('Имя изменено')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Билеты', exact: true })).toContainText('Ержан Әлімұлы');

  await page.getByRole('button', { name: /^По SMS на/ }).tap();
  await expect(history).toContainText('Билеты отправлены по SMS ещё раз');
  // Beside the button, which sends no second one for a while.
  const said = page.locator('#said-sms');
  await expect(said).toContainText('Билеты отправляются.');
  await expect(said).toBeInViewport();
  await expect(said).toBeFocused();
  await expect(page.getByRole('button', { name: /^Отправлено: / })).toBeDisabled();

  await page.getByText('Перенести на другой выезд').tap();
  await expect(page.getByText('Сейчас эти места стоят на 5 000 ₸ дороже.')).toBeVisible();
  const move = page.getByRole('button', { name: 'Перенести заказ' });
  // Not before the difference is paid: the browser itself points at the box.
  await move.tap();
  await expect(page.getByText('Заказ перенесён')).toHaveCount(0);
  await page.getByRole('checkbox', { name: /Разницу 5 000 ₸/ }).check();
  await move.tap();
  await expect(page.getByText('Заказ перенесён, новые билеты отправляются.')).toBeVisible();
  await expect(history).toContainText('доплата наличными 5 000 ₸');
  await expect(page.getByRole('region', { name: 'Оплата' })).toContainText('Доплата наличными при переносе: +5 000 ₸');
  // Said in one place, and the way back is to the list as it was.
  await expect(page.locator('#said-lines')).toBeInViewport();
  await expect(said).toBeEmpty();
  await expect(page.locator('.crumbs a').last()).toHaveAttribute('href', `/ru/partner/orders?q=${number}`);
  // What was handed over is not asked for again.
  await page.getByText('Перенести на другой выезд').tap();
  await expect(page.getByText('Цена та же.')).toBeVisible();

  // The customer's tickets keep their codes and have another day.
  const leaves = (ticket: any) => Date.parse(ticket.starts_at);
  const moved = await order(request, token, (o) => o.pdf_url && o.tickets.every((t: any) => leaves(t) === +house.trips[1].startsAt));
  expect(moved.tickets.map((t: any) => t.code).sort()).toEqual(paid.tickets.map((t: any) => t.code).sort());
  await page.goto(`/ru/partner/departures/${house.trips[1].id}`);
  await expect(page.locator('.cab-table')).toContainText('Ержан Әлімұлы');
  await page.goto(`/ru/partner/departures/${house.trips[0].id}`);
  await expect(page.getByText('Билетов пока не купили')).toBeVisible();
});

async function fileOf(download: Promise<Download>) {
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

test('passengers are a table and a printed list, and whoever is looked for is found', async ({ page, request }) => {
  const house = await partner([120]);
  const { number, paid } = await bought(request, house.trips[0], 2);
  await enter(page, house.owner);
  await page.locator('a.cab-card').tap();
  await page.waitForURL('**/departures/*');
  await expect(page.locator('.cab-counts')).toContainText('Ожидаются2');
  await page.getByText('Список пассажиров').tap();
  // At the end nothing lies under the foot that stays on the screen; on the way there it covers what one scrolls past.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await accessible(page);

  const csv = fileOf(page.waitForEvent('download'));
  await page.getByRole('link', { name: 'Таблица (CSV)' }).tap();
  const table = await csv;
  expect(table.name).toMatch(/^passengers-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
  const rows = readFileSync(table.path, 'utf8').trim().split('\n');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('Пассажир');
  for (const ticket of paid.tickets) expect(rows.join('\n').replaceAll('-', '')).toContain(ticket.code);
  expect(rows[1]).toContain('Айгүл Сәтбаева');
  expect(rows[1]).toContain(number);

  const xlsx = fileOf(page.waitForEvent('download'));
  await page.getByRole('link', { name: 'Excel (XLSX)' }).tap();
  const sheet = execFileSync('unzip', ['-p', (await xlsx).path, 'xl/worksheets/sheet1.xml']).toString();
  expect(sheet).toContain('Айгүл Сәтбаева');
  expect(sheet).toContain(number);

  const address = (await page.getByRole('link', { name: 'Для печати (PDF)' }).getAttribute('href')) ?? '';
  const pdf = await page.request.get(new URL(address, base).toString());
  expect(pdf.headers()['content-disposition']).toContain('inline');
  const { text } = readPdf(await pdf.body());
  expect(text).toContain('Айгүл Сәтбаева');
  expect(text).toContain(house.tour);

  // By what people say at the bus.
  await page.getByLabel('Найти пассажира').fill('Болат');
  await expect(page.getByText('Никто не подходит')).toBeVisible();
  for (const words of ['сатб', 'сәтб']) {
    await page.getByLabel('Найти пассажира').fill(words);
    await expect(page.locator('.cab-table tbody tr')).toHaveCount(2);
  }
  // The first one is not far below, and their order is a tap away.
  const first = await page.locator('.cab-table tbody tr').first().boundingBox();
  expect(first!.y).toBeLessThan(560);
  expect(first!.height).toBeLessThan(150);
  // Code and order stand in one line, however wide their letters.
  const ticket = page.locator('.cab-table .cab-ticket').first().getByRole('link');
  await ticket.evaluateAll((links) => ['MWMW-WMWM-WWMM', 'WMWMWMWM'].forEach((wide, at) => ((links[at].firstChild as Text).data = wide)));
  expect(new Set(await ticket.evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top))).size).toBe(1);
  await expect(page.locator('.cab-table tbody').getByRole('link', { name: `заказ ${number}` }).first()).toHaveAttribute('href', /\/partner\/orders\/[0-9a-f-]{36}$/);
  await page.locator('.cab-table tbody').getByRole('button', { name: /Пропустить/ }).first().tap();
  await expect(page.locator('.cab-counts')).toContainText('Пришли1');
  await page.getByText('Только не пришедшие').tap();
  await expect(page.locator('.cab-table tbody tr')).toHaveCount(1);
});

test('the day and its passengers change by themselves, under whoever looks at them', async ({ page, context, request }) => {
  test.setTimeout(120_000);
  const house = await partner([30, 60]);
  await enter(page, house.owner);
  const card = page.locator('a.cab-card').first();
  await expect(card).toContainText('свободно 20');
  // A page that loaded anew would not know it.
  const mark = () => page.evaluate(() => void ((window as any).stayed = true));
  const stayed = () => page.evaluate(() => (window as any).stayed === true);
  await mark();
  await card.focus();
  await bought(request, house.trips[0], 2);
  await expect(card).toContainText('продано 2');
  await expect(card).toContainText('пришли 0 из 2');
  await expect(page.locator('.cab-counts')).toContainText('Сегодня едут2');
  await expect(page.locator('.cab-counts')).toContainText('Онлайн за сегодня30 000 ₸');
  await expect(card).toBeFocused();
  const unpaid = await place(request, house.trips[0].id, house.trips[0].adult, 1);
  expect(unpaid.ok()).toBeTruthy();
  await expect(page.getByRole('link', { name: '1 заказ ждёт оплаты' })).toBeVisible();
  await expect(card).toContainText('в оплате 1');
  expect(await stayed()).toBe(true);

  await page.goto(`/ru/partner/departures/${house.trips[0].id}`);
  const rows = page.locator('.cab-table tbody tr');
  await expect(rows).toHaveCount(2);
  await mark();
  const find = page.getByLabel('Найти пассажира');
  await find.fill('сәтб');
  const { paid, token } = await bought(request, house.trips[0], 1);
  await expect(rows).toHaveCount(3);
  await expect(page.locator('.cab-counts')).toContainText('Ожидаются3');
  // A colleague lets one of them on.
  const colleague = await context.newPage();
  await colleague.goto(`/ru/partner/tickets/${paid.tickets[0].code}`);
  await colleague.locator('button[name=whole][value=false]').tap();
  await order(request, token, (o) => o.tickets.some((t: any) => t.status === 'activated'));
  await colleague.close();
  await expect(page.locator('.cab-counts')).toContainText('Пришли1');
  await expect(page.locator('.cab-counts')).toContainText('Ожидаются2');
  await expect(rows.filter({ hasText: 'в автобусе с' })).toHaveCount(1);
  await expect(find).toBeFocused();
  await expect(find).toHaveValue('сәтб');
  // What lies half behind the bar under the thumb would count as too small to press.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await accessible(page);

  // Out of sight it asks for nothing, and in sight again it knows.
  const show = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, hidden);
  await show(true);
  const asked: string[] = [];
  page.on('request', (sent) => void (/\/fn\/partner-departure|\/cabinet\/day/.test(sent.url()) && asked.push(sent.url())));
  await bought(request, house.trips[0], 1);
  await page.waitForTimeout(1000);
  expect(asked).toEqual([]);
  await expect(rows).toHaveCount(3);
  await show(false);
  await expect(rows).toHaveCount(4);
  expect(await stayed()).toBe(true);
});

test('places sold elsewhere are not sold here, and two who correct them see each other', async ({ page, context, request }) => {
  const house = await partner([120], 6);
  await enter(page, house.owner);
  const at = `/ru/partner/departures/${house.trips[0].id}`;
  const colleague = await context.newPage();
  const fold = (page: Page) => page.locator('summary').filter({ hasText: 'Продано не через Sapar' });
  const more = (page: Page) => page.getByRole('button', { name: 'На одно место больше' });
  const save = (page: Page) => page.getByRole('button', { name: 'Сохранить' });
  for (const each of [page, colleague]) {
    await each.goto(at);
    await fold(each).tap();
  }
  for (let one = 0; one < 4; one += 1) await more(page).tap();
  await save(page).tap();
  await expect(page.getByText('Сохранено')).toBeVisible();
  await expect(fold(page)).toContainText(': 4');
  await expect(page.getByText('Айгүл Нұрланқызы: 0 → 4')).toBeVisible();
  await accessible(page);

  await more(colleague).tap();
  await save(colleague).tap();
  await expect(colleague.getByText('Коллега уже изменил число: сейчас 4.')).toBeVisible();
  await expect(fold(colleague)).toContainText(': 4');
  await colleague.close();

  // Two are left, for everybody.
  const three = await place(request, house.trips[0].id, house.trips[0].adult, 3);
  expect(three.status()).toBe(409);
  await bought(request, house.trips[0], 1);
  // The page does not know of it yet, the server does.
  await more(page).tap();
  await more(page).tap();
  await save(page).tap();
  await expect(page.getByText('Осталось 1 место')).toBeVisible();
  await save(page).tap();
  await expect(page.getByText('Сохранено')).toBeVisible();
  await page.goto(`/ru/partner/sell?departure=${house.trips[0].id}`, { waitUntil: 'networkidle' });
  await expect(page.locator('.cab-pick').first()).toContainText('мест нет');
});
