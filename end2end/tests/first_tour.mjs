// The road of a tour company on a phone, from sign-up to a tour that waits for its moderator; for the test that walks it and
// for the stopwatch that counts it.
import { execFileSync } from 'node:child_process';
import { bin, iban, photos } from './company.mjs';

/** A thumb that counts: taps and keys by step. `look` is called wherever there is something new to see. */
export class Hand {
  steps = [];

  constructor(page, look = async () => {}) {
    this.page = page;
    this.look = look;
  }

  /** Everything that follows belongs to it. */
  begin(name) {
    this.step = { name, taps: 0, keys: 0, began: Date.now() };
    this.steps.push(this.step);
  }

  async tap(where) {
    this.step.taps += 1;
    await where.tap();
  }

  /** A tap into the field, unless the caret is there already, and its keys. What the phone would fill in costs its keys, too. */
  async write(where, text) {
    await where.waitFor();
    if (!(await where.evaluate((field) => field === document.activeElement))) await this.tap(where);
    this.step.keys += [...text].length;
    await where.fill(text);
  }

  /** A phone's wheel: a tap opens it, another takes the word. */
  async choose(where, value) {
    this.step.taps += 2;
    await where.selectOption(value);
  }

  /** Photos of the gallery, and its "Add". */
  async pick(button, files) {
    const chooser = this.page.waitForEvent('filechooser');
    await this.tap(button);
    this.step.taps += files.length + 1;
    await (await chooser).setFiles(files);
  }

  button = (name) => this.page.getByRole('button', { name });
  link = (name) => this.page.getByRole('link', { name });
  field = (name) => this.page.getByLabel(name, { exact: true });
  heading = (name) => this.page.getByRole('heading', { level: 1, name, exact: true });
}

/** A company of its own for each `seed`, a number. */
export const company = (seed) => ({
  seed,
  email: `company-${seed}@example.kz`,
  name: `Алтай Сапар ${seed % 1_000_000}`,
  title: `Озёра Кольсай за день ${seed % 1_000_000}`,
});

/** Saves a step of the company's sign-up and waits for the next one. */
async function onward(hand, from, to) {
  await hand.tap(hand.button('Сохранить и продолжить'));
  await hand.heading(from).waitFor({ state: 'detached' });
  await hand.heading(to).waitFor();
}

export async function signUp(hand, { seed, email, name }) {
  const { page } = hand;
  hand.begin('Sign-up');
  await page.goto('/ru/sign-up?next=/ru/partner/start');
  await hand.look('sign-up');
  await hand.write(page.locator('#f-name'), 'Айгүл Сәтбаева');
  await hand.write(page.locator('#f-email'), email);
  await hand.write(page.locator('#f-phone'), `8701${String(seed).slice(-7)}`);
  await hand.write(page.locator('#f-password'), 'көлсай-жаз');
  await hand.tap(hand.button('Создать аккаунт'));
  await page.waitForURL('**/partner/start**');

  hand.begin('Company');
  await hand.look('company');
  await hand.write(hand.field('Название компании'), name);
  await hand.write(hand.field('БИН или ИИН'), bin(seed));
  await onward(hand, 'Компания', 'Адрес и описание');
  await hand.look('profile');
  await hand.choose(hand.field('Город'), 'almaty');
  await hand.write(hand.field('Адрес'), 'Абая 10');
  await hand.write(hand.field('О компании'), 'Возим на Кольсай и в Чарын с 2015 года.');
  await onward(hand, 'Адрес и описание', 'Выплаты');
  await hand.look('payout');
  await hand.write(hand.field('IBAN'), iban(seed));
  await onward(hand, 'Выплаты', 'Проверьте данные');
  await hand.look('overview');
  await hand.tap(hand.button('Отправить на проверку'));
  await page.waitForURL('**/partner/organisation');
  await hand.look('waiting');
}

