// A company tells who it is, logo and payout card among it; then it takes somebody in, and lets them go again.
import type { Locator, Page } from '@playwright/test';
import { bin, photos } from '../company.mjs';
import { joinOrganisation, newAccount, refuseChange } from '../database';
import { PASSWORD, enter, partner } from '../desk';
import { accessible, expect, mailTo, test } from '../shop';

test.beforeEach(({}, info) => test.skip(info.project.name !== 'phone', 'a guide has a phone'));

let counter = 0;
const mark = () => `${Date.now()}-${process.pid}-${(counter += 1)}`;

/** An impatient finger. */
async function tapAgain(page: Page, button: Locator, answer: Locator) {
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not to be seen');
  const tap = () => page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await tap();
  await tap();
  await tap();
  await expect(answer).toBeVisible();
  await page.waitForLoadState('networkidle');
}

/** To the bank's page, and what is chosen there. */
async function atBank(page: Page, opens: string, choice: 'visa' | 'mastercard' | 'decline') {
  await page.getByRole('button', { name: opens }).tap();
  await page.waitForURL('**/card/**');
  await page.locator(`button[value=${choice}]`).tap();
  await page.waitForURL('**/partner/start?step=payout');
}

test('a company shows its logo and is paid to a card that the bank first declined', async ({ page }) => {
  test.setTimeout(120_000);
  const email = `card-${mark()}@example.kz`;
  const name = `Жетісу Жол ${Date.now() % 1_000_000}`;
  await newAccount(email, 'Дана Әубәкірова');
  await page.goto('/ru/sign-in?next=/ru/partner/start');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти', exact: true }).tap();
  // Who is in no organisation yet has nothing to scan, nor anything else of a cabinet's.
  const bar = page.getByRole('navigation', { name: 'Разделы кабинета внизу' });
  await expect(page.getByLabel('Название компании')).toBeVisible();
  await expect(bar).toBeHidden();
  await page.getByLabel('Название компании').fill(name);
  await page.getByLabel('БИН или ИИН').fill(bin(Date.now() + 500_000));
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).tap();

  // An account of a test has no phone: it is asked for.
  await expect(page.getByRole('heading', { level: 1, name: 'Контакты' })).toBeVisible();
  await expect(bar).toContainText('Сканер');
  // Each field is asked for in its own words.
  const person = await page.getByLabel('Контактное лицо').inputValue();
  await page.getByLabel('Контактное лицо').fill('');
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).tap();
  await expect(page.getByText('Введите имя контактного лица.')).toBeVisible();
  await expect(page.getByText('Введите название компании.')).toHaveCount(0);
  await page.getByLabel('Контактное лицо').fill(person);
  await page.getByLabel('Телефон').fill('');
  await page.getByLabel('Телефон').pressSequentially('7015550102');
  await expect(page.getByLabel('Телефон')).toHaveValue('+7 701 555 01 02');
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).tap();

  await expect(page.getByRole('heading', { level: 1, name: 'Адрес и описание' })).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('Добавить логотип').tap();
  await (await chooser).setFiles(photos(1));
  await expect(page.getByRole('img', { name })).toBeVisible({ timeout: 60_000 });
  // What is done stands above, and leads back; the city of every company is there, not only the demo's.
  const steps = page.getByRole('navigation', { name: 'Шаги регистрации компании' });
  await expect(steps.getByRole('listitem')).toHaveCount(5);
  await expect(steps.locator('[aria-current=step]')).toContainText('Адрес и описание');
  await expect(steps.getByRole('link')).toHaveText([/Компания \(готово\)/, /Контакты \(готово\)/]);
  for (const city of ['Туркестан', 'Кокшетау', 'Жезказган', 'Экибастуз']) {
    await expect(page.getByLabel('Город').locator('option', { hasText: city })).toHaveCount(1);
  }
  await page.getByLabel('Город').selectOption('turkistan');
  await page.getByLabel('Адрес').fill('Абая 10');
  await page.getByLabel('О компании').fill('Возим на Кольсай и в Чарын с 2015 года.');
  await page.getByRole('button', { name: 'Сохранить и продолжить' }).tap();

  await page.getByText('Банковская карта').tap();
  // The one way closes the other.
  await expect(page.getByLabel('IBAN')).toBeHidden();
  await expect(page.getByText('последние четыре цифры, срок действия')).toBeVisible();
  await accessible(page);
  await atBank(page, 'Ввести карту на странице банка', 'decline');
  await expect(page.getByText('Банк не сохранил карту')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Продолжить' })).toBeHidden();
  await atBank(page, 'Открыть страницу банка ещё раз', 'visa');
  await expect(page.getByText(/1234$/)).toBeVisible();
  await page.getByRole('link', { name: 'Продолжить' }).tap();

  await expect(page.getByRole('heading', { level: 1, name: 'Проверьте данные' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/Карта\s*\D*1234/);
  await expect(page.getByRole('main')).toContainText('Туркестан');
  await expect(page.getByRole('main').getByRole('img', { name })).toBeVisible();
  // Back to a step that was passed, and on again.
  await steps.getByRole('link', { name: 'Контакты' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Контакты' })).toBeVisible();
  await steps.getByRole('link', { name: 'Проверьте данные' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Проверьте данные' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Отправить на проверку' }).tap();
  await page.waitForURL('**/partner/organisation');
  await expect(page.getByRole('img', { name })).toBeVisible();
  await expect(page.getByText(/1234$/)).toBeVisible();
});

test('a saved account takes the password with it, and a new error takes the old answer', async ({ page, request }) => {
  const house = await partner([600]);
  await enter(page, house.owner);
  await page.goto('/ru/partner/organisation', { waitUntil: 'networkidle' });
  const form = page.locator('form').filter({ has: page.locator('#payout-iban') });
  const save = form.getByRole('button', { name: 'Сохранить' });
  await form.locator('#payout-iban').fill('KZ75125KZT2069100100');
  await form.locator('#payout-password').fill(PASSWORD);
  await save.tap();
  await expect(form.getByText('Сохранено.')).toBeVisible();
  await expect(form.locator('#payout-password')).toHaveValue('');
  await save.tap();
  await expect(form.getByText('Сохранено.')).toHaveCount(0);
  const letter = await mailTo(request, house.owner);
  expect(letter.subject).toContain('новые реквизиты для выплат');
  expect(letter.text).toContain('0100');
  expect(letter.text).not.toContain('KZ75');
});

test('an owner asks for another name, thinks again, and reads why not', async ({ page }) => {
  test.setTimeout(90_000);
  const house = await partner([600]);
  await enter(page, house.owner);
  await page.goto('/ru/partner/organisation', { waitUntil: 'networkidle' });
  const ask = async (opens: string, name: string) => {
    await page.getByText(opens, { exact: true }).tap();
    await page.locator('#change-name').fill(name);
    await page.locator('#change-bin').fill(bin(Date.now() + 900_000));
    await page.locator('#change-password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Отправить модератору' }).tap();
  };
  const main = page.getByRole('main');

  // What is not saved in another form stays where it is.
  await page.getByLabel('Контактное лицо').fill('Сәуле');
  await ask('Изменить название или БИН', 'Жетісу Жол');
  await expect(page.getByText('Запрос у модератора')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Жетісу Жол' })).toBeVisible();
  await expect(page.getByLabel('Контактное лицо')).toHaveValue('Сәуле');
  await expect(page.getByRole('heading', { level: 1, name: house.name })).toBeVisible();
  await accessible(page);

  await page.getByText('Исправить запрос', { exact: true }).tap();
  await expect(page.locator('#change-name')).toHaveValue('Жетісу Жол');
  await page.getByRole('button', { name: 'Отозвать запрос' }).tap();
  await expect(page.getByText('Запрос у модератора')).toHaveCount(0);

  await ask('Изменить название или БИН', 'Sapar');
  await expect(page.getByText('Запрос у модератора')).toBeVisible();
  await refuseChange(house.id, 'Это наше название, выберите другое.');
  await page.reload();
  await expect(main).toContainText('Модератор отклонил запрос');
  await expect(main).toContainText('Это наше название, выберите другое.');
  await expect(page.getByText('Отправить новый запрос', { exact: true })).toBeVisible();
  await accessible(page);
});

test('a seller comes by the letter, becomes an accountant, and is sent away', async ({ page, browser, request }) => {
  test.setTimeout(120_000);
  const house = await partner([600]);
  const email = `seller-${mark()}@example.kz`;
  await newAccount(email, 'Ержан Тілеуов');
  await enter(page, house.owner);
  await page.goto('/ru/partner/members');
  await page.getByLabel('Почта сотрудника').fill(email);
  await page.locator('#invite-role').selectOption('seller');
  await expect(page.locator('#invite-role-help')).toHaveText('продаёт и отмечает билеты');
  await page.getByRole('button', { name: 'Отправить приглашение' }).tap();
  await expect(page.getByText('Приглашение отправлено.')).toBeVisible();
  await expect(page.getByLabel('Почта сотрудника')).toHaveValue('');
  await expect(page.getByRole('listitem').filter({ hasText: email })).toContainText('продавец');
  await accessible(page);

  const origin = new URL(page.url()).origin;
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, baseURL: origin, locale: 'ru-KZ', timezoneId: 'Asia/Almaty' });
  const phone = await context.newPage();
  const letter = (await mailTo(request, email)).text.match(/https?:\S+\/invitation\/\S+/)?.[0] ?? '';
  await phone.goto(letter);
  await phone.getByRole('link', { name: 'Войти', exact: true }).last().tap();
  await expect(phone.locator('input[name=email]')).toHaveValue(email);
  await phone.locator('input[name=password]').fill(PASSWORD);
  await phone.getByRole('button', { name: 'Войти', exact: true }).tap();
  await phone.getByRole('button', { name: `Войти в «${house.name}»` }).tap();
  await phone.waitForURL('**/ru/partner');
  const bar = phone.getByRole('navigation', { name: 'Разделы кабинета внизу' });
  await expect(bar).toContainText('Сканер');

  // The owner makes an accountant of them.
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: email });
  await expect(row).toContainText('Ержан Тілеуов');
  await row.getByText('Изменить или удалить').tap();
  await row.getByLabel('Роль').selectOption('accountant');
  await row.getByRole('button', { name: 'Изменить роль' }).tap();
  await expect(row.getByRole('status')).toHaveText('Ержан Тілеуов: роль изменена, теперь бухгалтер.');
  await expect(row.locator('.chip')).toHaveText('бухгалтер');
  await expect(row.getByLabel('Роль')).toBeHidden();
  await phone.reload();
  await expect(bar).toBeVisible();
  await expect(bar).not.toContainText('Сканер');
  // Nor by its address.
  const answer = await phone.goto('/ru/partner/scan');
  expect(answer?.status()).toBe(403);
  await expect(phone.getByText('Для этого не хватает прав')).toBeVisible();
  await expect(phone.getByLabel('Код билета')).toHaveCount(0);

  await page.reload();
  await row.getByText('Изменить или удалить').tap();
  await row.getByText('Удалить из организации: Ержан Тілеуов').tap();
  await row.getByRole('button', { name: 'Да, удалить' }).tap();
  await expect(page.getByText('Ержан Тілеуов больше не в организации.')).toBeVisible();
  await expect(row).toHaveCount(0);
  await phone.goto('/ru/partner');
  await expect(phone.getByText(house.tour)).toHaveCount(0);
  await expect(phone.getByText(house.name)).toHaveCount(0);
  // It is said what happened, and no sign-up begins by itself.
  await expect(phone.getByRole('heading', { level: 1, name: 'Вы не состоите ни в одной организации' })).toBeVisible();
  await expect(phone.getByRole('link', { name: 'В профиль' })).toBeVisible();
  await accessible(phone);
  await phone.getByRole('link', { name: 'Зарегистрировать свою компанию' }).tap();
  await expect(phone.getByLabel('Название компании')).toBeVisible();
  await context.close();
  await expect
    .poll(async () => {
      const mails = await (await request.get(`${origin}/dev/outbox.json`)).json();
      return mails.some((mail: any) => String(mail.to).includes(email) && mail.subject === `Вы больше не в «${house.name}»`);
    })
    .toBeTruthy();
});

