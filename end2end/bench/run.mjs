// make bench: starts the release build with data of its own, measures it, writes docs/PERFORMANCE.md.
//   node end2end/bench/run.mjs [--only NAME,…] [--seconds N] [--listings N] [--scale ORGANISATIONS] [--report FILE] [--work FOLDER]
// NAME is one of visit, pages, gate, orders, catalogue, documents, lists. SAPAR_TARGET is the folder that holds release/sapar.
// FOLDER is kept with its database, for the next run to go on with.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { beside, byKind } from './pages.mjs';
import { lists } from './lists.mjs';
import { run, stopAll } from './process.mjs';
import { Queries } from './queries.mjs';
import { activations, bigOrders, documents, drained, orders } from './sales.mjs';
import { Shop, workFolder } from './shop.mjs';
import { write } from './table.mjs';
import { visit } from './visit.mjs';

const PARTS = ['visit', 'pages', 'gate', 'orders', 'catalogue', 'documents', 'lists'];
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join() },
    seconds: { type: 'string', default: '8' },
    listings: { type: 'string', default: '50000' },
    scale: { type: 'string', default: '1000' },
    report: { type: 'string' },
    work: { type: 'string' },
  },
});
const wanted = new Set(options.only.split(','));
const seconds = Number(options.seconds);
const listings = Number(options.listings);
const root = new URL('../..', import.meta.url).pathname;
const target = process.env.SAPAR_TARGET ?? join(root, 'target');
const say = (text) => process.stderr.write(`\x1b[1m==\x1b[0m ${text}\n`);

const { work, remove } = workFolder(options.work);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopAll().finally(() => { remove(); process.exit(1); }));
const shop = new Shop({ binary: join(target, 'release/sapar'), root, work });
// How often a look at the machine found that something was being built on it.
const results = { peaks: {}, disturbed: 0, looks: 0 };
let watch;

function name(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Runs the product for as long as `task` takes. */
async function serving(what, task, served = shop) {
  await served.start();
  await task();
  results.peaks[what] = served.process.memory().peak;
  await served.stop();
}

async function slugs(pattern) {
  return (await shop.sql`select slug from listings where status = 'published' and slug ~ ${pattern} order by slug limit 600`).map((row) => row.slug);
}

async function questions() {
  // Only where tours lead: nobody is offered the others.
  const places = await shop.sql`select slug, name_ru as ru, name_kk as kk, name_en as en from places p
                                where exists (select from listings l where l.place_path @> array[p.id]) order by slug`;
  const categories = (await shop.sql`select slug from categories order by slug`).map((row) => row.slug);
  return new Queries({ places, categories, today: new Date() });
}

const tour = (slug) => `/ru/tours/${slug}`;

async function pages(name, demo) {
  const paths = (await slugs(demo)).map(tour);
  say(`${name}: the tour page`);
  const plain = await beside(shop, () => paths.slice(0, 60), { seconds });
  say(`${name}: the tour page, compressed`);
  const small = await beside(shop, () => paths.slice(0, 60), { seconds, compressed: true });
  say(`${name}: the results page`);
  const asked = await questions();
  // More than can be answered: none is asked twice.
  const found = await beside(shop, () => asked.mixed(seconds * 1500), { seconds, connections: 8 });
  return { plain, small, found, asked };
}

async function small() {
  say('seeding the demo');
  await shop.run('seed');
  if (wanted.has('visit')) {
    await serving('first visit', async () => {
      say('a first visit');
      results.visit = await visit(shop, (await slugs('.'))[0]);
    });
  }
  if (wanted.has('pages')) await serving('60 tours', async () => (results.small = await pages('60 tours', '.')));
  if (wanted.has('gate')) {
    await serving('gate', async () => {
      say('activations');
      results.gate = await activations(shop, { tickets: 40_000, connections: 16, seconds: 10 });
    });
  }
  if (wanted.has('orders')) {
    await serving('sale', async () => {
      say('orders on one departure');
      const places = 3000;
      results.orders = await orders(shop, { places, late: 150, connections: 16 });
      const before = await documents(shop);
      say(`${before} of ${places} have their documents, the others follow`);
      const seconds = await drained(shop);
      results.follow = { before, rate: (places - before) / seconds };
      results.peaks['3,000 orders'] = shop.process.memory().peak;
      say('orders of fifty tickets');
      await bigOrders(shop, 12);
    });
  }
}

async function catalogue() {
  say(`generating ${listings} listings`);
  await shop.grow(listings);
  await serving(`${listings.toLocaleString('en')} listings`, async () => {
    const { asked, ...measured } = await pages(`${listings} listings`, '-g[0-9]+$');
    results.large = { ...measured, listings };
    say('the results page by what is asked');
    results.large.latency = await byKind(shop, asked, 300);
  });
}

/** In a database of its own: what is generated here must not come between orders of the other parts. */
async function bigLists() {
  const big = new Shop({ binary: shop.binary, root, work: join(work, 'lists') });
  const organisations = Number(options.scale);
  say(`generating ${organisations.toLocaleString('en')} organisations, twenty minutes for a thousand`);
  await big.scale(organisations);
  await serving('lists', async () => {
    say('every list');
    results.lists = await lists(big, 300, say);
  }, big);
}

try {
  const version = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root }).toString().trim();
  watch = setInterval(() => {
    if (readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && ['rustc', 'ld', 'wasm-opt'].includes(name(pid)))) results.disturbed++;
    results.looks++;
  }, 2000);
  if (['visit', 'pages', 'gate', 'orders', 'catalogue'].some((part) => wanted.has(part))) await small();
  if (wanted.has('catalogue')) await catalogue();
  if (wanted.has('documents')) {
    say('documents on one core');
    const text = await run('taskset', ['-c', '0', join(target, 'release/sapar-papers')]);
    results.papers = { pdf: Number(text.match(/PDF of one ticket: (\d+)\/s/)[1]), text };
  }
  if (wanted.has('lists')) await bigLists();
  if (options.report) writeFileSync(options.report, JSON.stringify(results, null, 1));
  write(results, { root, version, whole: wanted.size === PARTS.length });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  clearInterval(watch);
  await stopAll();
  if (process.exitCode) say(`what was left behind: ${work}`);
  else remove();
}
