// Writes what was measured into docs/PERFORMANCE.md, between two markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];
const MEMORY = 300;
const VISIT = 350;

const round = (n) => n.toLocaleString('en', { maximumFractionDigits: n < 10 ? 1 : 0 });
const ratio = (n) => n.toFixed(2);
const ms = (n) => `${n < 10 ? n.toFixed(1) : n.toFixed(0)} ms`;
const kilobytes = (bytes) => bytes / 1024;

/** `value` beside `aim`; where less is better, the ratio says how often the aim would hold it. */
const towards = (value, aim, { less = false } = {}) => ({ ratio: `${ratio(less ? aim / value : value / aim)} of the aim`, holds: less ? value <= aim : value >= aim });

function pageRows(what, { plain, small, found, latency }) {
  const tour = (label, m) => [label, `${ratio(m.ratio)} of bare`, `${round(m.our.rate)}/s, bare ${round(m.their.rate)}/s, ${round(kilobytes(m.bytes))} KB`,
    ms(m.p99), 'a quarter of bare', m.ratio >= 0.25];
  const rows = [
    tour(`Tour page, ${what}`, plain),
    tour('… as browsers ask for it, compressed', small),
    ['Results page, each query another', `${ratio(found.ratio)} of bare`, `${round(found.our.rate)}/s, bare ${round(found.their.rate)}/s, ${round(kilobytes(found.bytes))} KB`,
      ms(found.p99), '', null],
  ];
  if (latency) rows.push([`… one request a core`, '', `half within ${ms(latency.p50)}`, ms(latency.p99), 'p99 under 50 ms', latency.p99 < 50]);
  return rows;
}

function rows(r) {
  const rows = [];
  const add = (what, { ratio, holds }, absolute, p99, aim) => rows.push([what, ratio, absolute, p99, aim, holds]);
  if (r.small) rows.push(...pageRows('60 tours', r.small));
  if (r.large) rows.push(...pageRows(`${round(r.large.listings)} listings`, r.large));
  if (r.orders) {
    const { rate, placing, settling, oversold } = r.orders;
    add('Orders placed and settled on one departure', towards(rate, 200), `${round(rate)}/s`, `placing ${ms(placing)}, settling ${ms(settling)}`, '200/s');
    rows.push(['… and none of them oversold', '', oversold ?? 'capacity = sold, late buyers refused', '', 'none', !oversold]);
    rows.push(['… their tickets, PDFs, mails, messages and pictures', '', `${r.follow.before} orders during the sale, then ${round(r.follow.rate)} orders/s`, '', 'follow', null]);
  }
  if (r.gate) {
    add('Activations', towards(r.gate.rate, 2000), `${round(r.gate.rate)}/s`, ms(r.gate.p99), '2,000/s');
    if (r.gate.wrong) rows.push(['… counted by the departure', '', r.gate.wrong, '', 'each once', false]);
  }
  if (r.papers) add('Ticket PDFs, one core', towards(r.papers.pdf, 100), `${round(r.papers.pdf)}/s`, '', '100/s');
  if (r.lists) {
    const { size, worst, kinds } = r.lists;
    rows.push([`Lists of cabinet and account, ${round(size.tickets)} tickets, one request a core`, '', `half within ${ms(Math.max(...kinds.map((k) => k.p50)))} or less`,
      `${ms(worst.p99)} (${worst.kind})`, 'p99 of each under 50 ms', worst.p99 < 50]);
  }
  const peaks = Object.entries(r.peaks).filter(([, peak]) => peak);
  if (peaks.length) {
    const [what, most] = peaks.reduce((a, b) => (b[1] > a[1] ? b : a));
    add('Peak memory without PostgreSQL', towards(most, MEMORY, { less: true }), `${round(most)} MB (${what})`, '', `${MEMORY} MB`);
  }
  if (r.visit) {
    const { bytes, requests, html, missing } = r.visit;
    add('First visit: wasm, scripts, styles, fonts, HTML', towards(kilobytes(bytes), VISIT, { less: true }), `${round(kilobytes(bytes))} KB, HTML ${round(kilobytes(html))} KB`, '', `${VISIT} KB`);
    add('… requests before pictures', towards(requests, 8, { less: true }), `${requests}`, '', '8');
    rows.push(['… readable with the first 15 KB', '', missing.length ? `missing: ${missing.join(', ')}` : 'title, summary, description, form', '', 'yes', !missing.length]);
  }
  return rows;
}

const line = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

export function write(r, { root, version, whole }) {
  const measured = rows(r).map((row) => row.with(5, row[5] === null ? '' : row[5] ? 'yes' : '**no**'));
  const memory = Math.round(totalmem() / 2 ** 30);
  const where = `${new Date().toISOString().slice(0, 10)}, ${version}, ${availableParallelism()} cores (${cpus()[0].model.trim()}), ${memory} GB; ` +
    'load, product, PostgreSQL and payment sandbox share the machine.' + (r.disturbed ? ` **For ${Math.round((100 * r.disturbed) / r.looks)} % of the time the machine was building something else.**` : '');
  const parts = [where, table(['What', 'Ratio', 'Measured', 'p99', 'Aim', 'Holds'], measured)];
  const peaks = Object.entries(r.peaks).map(([what, peak]) => `${what} ${round(peak)} MB`).join(', ');
  if (peaks) parts.push(`Peak memory by what was done: ${peaks}.`);
  if (r.large?.latency) {
    parts.push(`The results page by what is asked, one request a core, ${round(r.large.listings)} listings:`,
      table(['Asked', 'p50', 'p99'], r.large.latency.kinds.map(({ kind, p50, p99 }) => [kind, ms(p50), ms(p99)])));
  }
  if (r.lists) {
    const { size, kinds } = r.lists;
    parts.push(`Every list, one request a core, ${round(size.organisations)} organisations, ${round(size.listings)} tours, ${round(size.departures)} departures, ` +
      `${round(size.tickets)} tickets; half of the requests are those of the biggest organisation, or of who travels most:`,
      table(['List', 'p50', 'p99', 'Under 50 ms'], kinds.map(({ kind, p50, p99 }) => [kind, ms(p50), ms(p99), p99 < 50 ? 'yes' : '**no**'])));
  }
  if (r.visit) {
    const list = r.visit.list.map(({ url, bytes }) => [`\`${url.replace(/\?.*/, '')}\``, `${round(kilobytes(bytes))} KB`]);
    parts.push('The first visit, request by request, with heads:', table(['What', 'On the wire'], list));
  }
  const text = parts.join('\n\n');
  console.log(text);
  // A part of the benchmark is for whoever looks for something; the page shows a whole one.
  if (!whole) return;
  const file = join(root, 'docs/PERFORMANCE.md');
  const page = readFileSync(file, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${file} lacks its markers`);
  writeFileSync(file, `${page.slice(0, from + BEGIN.length)}\n${text}\n${page.slice(to)}`);
}