test('an impatient finger removes one member and takes back one invitation', async ({ page }) => {
  test.setTimeout(90_000);
  const house = await partner([600]);
  const names = ['Аружан Бекова', 'Бауыржан Серіков', 'Гүлнар Омарова'];
  for (const [at, name] of names.entries()) {
    const email = `many-${at}-${mark()}@example.kz`;
    await newAccount(email, name);
    await joinOrganisation(email, house.owner);
  }
  await enter(page, house.owner);
  await page.goto('/ru/partner/members', { waitUntil: 'networkidle' });
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await row(names[0]).getByText('Изменить или удалить').tap();
  await row(names[0]).getByText(`Удалить из организации: ${names[0]}`).tap();
  await accessible(page);
  const removed = page.getByText(`${names[0]} больше не в организации.`);
  await tapAgain(page, row(names[0]).getByRole('button', { name: 'Да, удалить' }), removed);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(row(names[0])).toHaveCount(0);
  for (const name of names.slice(1)) await expect(row(name)).toHaveCount(1);

  const invited = [1, 2, 3].map((at) => `invited-${at}-${mark()}@${'a'.repeat(40)}.example.kz`);
  for (const email of invited) {
    await page.getByLabel('Почта сотрудника').fill(email);
    await page.getByRole('button', { name: 'Отправить приглашение' }).tap();
    await expect(row(email)).toHaveCount(1);
    await expect(page.getByLabel('Почта сотрудника')).toHaveValue('');
  }
  // A long address does not make the page wider than the phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  // What is said of a row stands in it, and says how long to wait.
  await row(invited[1]).getByRole('button', { name: 'Отправить ещё раз' }).tap();
  await expect(row(invited[1]).getByRole('alert')).toContainText(/Следующее можно отправить через [45] минут/);
  // The latest stands first.
  await row(invited[2]).getByText('Отозвать', { exact: true }).tap();
  const revoked = page.getByText(`Приглашение для ${invited[2]} отозвано.`);
  await tapAgain(page, row(invited[2]).getByRole('button', { name: 'Да, отозвать' }), revoked);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(row(invited[2])).toHaveCount(0);
  for (const email of invited.slice(0, 2)) await expect(row(email)).toHaveCount(1);
});

