// Two people write one tour at the same time: nothing of what either typed is lost, and the later decides with both before them.
import type { Page } from '@playwright/test';
import { joinOrganisation } from '../database';
import { draft, person } from '../editor';
import { accessible, expect, test } from '../shop';

const saved = (page: Page) => expect(page.locator('.save-strip')).toHaveText(/сохранено, \d\d:\d\d$/);

/** Types and leaves the field. */
async function write(page: Page, field: string, text: string) {
  await page.locator(`#f-${field}-ru`).fill(text);
  await page.locator(`#f-${field}-ru`).blur();
}

test('the later of two editors sees what both wrote, and decides', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const [aigul, dauren] = [await person(browser, 'Айгүл Сәтбаева'), await person(browser, 'Дәурен Ахметов')];
  const address = await draft(aigul.page, aigul.seed);
  await joinOrganisation(dauren.email, aigul.email);
  for (const { page } of [aigul, dauren]) await page.goto(address);
  await expect(dauren.page.locator('#f-title-ru')).toHaveValue('Чарын');

  await write(aigul.page, 'title', 'Чарын на закате');
  await write(aigul.page, 'summary', 'Каньон, костёр и звёзды.');
  await saved(aigul.page);

  // One field is the same, the other is not.
  await write(dauren.page, 'title', 'Чарын за день');
  await write(dauren.page, 'description', 'Едем рано, возвращаемся к ужину.');
  const conflict = dauren.page.getByRole('region', { name: 'Айгүл Сәтбаева меняет то же самое' });
  await expect(conflict).toContainText('Чарын за день');
  await expect(conflict).toContainText('Чарын на закате');
  // What was typed stays under the fingers, and the line that is always in sight says what happened.
  await expect(dauren.page.locator('#f-title-ru')).toHaveValue('Чарын за день');
  const strip = dauren.page.locator('.save-strip');
  await expect(strip).toContainText('Айгүл Сәтбаева меняет то же самое');
  await dauren.page.locator('#f-description-ru').scrollIntoViewIfNeeded();
  await strip.getByRole('button', { name: 'Сравнить' }).click();
  await expect(conflict).toBeFocused();
  await expect(conflict).toBeInViewport();
  await expect(dauren.page.locator('#f-summary-ru')).toHaveValue('Каньон, костёр и звёзды.');
  await expect(dauren.page.locator('#f-description-ru')).toHaveValue('Едем рано, возвращаемся к ужину.');
  await accessible(dauren.page);

  // Nothing is decided by closing the page.
  await dauren.page.reload();
  await expect(dauren.page.locator('#f-title-ru')).toHaveValue('Чарын за день');
  await expect(dauren.page.locator('.save-strip')).toContainText('меняет то же самое');
  await aigul.page.reload();
  await expect(aigul.page.locator('#f-title-ru')).toHaveValue('Чарын на закате');
  const again = dauren.page.getByRole('region', { name: 'меняет то же самое' });
  await again.getByRole('button', { name: /^Взять моё/ }).click();
  await expect(again).toHaveCount(0);
  await saved(dauren.page);
  await aigul.page.reload();
  await expect(aigul.page.locator('#f-title-ru')).toHaveValue('Чарын за день');
  await expect(aigul.page.locator('#f-summary-ru')).toHaveValue('Каньон, костёр и звёзды.');
  await expect(aigul.page.locator('#f-description-ru')).toHaveValue('Едем рано, возвращаемся к ужину.');
  expect([...aigul.errors, ...dauren.errors]).toEqual([]);
});