/** `mail` is the one that came. */
export async function confirm(hand, mail) {
  const { page } = hand;
  hand.begin('Confirm the e-mail');
  const [address] = String(mail.text ?? mail.body).match(/https?:\/\/\S+\/confirm\/\S+/);
  hand.step.taps += 2; // Opens the mail, taps the link.
  await page.goto(new URL(address).pathname);
  await hand.look('confirm');
  await hand.tap(hand.button('Подтвердить почту'));
  await page.waitForURL('**/partner/organisation?done=email');
  await hand.look('confirmed');
}

/** On to the next section of the editor. */
const next = (hand, section) => hand.tap(hand.link(`Дальше: ${section}`).locator('visible=true'));

/** What a tour is, in words, on the map and in pictures. */
async function describe(hand, { title }) {
  const { page } = hand;
  hand.begin('A tour');
  await hand.tap(hand.link('Подготовить тур'));
  await hand.look('new');
  await hand.write(hand.field('Название'), title);
  await hand.choose(hand.field('Вид тура'), 'lakes');
  await hand.choose(hand.field('Куда едем'), 'kolsai');
  await hand.tap(hand.button('Создать тур'));
  await page.waitForURL(/listings\/[0-9a-f-]{36}/);

  hand.begin('Texts');
  await hand.write(page.locator('#f-summary-ru'), 'Два горных озера и каньон за один день.');
  await hand.write(page.locator('#f-description-ru'), 'Выезжаем на рассвете, гуляем у озёр, обедаем у костра и к ночи дома.');
  await hand.look('texts');
  await next(hand, 'Место встречи');

  hand.begin('Meeting point');
  await hand.write(page.locator('#f-meeting-ru'), 'У входа в парк, белый автобус.');
  await hand.tap(page.locator('.map-box svg').first());
  await page.getByText(/^Точка: /).waitFor();
  await hand.look('meeting');
  await next(hand, 'Фотографии');

  hand.begin('Pictures');
  await hand.pick(page.getByText('Добавить фотографии'), photos(3));
  await page.locator('.pic img').nth(2).waitFor({ timeout: 60_000 });
  await hand.look('pictures');
  await next(hand, 'Билеты и цены');
}

/** What is sold, and when. */
async function offer(hand) {
  const { page } = hand;
  hand.begin('Tickets');
  await hand.tap(hand.button('Добавить билет'));
  // Its name is there: adults.
  await hand.write(page.locator('[id^=type-][id$=price]'), '15000');
  await hand.tap(hand.button('Сохранить билеты'));
  await page.getByRole('status').filter({ hasText: /^сохранено/ }).waitFor();
  await hand.look('ticket');
  await next(hand, 'Выезды');

  hand.begin('A month of departures');
  await hand.tap(hand.button('Добавить выезды'));
  await hand.look('departures');
  // Weekends of a month are suggested.
  await hand.write(page.locator('#add-time-0'), '06:00');
  await hand.write(page.locator('#add-capacity'), '16');
  await page.locator('#add-capacity').blur();
  await hand.tap(hand.button(/^Добавить \d+ выезд/));
  await page.getByText(/^Добавлен/).waitFor();
  await hand.look('planned');
}

export async function prepareTour(hand, company) {
  await describe(hand, company);
  await offer(hand);
  hand.begin('To review');
  await hand.tap(hand.link('Дальше: публикация'));
  await hand.look('review');
  await hand.tap(hand.button('Отправить на проверку'));
  await hand.page.getByText('Модератор смотрит тур').waitFor();
  await hand.look('in-review');
}

/** Runs `sapar admin …`, which stands in for the moderator. */
export const admin = (...args) =>
  execFileSync(process.env.SAPAR_BIN ?? 'sapar', ['admin', ...args], { env: { SAPAR_DEMO: '1', ...process.env } }).toString();

/** Looks at both, as the moderator does after the call; the tour's slug. */
export function publish({ name, title }) {
  const lines = admin('list').split('\n');
  const slugOf = (words) => lines.find((line) => line.includes(`  ${words}  `)).trim().split(/\s+/)[0];
  const listing = slugOf(title);
  admin('approve', '--listing', listing);
  admin('activate', '--organisation', slugOf(name));
  return listing;
}