test('an impatient finger hands the organisation over and does not leave it', async ({ page }) => {
  const house = await partner([600]);
  const heir = `heir-${mark()}@example.kz`;
  await newAccount(heir, 'Жанар Оспанова');
  await joinOrganisation(heir, house.owner);
  await enter(page, house.owner);
  await page.goto('/ru/partner/members', { waitUntil: 'networkidle' });
  await page.locator('summary', { hasText: 'Передать организацию' }).tap();
  const button = page.locator('form button', { hasText: 'Передать организацию' });
  // Nobody is chosen beforehand.
  await expect(page.locator('#heir-account')).toHaveValue('');
  await page.locator('#heir-password').fill(PASSWORD);
  await button.tap();
  await expect(page.getByText('Выберите, кому передать организацию.')).toBeVisible();
  await page.locator('#heir-account').selectOption({ label: 'Жанар Оспанова, менеджер' });
  await tapAgain(page, button, page.getByText('Организация передана: Жанар Оспанова. Вы теперь менеджер.'));
  // Still a member, and a manager: the way out is there, with its word not said.
  await page.goto('/ru/partner/members', { waitUntil: 'networkidle' });
  const row = page.getByRole('listitem').filter({ hasText: house.owner });
  await expect(row.locator('.chip').first()).toHaveText('менеджер');
  await expect(page.locator('summary', { hasText: 'Выйти из организации' })).toBeVisible();
});

