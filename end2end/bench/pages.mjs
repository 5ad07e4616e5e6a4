// Pages a second beside a bare axum handler that serves the same bytes.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { send, wrk, many, timed, percentile } from './load.mjs';
import { Process } from './process.mjs';

const port = Number(process.env.SAPAR_BENCH_PORT ?? 4700) + 4;
/** As Chromium asks. */
const BROWSER = { 'accept-encoding': 'gzip, deflate, br, zstd' };
const CONNECTIONS = 16;

/** The answer of middling size, for the bare handler. */
async function middling(base, paths, headers) {
  const answers = [];
  await many(paths.slice(0, 61), 4, async (path) => {
    const answer = await send(base + path, { headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    answers.push(answer);
  });
  return answers.sort((a, b) => a.bytes.length - b.bytes.length)[answers.length >> 1];
}

async function bare({ binary, work }, answer, paths, options) {
  const own = new Set(['content-length', 'transfer-encoding', 'date', 'connection']);
  const lines = Object.entries(answer.headers).filter(([name]) => !own.has(name)).map(([name, value]) => `${name}: ${value}\n`);
  const [body, headers] = [join(work, 'body'), join(work, 'headers')];
  writeFileSync(body, answer.bytes);
  writeFileSync(headers, lines.join(''));
  const handler = new Process(join(binary, '../sapar-bare'), [`127.0.0.1:${port}`, body, headers], { log: join(work, 'bare.log') });
  await handler.ready(`http://127.0.0.1:${port}/`, 10);
  const result = await wrk(`http://127.0.0.1:${port}`, paths, options);
  await handler.stop();
  return result;
}

/** The product and the bare handler by turns, and of each the middle of its rounds. */
export async function beside(shop, pathsOf, { seconds, rounds = 3, compressed = false, connections = CONNECTIONS }) {
  const headers = compressed ? BROWSER : {};
  const options = { work: shop.work, connections, seconds, headers };
  const answer = await middling(shop.url, pathsOf(0), headers);
  const [ours, theirs] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    const paths = pathsOf(round);
    theirs.push(await bare(shop, answer, paths, options));
    ours.push(await wrk(shop.url, paths, options));
  }
  const middle = (list) => list.sort((a, b) => a.rate - b.rate)[list.length >> 1];
  const [our, their] = [middle(ours), middle(theirs)];
  if (ours.some((result) => result.errors)) throw new Error('errors among the answers');
  return { our, their, ratio: our.rate / their.rate, p99: Math.max(...ours.map((o) => o.p99)), bytes: answer.bytes.length };
}

/** Latency of the results page by what is asked, with one request a core: milliseconds. With more each waits for the others, and
 * what is measured is the queue. */
export async function byKind(shop, queries, each) {
  const [kinds, all] = [[], []];
  for (const kind of Object.keys(queries.kinds)) {
    const [times, slowest] = [[], []];
    await many(queries.list(kind, each), availableParallelism(), async (path) => {
      const [ms, answer] = await timed(() => send(shop.url + path));
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      times.push(ms);
      slowest.push([ms, path]);
    });
    slowest.sort((a, b) => b[0] - a[0]);
    all.push(...times);
    kinds.push({ kind, p50: percentile(times, 50), p99: percentile(times, 99), slowest: slowest.slice(0, 5) });
  }
  return { kinds, p50: percentile(all, 50), p99: percentile(all, 99) };
}
