// A calendar of departures under a thumb: one by its day, moved, given other places, a week copied, one called off.
import { draft, person } from '../editor';
import { accessible, expect, test } from '../shop';

/** `2026-12-05`, so many days from now in Almaty. */
const day = (ahead: number) => new Date(Date.now() + (ahead * 24 + 5) * 3_600_000).toISOString().slice(0, 10);

test('one departure is added, moved, copied with its week and called off', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = (await draft(page, seed)).split('?')[0];
  // A month that is all ahead.
  const far = day(40);
  await page.goto(`${address}/departures?month=${far.slice(0, 7)}`);
  await page.getByRole('button', { name: 'Добавить выезды' }).click();
  await page.getByRole('button', { name: 'Один', exact: true }).click();
  // Refused in words, beside the fields.
  await page.getByRole('button', { name: /^Добавить/ }).last().click();
  await expect(page.getByText('Укажите время.')).toBeVisible();
  await page.getByLabel('День').fill(far);
  await page.getByLabel('Время выезда').fill('06:30');
  await page.getByLabel('Мест', { exact: true }).fill('9');
  await page.getByLabel('Мест', { exact: true }).blur();
  await page.getByRole('button', { name: 'Добавить 1 выезд' }).click();
  await expect(page.getByText('Добавлен 1 выезд.')).toBeVisible();
  await accessible(page);

  const first = page.locator('.type-card').first();
  await first.getByRole('button', { expanded: false }).click();
  await first.getByLabel('Время выезда').fill('08:00');
  await first.getByLabel('Время выезда').blur();
  await first.getByRole('button', { name: 'Перенести' }).click();
  await expect(page.getByText(/^Выезд перенесён: .*08:00/)).toBeVisible();
  await first.getByRole('button', { expanded: false }).click();
  await first.getByLabel('Мест', { exact: true }).fill('12');
  await first.getByRole('button', { name: 'Изменить места' }).click();
  await expect(page.getByText(/^Места изменены/)).toBeVisible();
  await expect(first).toContainText('продано 0 из 12');

  await page.getByRole('button', { name: 'Скопировать неделю' }).click();
  await page.getByLabel('Неделя с днём').fill(far);
  await page.getByLabel('В неделю с днём').fill(day(47));
  await page.getByLabel('В неделю с днём').blur();
  await page.getByRole('button', { name: 'Скопировать выезды' }).click();
  await expect(page.getByText('Добавлен 1 выезд.')).toBeVisible();

  await first.getByRole('button', { expanded: false }).click();
  await first.getByRole('button', { name: /^Отменить выезд/ }).click();
  await expect(first).toContainText('На этот выезд билетов не покупали.');
  await first.getByRole('button', { name: 'Отменить выезд', exact: true }).click();
  await expect(page.getByText(/^Выезд отменён: /)).toBeVisible();
  await expect(first).toContainText('отменён');
  await accessible(page);
  expect(errors).toEqual([]);
});