test('an invitation waits for whom it is for, and says what became of it', async ({ page, browser, request }) => {
  test.setTimeout(90_000);
  const house = await partner([600]);
  const [wrong, right] = [`wrong-${mark()}@example.kz`, `right-${mark()}@example.kz`];
  await newAccount(wrong, 'Нұрлан Ахметов');
  await enter(page, house.owner);
  await page.goto('/ru/partner/members', { waitUntil: 'networkidle' });
  await page.getByLabel('Почта сотрудника').fill(right);
  await page.getByRole('button', { name: 'Отправить приглашение' }).tap();
  await expect(page.getByText('Приглашение отправлено.')).toBeVisible();
  const letter = (await mailTo(request, right)).text.match(/https?:\S+\/invitation\/\S+/)?.[0] ?? '';

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, baseURL: new URL(page.url()).origin, locale: 'ru-KZ', timezoneId: 'Asia/Almaty' });
  const phone = await context.newPage();
  await phone.goto('/ru/sign-in');
  await phone.locator('input[name=email]').fill(wrong);
  await phone.locator('input[name=password]').fill(PASSWORD);
  await phone.getByRole('button', { name: 'Войти', exact: true }).tap();
  await phone.waitForURL('**/ru/me');
  // Whoever is signed in as somebody else signs out, and is here again.
  await phone.goto(letter, { waitUntil: 'networkidle' });
  await expect(phone.getByText(`Приглашение для ${right}, а вы вошли как ${wrong}.`)).toBeVisible();
  await phone.getByRole('main').getByRole('button', { name: 'Выйти' }).tap();
  await expect(phone.getByText(`Войдите с почтой ${right}`)).toBeVisible();
  expect(new URL(phone.url()).pathname).toBe(new URL(letter).pathname);
  await phone.getByRole('link', { name: 'Зарегистрироваться' }).tap();
  await expect(phone.locator('input[name=email]')).toHaveValue(right);

  await phone.goto(`${letter}x`);
  await expect(phone.getByRole('heading', { level: 1, name: 'Такого приглашения нет' })).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: right });
  await row.getByText('Отозвать', { exact: true }).tap();
  await row.getByRole('button', { name: 'Да, отозвать' }).tap();
  await expect(row).toHaveCount(0);
  await phone.goto(letter);
  await expect(phone.getByText('Приглашение отозвали.')).toBeVisible();
  await expect(phone.getByRole('button', { name: `Войти в «${house.name}»` })).toHaveCount(0);
  await context.close();
});

