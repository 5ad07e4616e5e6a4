// Two ways to send requests: wrk, which costs little beside what it measures, and a client of our own for conversations.
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { run } from './process.mjs';

const script = new URL('requests.lua', import.meta.url).pathname;

/** wrk over `paths` in turn: requests a second, and milliseconds of latency. */
export async function wrk(base, paths, { work, connections, seconds, method = 'GET', headers = {}, once = false }) {
  const list = join(work, 'paths');
  writeFileSync(list, paths.join('\n') + '\n');
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, ...given, base, '--', method, list];
  const lines = (await run('wrk', once ? [...args, 'once'] : args)).trim().split('\n');
  const result = JSON.parse(lines.at(-1));
  return { ...result, rate: result.requests / result.seconds };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

/** One request; JSON bodies are written and read, raw ones are sent as they are. */
export function send(url, { method = 'GET', body, raw, headers = {} } = {}) {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const all = text === undefined ? headers : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, agent, headers: all }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode, headers: response.headers, bytes, json: () => JSON.parse(bytes.toString()) });
      });
    });
    request.on('error', reject);
    request.end(text);
  });
}

/** Calls `each` for every item, so many at a time. */
export async function many(items, atOnce, each) {
  let next = 0;
  const one = async () => {
    while (next < items.length) await each(items[next++]);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

export async function timed(task) {
  const began = performance.now();
  const result = await task();
  return [performance.now() - began, result];
}

export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}
