// How long the road of a tour company is: from sign-up to a tour that is sold, on a phone. Counts every tap and every key by
// step, at a server that runs, and prints a table. See docs/STOPWATCH.md.
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { Hand, company, confirm, prepareTour, publish, signUp } from './tests/first_tour.mjs';

const base = process.env.BASE ?? 'http://127.0.0.1:4500';
/** A folder for pictures of the screen, if they are wanted. */
const shots = process.argv[2];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({
  baseURL: base, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'ru-KZ', timezoneId: 'Asia/Almaty',
});
const page = await context.newPage();
const faults = [];
page.on('console', (m) => m.type() === 'error' && faults.push(`${m.text()} at ${page.url()}`));
page.on('pageerror', (e) => faults.push(`${e} at ${page.url()}`));

let count = 0;
async function look(name) {
  count += 1;
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${String(count).padStart(2, '0')}-${name}.png` });
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

const hand = new Hand(page, look);
const us = company(Date.now());
let told;
try {
  await signUp(hand, us);
  await confirm(hand, await mailTo(us.email));
  await prepareTour(hand, us);
  const ended = Date.now();
  const shown = await page.goto(`/ru/tours/${publish(us)}`);
  if (!shown.ok()) throw new Error(`the tour's page answers ${shown.status()}`);
  await look('public');
  const seconds = (from, to) => ((to - from) / 1000).toFixed(0);
  const rows = hand.steps.map((one, at) => [one.name, one.taps, one.keys, seconds(one.began, hand.steps[at + 1]?.began ?? ended)]);
  const sum = (of) => hand.steps.reduce((total, one) => total + one[of], 0);
  rows.push(['**All**', sum('taps'), sum('keys'), seconds(hand.steps[0].began, ended)]);
  told = ['| step | taps | keys | s, by the machine |', '|---|---:|---:|---:|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
} catch (error) {
  await look('stopped');
  told = `stopped at ${page.url()} in "${hand.step?.name}": ${error}`;
  process.exitCode = 1;
}
await browser.close();
if (faults.length) {
  process.exitCode = 1;
  console.error(faults.join('\n'));
}
console.log(told);
