// The list of orders at a desk: filters kept as a view, and several orders at once; the same under a thumb.
import type { Page } from '@playwright/test';
import { bought, enter, partner } from '../desk';
import { accessible, expect, test } from '../shop';

/** Opened, and its script at work; its stream of news never ends. */
async function open(page: Page, query = '') {
  await page.goto(`/ru/partner/orders${query}`);
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {});
}

test('filters are kept as a view, opened and deleted', async ({ page }, info) => {
  test.skip(info.project.name !== 'desk', 'at a desk');
  const house = await partner([600]);
  await enter(page, house.owner);
  await open(page, '?status=returned&channel=cash');
  const views = page.getByRole('navigation', { name: 'Сохранённые виды' });
  await expect(views).toBeHidden();
  await page.getByText('Сохранить вид', { exact: true }).click();
  const name = page.getByLabel('Название вида');
  // Refused in words, and the field says so.
  await name.fill('   ');
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByText('Назовите вид: от 1 до 40 знаков.')).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('Возвраты_за_наличные_с_начала_года_2026');
  await name.press('Enter');
  await expect(page.getByText('Вид «Возвраты_за_наличные_с_начала_года_2026» сохранён.')).toBeVisible();
  const view = views.getByRole('link', { name: 'Возвраты_за_наличные_с_начала_года_2026' });
  await expect(view).toHaveAttribute('aria-current', 'true');
  await accessible(page);
  // A long name makes the page no wider than a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });

  await open(page);
  await expect(view).not.toHaveAttribute('aria-current');
  await view.click();
  await page.waitForURL('**/partner/orders?status=returned&channel=cash');
  await expect(view).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'Удалить вид «Возвраты_за_наличные_с_начала_года_2026»' }).click();
  await expect(page.getByText('Вид «Возвраты_за_наличные_с_начала_года_2026» удалён.')).toBeVisible();
  await expect(views).toBeHidden();
  await page.reload();
  await expect(page.getByText('Сохранить вид', { exact: true })).toBeVisible();
  await expect(views).toBeHidden();
});

test('the tickets of two orders go out at once, and each refusal says why', async ({ page, request }, info) => {
  test.skip(info.project.name !== 'desk', 'at a desk');
  test.setTimeout(120_000);
  const house = await partner([600]);
  const first = await bought(request, house.trips[0], 1);
  const second = await bought(request, house.trips[0], 1);
  await enter(page, house.owner);
  await open(page);
  const rows = page.locator('.cab-row');
  await expect(rows).toHaveCount(2);
  const box = (number: string) => page.getByRole('checkbox', { name: `Выбрать заказ ${number}` });
  await box(first.number).check();
  await expect(page.getByText('Выбран 1 заказ')).toBeVisible();
  // One more comes in meanwhile: what is chosen stays.
  const third = await bought(request, house.trips[0], 1);
  await expect(rows).toHaveCount(3);
  await expect(box(third.number)).not.toBeChecked();
  await expect(box(first.number)).toBeChecked();
  // By the keyboard, too.
  await rows.filter({ hasText: second.number }).getByRole('link').focus();
  await page.keyboard.press('x');
  await expect(box(second.number)).toBeChecked();
  await expect(page.getByText('Выбрано 2 заказа')).toBeVisible();
  await page.getByRole('button', { name: 'Билеты на почту' }).click();
  await expect(page.getByText('Отправляются билеты 2 заказов.')).toBeVisible();
  await expect(box(first.number)).not.toBeChecked();

  const all = page.getByRole('checkbox', { name: 'Выбрать все на странице' });
  await all.check();
  await expect(page.getByText('Выбрано 3 заказа')).toBeVisible();
  await page.getByRole('button', { name: 'Билеты на почту' }).click();
  await expect(page.getByText('Отправляются билеты 1 заказа.')).toBeVisible();
  await expect(page.getByText('Не отправлены билеты 2 заказов.')).toBeVisible();
  await expect(page.getByText(/: Билеты только что отправили/)).toContainText(first.number);
  await expect(box(first.number)).toBeChecked();
  await expect(box(third.number)).not.toBeChecked();
  await accessible(page);
  await page.getByRole('button', { name: 'Снять выбор' }).click();
  await expect(page.getByRole('button', { name: 'Билеты на почту' })).toBeHidden();
  // Neither button takes the focus along when it goes.
  await expect(all).toBeFocused();
  await page.getByRole('button', { name: 'Закрыть' }).click();
  await expect(page.getByText(/: Билеты только что отправили/)).toBeHidden();
  await expect(all).toBeFocused();
});

test('on a phone the boxes come when they are asked for', async ({ page, request }, info) => {
  test.skip(info.project.name !== 'phone', 'under a thumb');
  const house = await partner([600]);
  const { number } = await bought(request, house.trips[0], 1);
  await enter(page, house.owner);
  await open(page);
  const box = page.getByRole('checkbox', { name: `Выбрать заказ ${number}` });
  await expect(page.locator('.cab-row')).toHaveCount(1);
  await expect(box).toBeHidden();
  const turn = page.getByRole('button', { name: 'Выбрать', exact: true });
  await turn.tap();
  await expect(turn).toHaveAttribute('aria-pressed', 'true');
  await box.check();
  await expect(page.getByText('Выбран 1 заказ')).toBeVisible();
  await accessible(page);
  await turn.tap();
  await expect(box).toBeHidden();
  await expect(page.getByText('Выбран 1 заказ')).toBeHidden();
});