test('what is typed before the program has come counts', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  await draft(page, seed);
  let come = () => {};
  const slow = new Promise<void>((resolve) => (come = resolve));
  await page.route('**/*.wasm', async (route) => {
    await slow;
    await route.continue();
  });
  await page.goto('/ru/partner/listings/new', { waitUntil: 'domcontentloaded' });
  await page.getByLabel('Название').fill('Чарын до рассвета');
  await page.getByLabel('Вид тура').selectOption({ label: 'Каньоны' });
  await page.getByLabel('Куда едем').selectOption({ label: 'Чарынский каньон' });
  await page.locator('#new-duration_minutes-hours').fill('9');
  come();
  await page.waitForLoadState('networkidle');
  await expect(page.getByLabel('Название')).toHaveValue('Чарын до рассвета');
  await page.getByRole('button', { name: 'Создать тур' }).click();
  await page.waitForURL(/listings\/[0-9a-f-]{36}/);
  await expect(page.locator('#f-title-ru')).toHaveValue('Чарын до рассвета');
  expect(errors).toEqual([]);
});

test('what is typed without a connection waits on the phone and is sent when there is one', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, context, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = await draft(page, seed);
  await page.goto(address, { waitUntil: 'networkidle' });
  await context.setOffline(true);
  await write(page, 'summary', 'Написано в горах.');
  await expect(page.locator('.save-strip')).toContainText('нет связи');
  await context.setOffline(false);
  await saved(page);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('#f-summary-ru')).toHaveValue('Написано в горах.');

  // A page that was closed too early brings it back.
  await context.setOffline(true);
  await write(page, 'summary', 'Дописано в горах.');
  await expect(page.locator('.save-strip')).toContainText('нет связи');
  // Crashed, not left or closed: one that was left is kept for the way back, one that closes loses the pretended lack of a
  // connection first, and both may send it yet.
  await page.goto('chrome://crash').catch(() => {});
  await page.close();
  const again = await context.newPage();
  await context.setOffline(false);
  await again.goto(address, { waitUntil: 'networkidle' });
  await expect(again.getByText('Вернули то, что вы не успели сохранить в прошлый раз.')).toBeVisible();
  await saved(again);
  await again.reload({ waitUntil: 'networkidle' });
  await expect(again.locator('#f-summary-ru')).toHaveValue('Дописано в горах.');
  expect(errors).toEqual([]);
});

test('whoever is signed out while writing signs in again and finds what was written', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, context, email, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = await draft(page, seed);
  await page.goto(address, { waitUntil: 'networkidle' });
  await context.clearCookies({ name: 'sapar_session' });
  await write(page, 'summary', 'Написано после конца сеанса.');
  const strip = page.locator('.save-strip');
  await expect(strip).toContainText('Сеанс закончился');
  // All of the sentence is to be read, and no button promises what would fail again.
  expect(await strip.evaluate((strip) => strip.scrollWidth <= strip.clientWidth && strip.scrollHeight <= strip.clientHeight)).toBe(true);
  await expect(strip.getByRole('button')).toHaveCount(0);
  await accessible(page);
  await strip.getByRole('link', { name: 'Войти' }).click();
  await page.waitForURL('**/sign-in?next=**');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.locator('form button[type=submit]').last().click();
  await page.waitForURL(`**${address}`);
  await expect(page.getByText('Вернули то, что вы не успели сохранить в прошлый раз.')).toBeVisible();
  await saved(page);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('#f-summary-ru')).toHaveValue('Написано после конца сеанса.');
  expect(errors).toEqual([]);
});

test('a number that cannot be stays as it was typed and is not saved', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = (await draft(page, seed)).replace('texts', 'facts');
  await page.goto(address, { waitUntil: 'networkidle' });
  const days = page.locator('#f-duration_minutes-days');
  const error = page.locator('#f-duration_minutes-days-error');
  await days.fill('99');
  await expect(error).toHaveText('Целое число от 0 до 30.');
  await days.blur();
  await expect(days).toHaveValue('99');
  await accessible(page);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(days).toHaveValue('0');

  // What can be is saved though nobody leaves the field.
  await days.fill('2');
  await expect(error).toHaveText('');
  await saved(page);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(days).toHaveValue('2');
  expect(errors).toEqual([]);
});