/** Signed in, with two organisations: the name of the one that one is in, and the other's. */
async function ofTwo(page: Page) {
  const [one, other] = [await partner([600]), await partner([600])];
  await joinOrganisation(one.owner, other.owner);
  await enter(page, one.owner);
  await page.goto('/ru/partner/members', { waitUntil: 'networkidle' });
  const here = (await page.locator('.cab-name').innerText()).trim();
  return { here, there: here === one.name ? other.name : one.name };
}

/** The organisation's page in another tab, and every saving of its contacts that it sends. */
async function anotherTab(page: Page, here: string, deaf = false) {
  const tab = await page.context().newPage();
  if (deaf) {
    await tab.addInitScript(() => {
      const silent = (event: Event) => event.stopImmediatePropagation();
      ['storage', 'focus', 'visibilitychange', 'pageshow'].forEach((name) => addEventListener(name, silent, true));
    });
  }
  const sent: string[] = [];
  tab.on('request', (asked) => asked.url().includes('/fn/cabinet-organisation-contact') && sent.push(asked.url()));
  await tab.goto('/ru/partner/organisation', { waitUntil: 'networkidle' });
  await expect(tab.locator('.cab-name')).toContainText(here);
  const person = tab.getByLabel('Контактное лицо');
  const save = tab.locator('form').filter({ has: person }).getByRole('button', { name: 'Сохранить' });
  return { tab, sent, person, save };
}

async function goOver(page: Page, there: string) {
  await page.getByRole('button', { name: 'Профиль и настройки' }).tap();
  await page.getByRole('button', { name: there }).tap();
  await expect(page.locator('.cab-name')).toContainText(there);
}

test('a tab of one organisation goes along to another', async ({ page }) => {
  const { here, there } = await ofTwo(page);
  const { tab } = await anotherTab(page, here);
  await goOver(page, there);
  await expect(tab.locator('.cab-name')).toContainText(there);
  await expect(tab.getByRole('heading', { level: 1, name: /^Сегодня/ })).toBeVisible();
  await tab.close();
});

test('a tab of one organisation does nothing in another', async ({ page }) => {
  const { here, there } = await ofTwo(page);
  // It hears of nothing, as one that slept.
  const { tab, sent, save } = await anotherTab(page, here, true);
  await goOver(page, there);
  await expect(tab.locator('.cab-name')).toContainText(here);
  await save.tap();
  await expect(tab.getByRole('heading', { level: 1, name: /^Сегодня/ })).toBeVisible();
  await expect(tab.locator('.cab-name')).toContainText(there);
  expect(sent).toEqual([]);
  await tab.close();
});

test('a tab in which something was typed stays, says where one is and does nothing', async ({ page }) => {
  const { here, there } = await ofTwo(page);
  const { tab, sent, person, save } = await anotherTab(page, here);
  await person.fill('Сәуле');
  await goOver(page, there);
  const said = tab.getByRole('alert').filter({ hasText: `Эта вкладка открыта для «${here}»` });
  await expect(said).toContainText(`а вы сейчас в «${there}»`);
  await accessible(tab);
  await save.tap();
  await expect(said).toHaveCount(1);
  await expect(person).toHaveValue('Сәуле');
  await said.getByRole('button', { name: 'Открыть нынешнюю организацию' }).tap();
  await expect(tab.getByRole('heading', { level: 1, name: /^Сегодня/ })).toBeVisible();
  await expect(tab.locator('.cab-name')).toContainText(there);
  expect(sent).toEqual([]);
  await tab.close();
});
