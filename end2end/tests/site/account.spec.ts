// An account from its first form to its last: letter, SMS, key, second step, archive, end.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { newAccount, provenPhone } from '../database';
import { accessible, base, expect, mailTo, sandbox, test } from '../shop';

let counter = 0;
const fresh = (name: string) => `${name}-${Date.now()}-${process.pid}-${(counter += 1)}@example.kz`;

async function enter(page: Page, email: string) {
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.waitForURL((to) => !to.pathname.includes('sign-in'));
}

/** A device that holds keys and opens them without asking, as a phone does for its owner's finger. */
async function device(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** RFC 6238, thirty seconds a code. */
function totp(secret: string, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const sum = createHmac('sha1', key).update(step).digest();
  return String((sum.readUInt32BE((sum[19] ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a phone number grows in groups, however it is typed, and a hand that corrects keeps its place', async ({ page }) => {
  await page.goto('/ru/sign-up', { waitUntil: 'networkidle' });
  const phone = page.getByLabel('Телефон');
  for (const keys of ['7012345678', '87012345678', '+77012345678', '77012345678']) {
    await phone.fill('');
    await phone.pressSequentially(keys);
    await expect(phone).toHaveValue('+7 701 234 56 78');
  }
  await phone.press('Home');
  for (let at = 0; at < 8; at += 1) await phone.press('ArrowRight');
  await phone.press('Backspace');
  await expect(phone).toHaveValue('+7 701 345 67 8');
  await phone.pressSequentially('9');
  await expect(phone).toHaveValue('+7 701 934 56 78');
  expect(await phone.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(8);
  await phone.fill('8 (701) 234-56-78');
  await expect(phone).toHaveValue('+7 701 234 56 78');
  for (let at = 0; at < 16; at += 1) await phone.press('Backspace');
  await expect(phone).toHaveValue('');
  await phone.pressSequentially('+998901234567');
  await expect(phone).toHaveValue('+998901234567');
});

test('who signs up confirms the e-mail by its letter and the phone by SMS', async ({ page, request }) => {
  const email = fresh('aigul');
  const phone = `8 702 ${String(Date.now()).slice(-7).replace(/(...)(..)(..)/, '$1 $2 $3')}`;
  await page.goto('/ru/sign-up');
  await page.getByLabel('Имя и фамилия').fill('Айгүл Сәтбаева');
  await page.getByLabel('Электронная почта').fill(email);
  await page.getByLabel('Телефон').fill(phone);
  await page.locator('input[name=password]').fill('көлсай-2026-жаз');
  await page.getByRole('button', { name: 'Создать аккаунт' }).click();
  await page.waitForURL('**/ru/me');
  await expect(page.getByText('не подтверждено')).toHaveCount(2);
  await accessible(page);

  const mail = await mailTo(request, email);
  const [link] = String(mail.text ?? mail.body).match(/https?:\/\/\S+\/confirm\/\S+/) ?? [];
  await page.goto(new URL(link ?? '').pathname);
  await page.getByRole('button', { name: 'Подтвердить почту' }).click();
  await page.waitForURL('**/ru/me**');
  await expect(page.getByText('не подтверждено')).toHaveCount(1);
  // Its letter has done its work: the link says so, and has no button.
  await page.goto(new URL(link ?? '').pathname);
  await expect(page.getByRole('heading', { name: 'Почта подтверждена' }).last()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Подтвердить почту' })).toHaveCount(0);
  await page.getByRole('link', { name: 'К профилю' }).click();

  await page.getByRole('button', { name: 'Подтвердить номер' }).click();
  const code = page.getByLabel('Код из SMS');
  await code.waitFor();
  const to = phone.replace(/\D/g, '').replace(/^8/, '7');
  const codes = async (): Promise<string[]> => {
    const messages = await (await request.get(`${sandbox}/control/messages`)).json();
    return messages.filter((message: any) => message.to === to).map((message: any) => message.text.match(/\d{4,8}/)?.[0]);
  };
  await expect.poll(async () => (await codes()).length).toBe(1);
  const first = await codes();
  const confirm = page.getByRole('button', { name: 'Подтвердить', exact: true });
  for (let n = 0; n < 5; n += 1) {
    const answered = page.waitForResponse((answer) => answer.url().includes('/fn/prove-phone'));
    await code.fill(first[0] === '000000' ? '000001' : '000000');
    await confirm.click();
    await answered;
  }
  await expect(page.getByText('Этот код больше не действует')).toBeVisible();
  await page.getByRole('button', { name: 'Прислать новый код' }).click();
  await expect(page.getByText('Отправлено ещё раз.')).toBeVisible();
  await expect(page.getByText('Этот код больше не действует')).toHaveCount(0);
  await expect(code).toHaveValue('');
  await expect.poll(async () => (await codes()).length).toBe(2);
  const second = (await codes()).find((other) => other !== first[0]) ?? '';
  await code.fill(second);
  await confirm.click();
  await expect(page.getByText('не подтверждено')).toHaveCount(0);
});

test('a key of the device opens the account without a password', async ({ page }) => {
  const email = fresh('key');
  await newAccount(email, 'Нұрлан Қуаныш');
  await device(page);
  await enter(page, email);
  await page.goto('/ru/me/security');
  await page.getByLabel('Название устройства').fill('Телефон Нұрлана');
  const key = page.locator('form').filter({ has: page.getByRole('button', { name: 'Добавить ключ этого устройства' }) });
  await key.getByLabel('Нынешний пароль').fill('sapar-demo');
  await key.getByRole('button', { name: 'Добавить ключ этого устройства' }).click();
  await expect(page.getByText('Ключ добавлен.')).toBeVisible();
  await expect(page.getByText('Телефон Нұрлана', { exact: true })).toBeVisible();
  await accessible(page);

  await page.context().clearCookies();
  await page.goto('/ru/sign-in?next=/ru/me/security');
  await page.getByRole('button', { name: 'Войти без пароля' }).click();
  await page.waitForURL('**/ru/me/security');

  await page.getByRole('button', { name: 'Убрать ключ «Телефон Нұрлана»' }).click();
  await expect(page.getByText('Ключ убран.')).toBeVisible();
  await page.context().clearCookies();
  await page.goto('/ru/sign-in');
  await page.getByRole('button', { name: 'Войти без пароля' }).click();
  await expect(page.getByText('Этот ключ у нас не записан.')).toBeVisible();
});

test('a long name of a device stays on its card, and one that is too long is told so', async ({ page }) => {
  const email = fresh('long');
  await newAccount(email, 'Ұ'.repeat(100));
  await device(page);
  await enter(page, email);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.goto('/ru/me');
  expect(await fits()).toBeLessThanOrEqual(0);
  await page.goto('/ru/me/security');
  const key = page.locator('form').filter({ has: page.getByRole('button', { name: 'Добавить ключ этого устройства' }) });
  const add = async (name: string) => {
    const field = key.getByLabel('Название устройства');
    // As a browser sends it that knows no longest text.
    await field.evaluate((input) => input.removeAttribute('maxlength'));
    await field.fill(name);
    await key.getByLabel('Нынешний пароль').fill('sapar-demo');
    await key.getByRole('button', { name: 'Добавить ключ этого устройства' }).click();
  };
  await add('Ұ'.repeat(61));
  await expect(page.getByText('Напишите название устройства, от 1 до 60 знаков.')).toBeVisible();
  await add('Ұ'.repeat(60));
  await expect(page.getByText('Ключ добавлен.')).toBeVisible();
  await expect(page.getByText('Ұ'.repeat(60), { exact: true })).toBeVisible();
  await expect(key.getByLabel('Нынешний пароль')).toHaveValue('');
  expect(await fits()).toBeLessThanOrEqual(0);
});

test('the same password is refused, and a new one stays in no field', async ({ page }) => {
  const email = fresh('password');
  await newAccount(email, 'Ерлан Ким');
  await enter(page, email);
  await page.goto('/ru/me/security');
  const form = page.locator('form#password');
  const [current, wanted] = [form.getByLabel('Нынешний пароль'), form.getByLabel('Новый пароль')];
  const change = async (password: string) => {
    await current.fill('sapar-demo');
    await wanted.fill(password);
    await form.getByRole('button', { name: 'Сменить пароль' }).click();
  };
  await change('sapar-demo');
  await expect(page.getByText('Это ваш нынешний пароль.')).toBeVisible();
  await expect(current, 'nothing typed is lost').toHaveValue('sapar-demo');
  await change('шарын-2027-күз');
  await expect(page.getByText('Пароль сменён')).toBeVisible();
  await expect(current).toHaveValue('');
  await expect(wanted).toHaveValue('');
});

test('what one tells of oneself is taken with its mark and goes from the page with it', async ({ page }) => {
  const email = fresh('told');
  await newAccount(email, 'Ботагөз Нұр');
  await enter(page, email);
  await page.goto('/ru/me/profile');
  await accessible(page);
  const form = page.locator('form#profile');
  const [name, city] = [form.getByLabel('Имя и фамилия', { exact: true }), form.getByLabel('Город', { exact: true })];
  const agreed = form.getByLabel('Разрешаю использовать: Город');
  const save = form.getByRole('button', { name: 'Сохранить' });
  await name.fill('Ботагөз Ким');
  await city.fill('Алматы');
  await save.click();
  await expect(form.getByText('Отметьте, что это можно использовать')).toBeVisible();
  await expect(city, 'nothing typed is lost').toHaveValue('Алматы');
  await agreed.check();
  await save.click();
  await expect(page.getByText('Сохранено.')).toBeVisible();
  await page.getByRole('button', { name: 'Убрать: Город' }).click();
  await expect(city).toHaveValue('');
  await expect(agreed).not.toBeChecked();
  await expect(page.getByRole('button', { name: 'Убрать: Город' })).toHaveCount(0);
  // What else is saved then does not bring it back.
  const saved = page.waitForResponse((answer) => answer.url().includes('/fn/save-profile'));
  await save.click();
  await saved;
  await page.goto('/ru/me');
  await expect(page.getByRole('heading', { name: 'Ботагөз Ким' })).toBeVisible();
  await page.goto('/ru/me/profile');
  await expect(city).toHaveValue('');
  await page.getByRole('button', { name: 'Убрать: Имя и фамилия' }).click();
  await expect(name).toHaveValue('');
  await page.goto('/ru/me');
  await expect(page.getByRole('heading', { name: email })).toBeVisible();
});

test('what came of telling of oneself is said where the button is', async ({ page, context }) => {
  const email = fresh('beside');
  await newAccount(email, 'Дана Сәрсен');
  await enter(page, email);
  await page.goto('/ru/me/profile', { waitUntil: 'networkidle' });
  const form = page.locator('form#profile');
  const save = form.getByRole('button', { name: 'Сохранить' });
  const [born, city] = [form.getByLabel('Дата рождения', { exact: true }), form.getByLabel('Город', { exact: true })];
  await born.fill(`${new Date().getFullYear() + 1}-01-01`);
  await form.getByLabel('Разрешаю использовать: Дата рождения').check();
  await save.click();
  await expect(born).toBeFocused();
  await expect(born).toBeInViewport();
  await expect(form.getByText('Укажите дату от')).toBeInViewport();
  await born.fill('1990-05-01');
  await save.click();
  await expect(page.getByText('Сохранено.')).toBeInViewport();
  await page.getByRole('button', { name: 'Убрать: Дата рождения' }).click();
  await expect(page.getByText('Убрано, согласие больше не действует.')).toBeInViewport();
  await expect(page.getByText('Сохранено.')).toHaveCount(0);
  await expect(born).toHaveValue('');

  // Whose session has ended loses nothing that was typed.
  await city.fill('Алматы');
  await form.getByLabel('Разрешаю использовать: Город').check();
  await context.clearCookies();
  await save.click();
  const again = form.getByRole('link', { name: 'Войти в новой вкладке' });
  await expect(again).toBeInViewport();
  const opened = context.waitForEvent('page');
  await again.click();
  const tab = await opened;
  await tab.locator('input[name=email]').fill(email);
  await tab.locator('input[name=password]').fill('sapar-demo');
  await tab.getByRole('button', { name: 'Войти', exact: true }).click();
  await tab.waitForURL('**/ru/me/profile');
  await tab.close();
  await expect(city).toHaveValue('Алматы');
  await save.click();
  await expect(page.getByText('Сохранено.')).toBeInViewport();
});

test('a change to a number of another account ends with that answer', async ({ page, request }) => {
  const [owner, email] = [fresh('owner'), fresh('wants')];
  const number = `+7705${String(Date.now() + process.pid).slice(-7)}`;
  await newAccount(owner, 'Серік Аман');
  await provenPhone(owner, number);
  await newAccount(email, 'Айдос Нұр');
  await enter(page, email);
  await page.goto('/ru/me', { waitUntil: 'networkidle' });
  const begin = page.locator('summary', { hasText: 'Указать номер' });
  await begin.click();
  const form = page.locator('form#phone');
  await form.getByLabel('Новый номер').fill(number);
  await form.getByLabel('Нынешний пароль').fill('sapar-demo');
  await form.getByRole('button', { name: 'Получить код' }).click();
  const code = page.getByLabel('Код из SMS');
  await code.waitFor();
  let sent: string | undefined;
  await expect.poll(async () => {
    const messages = await (await request.get(`${sandbox}/control/messages`)).json();
    sent = messages.find((message: any) => message.to === number.slice(1))?.text.match(/\d{4,8}/)?.[0];
    return !!sent;
  }).toBeTruthy();
  await code.fill(sent ?? '');
  await page.getByRole('button', { name: 'Подтвердить', exact: true }).click();
  await expect(page.getByText('уже подтверждён в другом аккаунте')).toBeVisible();
  await expect(begin).toBeVisible();
  await expect(code).toHaveCount(0);
  await page.reload();
  await expect(begin).toBeVisible();
  await expect(code).toHaveCount(0);
});

test('a change of e-mail that is called off leaves no word of its links', async ({ page }) => {
  const email = fresh('stays');
  await newAccount(email, 'Жанар Ыбырай');
  await enter(page, email);
  await page.goto('/ru/me', { waitUntil: 'networkidle' });
  await page.locator('summary', { hasText: 'Сменить почту' }).click();
  const form = page.locator('form#email');
  const wanted = form.getByLabel('Новая почта');
  await wanted.fill(email);
  await form.getByLabel('Нынешний пароль').fill('sapar-demo');
  await form.getByRole('button', { name: 'Отправить ссылки' }).click();
  await expect(page.getByText('Это ваша нынешняя почта.')).toBeVisible();
  await expect(wanted).toBeFocused();
  await wanted.fill(fresh('next'));
  await form.getByRole('button', { name: 'Отправить ссылки' }).click();
  await expect(page.getByText('Ссылки отправлены.')).toBeVisible();
  await page.getByRole('button', { name: 'Оставить как есть' }).click();
  await expect(page.getByText('Смена отменена')).toBeVisible();
  await expect(page.getByText('Ссылки отправлены.')).toHaveCount(0);
  await expect(form).toHaveCount(1);
});

test('the bar says where one is on every part of the account', async ({ page }) => {
  const email = fresh('bar');
  await newAccount(email, 'Мадина Ли');
  await enter(page, email);
  for (const [path, name] of [['me', 'Профиль'], ['me/orders', 'Профиль'], ['me/profile', 'Профиль'], ['me/security', 'Профиль'], ['me/data', 'Профиль'], ['tickets', 'Билеты']]) {
    await page.goto(`/ru/${path}`);
    const lit = page.locator('.bottom-bar a[aria-current], .bar-link[aria-current]').filter({ visible: true });
    await expect(lit).toHaveCount(1);
    await expect(lit).toHaveAccessibleName(name ?? '');
  }
});

test('a second step asks for a code of the phone', async ({ page, request }) => {
  const email = fresh('step');
  await newAccount(email, 'Әлия Оспан');
  await enter(page, email);
  await page.goto('/ru/me/security');
  const begin = page.locator('#begin');
  // In the page's own words, not in the browser's bubble.
  await begin.getByRole('button', { name: 'Включить второй шаг' }).click();
  await expect(begin.getByText('Введите нынешний пароль.')).toBeVisible();
  await expect(begin.getByLabel('Нынешний пароль')).toBeFocused();
  await begin.getByLabel('Нынешний пароль').fill('sapar-demo');
  await begin.getByRole('button', { name: 'Включить второй шаг' }).click();
  // What was begun can be left.
  await page.getByRole('button', { name: 'Отмена', exact: true }).click();
  await begin.getByLabel('Нынешний пароль').fill('sapar-demo');
  await begin.getByRole('button', { name: 'Включить второй шаг' }).click();
  const secret = await page.locator('p', { hasText: 'Или введите ключ вручную' }).locator('+ p').innerText();
  // On the phone that has the app nobody can scan the screen.
  const key = secret.replaceAll(' ', '');
  await expect(page.getByRole('link', { name: 'Открыть в приложении' })).toHaveAttribute('href', new RegExp(`^otpauth://totp/Sapar:.*secret=${key}&`));
  await expect(page.getByRole('button', { name: 'Скопировать ключ' })).toBeVisible();
  await page.getByLabel('Код из приложения').fill('12345');
  await page.getByRole('button', { name: 'Включить', exact: true }).click();
  await expect(page.getByText('Код не подошёл.')).toBeVisible();
  await expect(page.getByLabel('Код из приложения')).toBeFocused();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByLabel('Код из приложения').fill(totp(secret));
  await page.getByRole('button', { name: 'Включить', exact: true }).click();
  await expect(page.getByText('Сохраните запасные коды')).toBeInViewport();
  await expect(page.locator('#recovery')).toBeFocused();
  const first = await page.locator('#recovery li').allInnerTexts();
  expect(first.length).toBeGreaterThanOrEqual(8);
  await accessible(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Сохранить файлом' }).click();
  const saved = await (await saving).createReadStream();
  let file = '';
  for await (const chunk of saved) file += String(chunk);
  for (const code of first) expect(file).toContain(code);
  await page.getByRole('button', { name: 'Я сохранил коды' }).click();
  await expect(page.locator('#recovery')).toHaveCount(0);

  const told = await mailTo(request, email);
  expect(told.subject).toContain('Второй шаг входа включён');

  await page.locator('#renew summary').click();
  await page.locator('#renew').getByLabel('Нынешний пароль').fill('sapar-demo');
  await page.getByRole('button', { name: 'Выдать новые коды' }).click();
  await expect(page.locator('#recovery')).toBeFocused();
  const recovery = await page.locator('#recovery li').allInnerTexts();
  expect(recovery.some((code) => first.includes(code))).toBeFalsy();
  // The password does not stay behind the fold.
  await expect(page.locator('#renew')).not.toHaveAttribute('open');
  await expect(page.locator('#r-password')).toHaveValue('');

  await page.context().clearCookies();
  await page.goto('/ru/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.waitForURL('**/sign-in/step**');
  await expect(page.locator('input[name=code]')).toBeFocused();
  await page.locator('input[name=code]').fill('000000');
  await page.locator('main form button[type=submit]').first().click();
  await expect(page.locator('.field-error, .alert').filter({ visible: true }).first()).toBeVisible();
  // A code lets in once: this step's was spent on turning it on.
  await page.locator('input[name=code]').fill(recovery[0] ?? '');
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((to) => !to.pathname.includes('sign-in'));
});

test('what a guest pressed is done once they are in, and by nobody else\'s link', async ({ page }) => {
  const email = fresh('follow');
  await newAccount(email, 'Айдос Серік');
  const main = page.getByRole('main');
  await page.goto('/ru/partners/nomad-trails', { waitUntil: 'networkidle' });
  await main.getByRole('button', { name: 'Подписаться' }).click();
  await page.waitForURL('**/sign-in?next=**');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill('sapar-demo');
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
  await page.waitForURL('**/ru/partners/nomad-trails');
  await expect(main.getByRole('button', { name: 'Вы подписаны' })).toHaveAttribute('aria-pressed', 'true');

  await page.goto('/ru/me', { waitUntil: 'networkidle' });
  await expect(page.getByRole('heading', { name: 'Ваши подписки' })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: /^Отписаться: / }).click();
  await expect(page.locator('#unfollowed-said')).toBeFocused();
  await expect(page.locator('#unfollowed-said')).toHaveText('Подписка отменена.');
  await expect(page.getByRole('heading', { name: 'Ваши подписки' })).toHaveCount(0);
  // Being there is no press.
  await page.goto('/ru/partners/nomad-trails', { waitUntil: 'networkidle' });
  await expect(main.getByRole('button', { name: 'Подписаться' })).toHaveAttribute('aria-pressed', 'false');
});

test('all data comes in an archive, and the account ends for good', async ({ page }) => {
  const email = fresh('end');
  await newAccount(email, 'Сәуле Бек');
  await enter(page, email);
  await page.goto('/ru/me/data');
  await accessible(page);
  // A wrong password is said and not remembered.
  await page.locator('#d-password').fill('not it at all');
  await page.getByRole('button', { name: 'Скачать архив' }).click();
  await expect(page.locator('#download').getByRole('alert')).toBeVisible();
  await expect(page.locator('#d-password')).toBeFocused();
  await expect.poll(() => new URL(page.url()).search).toBe('');
  const archive = page.locator('form').filter({ has: page.getByRole('button', { name: 'Скачать архив' }) });
  await archive.locator('input[type=password]').fill('sapar-demo');
  const downloading = page.waitForEvent('download');
  await archive.getByRole('button', { name: 'Скачать архив' }).click();
  const download = await downloading;
  await expect(page.getByText('архив появится в загрузках')).toBeVisible();
  await expect(page.locator('#download').getByRole('alert')).toHaveCount(0);
  await expect(page.locator('#d-password')).toHaveValue('');
  expect(download.suggestedFilename()).toMatch(/^sapar-.*\.zip$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const zip = Buffer.concat(chunks);
  expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  expect(zip.includes('data.json')).toBeTruthy();

  const end = page.locator('form').filter({ has: page.getByRole('button', { name: 'Удалить аккаунт навсегда' }) });
  await end.getByRole('button').last().click();
  await expect(end.locator('#x-password')).toBeFocused();
  await expect(end.locator('#x-password')).toHaveAttribute('aria-invalid', 'true');
  await end.locator('input[type=password]').fill('not it at all');
  await end.getByRole('button').last().click();
  await expect(end.locator('.field-error, .alert').filter({ visible: true }).first()).toBeVisible();
  await end.locator('input[type=password]').fill('sapar-demo');
  await end.getByRole('button').last().click();
  await expect(page.getByText('Аккаунт удалён.')).toBeVisible();
  const answer = await page.request.get(`${base}/ru/partner`);
  expect(answer.url()).toContain('sign-in');
});

test('a second step that nobody has come to leads to the door', async ({ page }) => {
  await page.goto('/ru/sign-in/step');
  await page.waitForURL('**/ru/sign-in');
});
