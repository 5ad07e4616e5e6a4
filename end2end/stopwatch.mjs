// How long the road of a tour company is: from sign-up to a tour that is sold, on a phone. Counts every tap and every key by
// step, at a server that runs, and prints a table. The moderator's part is done by the server's own commands.
//   SAPAR_BIN=… DATABASE_URL=… SAPAR_DEMO=1 BASE=http://127.0.0.1:4500 node end2end/stopwatch.mjs [folder for pictures of the screen]
import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { bin, iban, photos } from './tests/company.mjs';

const base = process.env.BASE ?? 'http://127.0.0.1:4500';
const shots = process.argv[2];
const stamp = Date.now();
const steps = [];
let step;

/** Everything that follows belongs to it. */
function begin(name) {
  step = { name, taps: 0, keys: 0, began: Date.now() };
  steps.push(step);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({
  baseURL: base, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ru-KZ', timezoneId: 'Asia/Almaty',
});
const page = await context.newPage();
const faults = [];
page.on('console', (m) => m.type() === 'error' && faults.push(`${m.text()} at ${page.url()}`));
page.on('pageerror', (e) => faults.push(`${e} at ${page.url()}`));

async function tap(where) {
  step.taps += 1;
  await where.tap();
}

/** A tap into the field, unless the caret is there already, and its keys. What the phone fills in by itself costs its keys, too. */
async function write(where, text) {
  await where.waitFor();
  if (!(await where.evaluate((field) => field === document.activeElement))) await tap(where);
  step.keys += [...text].length;
  await where.fill(text);
}

/** A phone's wheel: a tap opens it, another takes the word. */
async function choose(where, value) {
  step.taps += 2;
  await where.selectOption(value);
}

let shot = 0;
async function look(name) {
  shot += 1;
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${String(shot).padStart(2, '0')}-${name}.png`, fullPage: true });
}

const admin = (...args) => execFileSync(process.env.SAPAR_BIN ?? 'sapar', ['admin', ...args]).toString();
const button = (name) => page.getByRole('button', { name });
const link = (name) => page.getByRole('link', { name });
const field = (name) => page.getByLabel(name);
const heading = () => page.getByRole('heading', { level: 1 }).innerText();

/** Saves a step of the company's sign-up and waits for another one. */
async function onward(from) {
  await tap(button('Сохранить и продолжить'));
  await page.getByRole('heading', { level: 1, name: from, exact: true }).waitFor({ state: 'detached' });
}

/** On to the next section of the editor. */
async function next(section) {
  await tap(link(`Дальше: ${section}`).locator('visible=true'));
}

async function mailTo(address) {
  for (let at = 0; at < 120; at += 1) {
    const mails = await (await context.request.get('/dev/outbox.json')).json();
    const found = mails.find((mail) => String(mail.to).includes(address));
    if (found) return found;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`no mail to ${address}`);
}

const email = `aigul-${stamp}@example.kz`;
const company = `Алтай Сапар ${stamp % 100000}`;
const title = `Озёра Кольсай за день ${stamp % 100000}`;

async function road() {
  await page.goto('/ru/sign-up?next=/ru/partner/start');
  begin('Sign-up');
  await look('sign-up');
  await write(field('Имя и фамилия'), 'Айгүл Сәтбаева');
  await write(page.locator('#f-email'), email);
  await write(page.locator('#f-phone'), `8701${String(stamp).slice(-7)}`);
  await write(page.locator('#f-password'), 'көлсай-жаз');
  await tap(button('Создать аккаунт'));
  await page.waitForURL('**/partner/start**');

  begin('Company');
  await look('company');
  await write(field('Название компании'), company);
  await write(field('БИН или ИИН'), bin(stamp));
  await onward('Компания');
  // Who is called is known from the sign-up.
  if ((await heading()) === 'Контакты') await onward('Контакты');
  await look('profile');
  await choose(field('Город'), 'almaty');
  await write(field('Адрес'), 'Абая 10');
  await write(field('О компании'), 'Возим на Кольсай и в Чарын с 2015 года.');
  await onward('Адрес и описание');
  await look('payout');
  await write(field('IBAN'), iban(stamp));
  await onward('Счёт для выплат');
  await look('overview');
  await tap(button('Отправить на проверку'));
  await page.waitForURL('**/partner/organisation');
  await look('waiting');

  begin('Confirm the e-mail');
  const mail = await mailTo(email);
  const [address] = String(mail.text ?? mail.body).match(/https?:\/\/\S+\/confirm\/\S+/);
  step.taps += 2; // Opens the letter, taps the link.
  await page.goto(new URL(address).pathname);
  await look('confirm');
  await tap(button('Подтвердить почту'));
  await page.waitForURL('**/partner/organisation');
  await look('confirmed');

  begin('A tour');
  await tap(link('Подготовить тур'));
  await look('new');
  await write(field('Название'), title);
  await choose(field('Вид тура'), 'lakes');
  await choose(field('Куда едем'), 'kolsai');
  await tap(button('Создать тур'));
  await page.waitForURL(/listings\/[0-9a-f-]{36}/);

  begin('Texts');
  await look('texts');
  await write(page.locator('#f-summary-ru'), 'Два горных озера и каньон за один день.');
  await write(page.locator('#f-description-ru'), 'Выезжаем на рассвете, гуляем у озёр, обедаем у костра и к ночи дома.');
  await next('Место встречи');

  begin('Meeting point');
  await look('meeting');
  await write(page.locator('#f-meeting-ru'), 'У входа в парк, белый автобус.');
  await tap(page.locator('.map-box svg').first());
  await page.getByText(/^Точка: /).waitFor();
  await next('Фотографии');

  begin('Pictures');
  const chooser = page.waitForEvent('filechooser');
  await tap(page.getByText('Добавить фотографии'));
  step.taps += 4; // Three photos of the gallery, and its "Add".
  await (await chooser).setFiles(photos(3));
  await page.locator('.pic img').nth(2).waitFor({ timeout: 60_000 });
  await look('pictures');
  await next('Билеты и цены');

  begin('Tickets');
  await look('tickets');
  await tap(button('Добавить билет'));
  const name = page.locator('[id^=type-][id$=name-ru]');
  if (!(await name.inputValue())) await write(name, 'Взрослый');
  await write(page.locator('[id^=type-][id$=price]'), '15000');
  await tap(button('Сохранить билеты'));
  await page.getByRole('status').filter({ hasText: /^сохранено/ }).waitFor();
  await look('ticket');
  await next('Выезды');

  begin('A month of departures');
  await tap(button('Добавить выезды'));
  for (const day of ['суббота', 'воскресенье']) {
    if ((await button(day).getAttribute('aria-pressed')) === 'false') await tap(button(day));
  }
  await write(page.locator('#add-time-0'), '06:00');
  await write(page.locator('#add-capacity'), '16');
  await page.locator('#add-capacity').blur();
  await look('departures');
  await tap(button(/^Добавить \d+ выезд/));
  await page.getByText(/^Добавлен/).waitFor();

  begin('To review');
  await tap(link('Дальше: публикация'));
  await look('review');
  await tap(button('Отправить на проверку'));
  await page.getByText('Модератор смотрит тур').waitFor();
  await look('in-review');
}

/** What the moderator does after the call, and a stranger sees then. */
async function published() {
  const slugOf = (name) => admin('list').split('\n').find((line) => line.includes(name)).trim().split(/\s+/)[0];
  const listing = slugOf(title);
  admin('approve', '--listing', listing);
  admin('activate', '--organisation', slugOf(company));
  const answer = await page.goto(`/ru/tours/${listing}`);
  if (!answer.ok()) throw new Error(`the tour's page answers ${answer.status()}`);
  await look('public');
}

const seconds = (from, to) => ((to - from) / 1000).toFixed(0);
let told = '';
try {
  await road();
  const ended = Date.now();
  await published();
  const rows = steps.map((one, at) => [one.name, one.taps, one.keys, seconds(one.began, steps[at + 1]?.began ?? ended)]);
  const sum = (of) => steps.reduce((total, one) => total + one[of], 0);
  rows.push(['**All**', sum('taps'), sum('keys'), seconds(steps[0].began, ended)]);
  told = ['| step | taps | keys | s, by the machine |', '|---|---:|---:|---:|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
} catch (error) {
  await look('stopped');
  told = `stopped at ${page.url()} in "${step?.name}": ${error}`;
  process.exitCode = 1;
}
await browser.close();
if (faults.length) {
  process.exitCode = 1;
  console.error(faults.join('\n'));
}
console.log(told);
