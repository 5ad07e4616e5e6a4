// At the bus: tickets before the camera, typed, and a whole order at once.
import type { Page } from '@playwright/test';
import { bought, codesOf, codesOn, countTaps, enter, giveCamera, hold, partner, sell, underThumb } from '../desk';
import { accessible, expect, order, test } from '../shop';

test.beforeEach(({}, info) => test.skip(info.project.name !== 'phone', 'a guide has a phone'));

const counts = (page: Page) => page.locator('.scan-counts');

test('ten tickets are scanned one after another without touching the phone', async ({ page }) => {
  test.setTimeout(120_000);
  const house = await partner([30]);
  await giveCamera(page);
  const taps = await countTaps(page);
  await enter(page, house.owner);
  await sell(page, 10);
  const codes = await codesOn(page);
  expect(codes).toHaveLength(10);
  await page.getByRole('link', { name: 'Сканер' }).tap();
  await expect(counts(page)).toContainText('пришли 0 из 10');

  const before = taps();
  for (const [at, code] of codes.entries()) {
    await hold(page, code);
    await expect(counts(page)).toContainText(`пришли ${at + 1} из 10`);
    await expect(page.locator('.scan-flash-good')).toContainText('Пропущен');
    await expect(page.locator('.scan-flash')).toHaveCount(0);
  }
  expect(taps() - before).toBe(0);
  // A note of its own for each.
  expect(await page.evaluate(() => (window as any).gate.notes)).toBeGreaterThanOrEqual(10);

  // The first one comes again, and nobody comes in twice.
  await hold(page, codes[0]);
  await expect(page.locator('.scan-flash-warn, .scan-flash-bad')).toContainText('Уже использован');
  await expect(counts(page)).toContainText('пришли 10 из 10');
  await expect(page.locator('.scan-flash')).toHaveCount(0);

  // It is dark early.
  const torch = page.getByRole('button', { name: 'Фонарик' });
  await torch.tap();
  await expect(torch).toHaveAttribute('aria-pressed', 'true');
  expect(await page.evaluate(() => (window as any).gate.light)).toBe(true);
  await accessible(page);
});

test('one ticket on two phones lets one person on: shown again it says so at once, held it says so quietly', async ({ page, context, request }) => {
  const house = await partner([30]);
  const { token } = await bought(request, house.trips[0], 1);
  await giveCamera(page);
  await enter(page, house.owner);
  const [code] = await codesOf(context, token);
  await page.getByRole('link', { name: 'Сканер' }).tap();
  const notes = () => page.evaluate(() => (window as any).gate.notes as number);
  await hold(page, code);
  await expect(page.locator('.scan-flash-good')).toContainText('Пропущен');
  await expect(page.locator('.scan-flash')).toHaveCount(0);
  // It stays: no colour and no sound, a word alone.
  const before = await notes();
  await expect(page.locator('.scan-held')).toContainText('всё тот же билет', { timeout: 10_000 });
  await expect(page.locator('.scan-flash')).toHaveCount(0);
  expect(await notes()).toBe(before);
  // It goes, and the friend's phone comes.
  await hold(page, undefined);
  await expect(page.locator('.scan-held')).toHaveCount(0);
  await hold(page, code);
  await expect(page.locator('.scan-flash-warn')).toContainText('Уже использован');
  expect(await notes()).toBeGreaterThan(before);
  await expect(counts(page)).toContainText('пришли 1 из 1');
});

test('a ticket that got no answer is tried again as long as it is held', async ({ page, context, request }) => {
  const house = await partner([30]);
  const { token } = await bought(request, house.trips[0], 1);
  await giveCamera(page);
  await enter(page, house.owner);
  const [code] = await codesOf(context, token);
  await page.getByRole('link', { name: 'Сканер' }).tap();
  await expect(counts(page)).toContainText('пришли 0 из 1');
  // The reader of codes is on the phone.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => /zxing.*\.wasm/.test(name)));
  await context.setOffline(true);
  await hold(page, code);
  await expect(page.locator('.scan-flash-bad')).toContainText('Нет ответа');
  // Nobody claims to know that it was not let on.
  await expect(page.locator('#outcome')).toContainText('Билет мог быть уже отмечен');
  await context.setOffline(false);
  await expect(counts(page)).toContainText('пришли 1 из 1');
});

test('a whole order goes on board by one button, a code is typed, and a ticket is shown first where that is wanted', async ({ page, request }) => {
  const house = await partner([30]);
  const { paid, token } = await bought(request, house.trips[0], 3);
  const other = await bought(request, house.trips[0], 1);
  await giveCamera(page);
  await enter(page, house.owner);
  await page.getByRole('link', { name: 'Сканер' }).tap();
  await expect(counts(page)).toContainText('пришли 0 из 4');

  await underThumb(page.getByLabel('Код билета'));
  await underThumb(page.getByRole('button', { name: 'Проверить билет' }));
  await page.getByLabel('Код билета').fill(paid.tickets[0].code.toLowerCase());
  await page.getByRole('button', { name: 'Проверить билет' }).tap();
  await expect(page.locator('#outcome')).toContainText('Можно пропустить');
  await page.getByRole('button', { name: 'Весь заказ (3)' }).tap();
  await expect(page.locator('#outcome')).toContainText('Пропущено 3 человека');
  await expect(counts(page)).toContainText('пришли 3 из 4');
  await order(request, token, (o) => o.tickets.every((t: any) => t.status === 'activated'));

  // A switch that is remembered: the camera now only shows.
  await page.getByRole('checkbox', { name: /Отмечать сразу/ }).uncheck();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: /Отмечать сразу/ })).not.toBeChecked();
  const [code] = await codesOf(page.context(), other.token);
  await hold(page, code);
  await expect(page.locator('#outcome')).toContainText('Можно пропустить');
  await expect(counts(page)).toContainText('пришли 3 из 4');
  await page.locator('#outcome').getByRole('button', { name: 'Пропустить', exact: true }).tap();
  await expect(counts(page)).toContainText('пришли 4 из 4');
});