test('a number that cannot be is named instead of being handed in, and one is taken there', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = (await draft(page, seed)).replace('texts', 'facts');
  await page.goto(address, { waitUntil: 'networkidle' });
  const review = page.locator('#review');
  // What is missing is named, too, by links of the same words.
  const wrong = review.locator('[aria-live]').getByRole('link');
  const handedIn: string[] = [];
  page.on('request', (request) => request.url().includes('/fn/cabinet-listing-move') && handedIn.push(request.url()));
  const back = async () => {
    await page.getByRole('link', { name: 'Все разделы' }).locator('visible=true').click();
    await expect(review).toBeVisible();
  };
  const submit = () => review.getByRole('button', { name: 'Отправить на проверку' }).click();
  const days = page.locator('#f-duration_minutes-days');
  await days.fill('99');
  await back();
  await expect(review.getByText('Сначала исправьте')).toHaveCount(0);
  await submit();
  await expect(days).toBeFocused();
  await expect(days).toHaveValue('99');
  await back();
  await expect(review.getByText('Сначала исправьте')).toBeVisible();
  await accessible(page);
  await expect(wrong).toHaveText(['Длительность']);
  await wrong.click();
  await expect(days).toBeFocused();
  await days.fill('2');
  await saved(page);
  await back();
  await expect(review.getByText('Сначала исправьте')).toHaveCount(0);

  // Ticket types, though their row be closed.
  await page.locator('.section-index').getByRole('link', { name: /^Билеты/ }).click();
  await page.getByRole('button', { name: 'Добавить билет' }).click();
  await page.getByLabel('Цена, ₸').fill('12x');
  await page.getByLabel('Не больше на выезд').fill('-3');
  await page.locator('.type-open').click();
  await expect(page.getByLabel('Цена, ₸')).toHaveCount(0);
  await back();
  await submit();
  await expect(page.getByLabel('Цена, ₸')).toBeFocused();
  await page.getByLabel('Цена, ₸').fill('9000');
  await back();
  await expect(wrong).toHaveText(['Взрослый: Не больше на выезд']);
  await wrong.click();
  await expect(page.getByLabel('Не больше на выезд')).toBeFocused();
  await expect(page.getByLabel('Не больше на выезд')).toHaveValue('-3');
  await page.getByLabel('Не больше на выезд').fill('');
  await back();
  expect(handedIn).toEqual([]);
  await submit();
  // Now the server has its say.
  await expect.poll(() => handedIn.length).toBe(1);
  expect(errors).toEqual([]);
});

test('a phone shows what is translated; a copy says that it is one', async ({ browser }, info) => {
  test.skip(info.project.name !== 'phone', 'once is enough');
  const { page, seed, errors } = await person(browser, 'Айгүл Сәтбаева');
  const address = await draft(page, seed);
  await page.goto(address, { waitUntil: 'networkidle' });
  await write(page, 'description', 'Выезжаем на рассвете. '.repeat(20));
  await saved(page);
  await page.getByRole('group', { name: 'Язык текста' }).getByRole('button', { name: 'Қазақша' }).click();
  const original = page.locator('.tri-field-kk:has(#f-description-kk) .tri-original');
  await expect(original).toContainText('Выезжаем на рассвете.');
  await original.getByRole('button', { name: 'Показать целиком' }).click();
  await expect(original.getByRole('button', { name: 'Свернуть' })).toBeVisible();
  await accessible(page);

  await page.goto(address.split('?')[0], { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Скопировать тур' }).click();
  await page.waitForURL(/copied=1$/);
  await expect(page.getByText(/^Это копия тура/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Чарын (копия)');

  // The way through the sections leaves these out; here they are offered.
  await page.locator('#review').getByRole('link', { name: 'Программа' }).click();
  await expect(page.getByRole('button', { name: 'Добавить событие' })).toBeVisible();
  expect(errors).toEqual([]);
});
