// The product under measurement: the release build on ports of its own, with data that goes away.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { Process, run } from './process.mjs';

const port = Number(process.env.SAPAR_BENCH_PORT ?? 4700);

export class Shop {
  url = `http://127.0.0.1:${port}`;
  sandbox = `http://127.0.0.1:${port + 1}`;

  constructor({ binary, root, work }) {
    Object.assign(this, { binary, root, work });
    mkdirSync(work, { recursive: true });
    chmodSync(work, 0o755);
    this.log = join(work, 'sapar.log');
    // PostgreSQL runs as nobody for root, who must be able to enter; and a socket's path must be short.
    this.data = join(work, 'data');
    this.env = {
      SAPAR_DEMO: '1',
      SAPAR_DATA: this.data,
      SAPAR_ADDR: `127.0.0.1:${port}`,
      SAPAR_SANDBOX_ADDR: `127.0.0.1:${port + 1}`,
      SAPAR_OPS_ADDR: `127.0.0.1:${port + 2}`,
      SAPAR_SANDBOX_SMTP_ADDR: `127.0.0.1:${port + 3}`,
      SAPAR_RATE_LIMIT: 'off',
      SAPAR_LOG: 'warn',
      SAPAR_PUBLIC_URL: '',
      DATABASE_URL: '',
      LEPTOS_SITE_ROOT: join(root, 'target/site'),
    };
  }

  /** `sapar …` to its end. */
  run(...args) {
    return run(this.binary, args, { env: this.env, cwd: this.root, log: this.log });
  }

  /** The big catalogue on top of the demo. */
  async grow(listings) {
    const note = join(this.work, 'generated');
    const there = existsSync(note) ? Number(readFileSync(note, 'utf8')) : 0;
    if (listings > there) await this.run('seed', '--generate', String(listings - there));
    writeFileSync(note, String(Math.max(listings, there)));
  }

  /** The database that lists are measured in: so many organisations, each with as much as a thousand would have. */
  async scale(organisations) {
    const note = join(this.work, 'scaled');
    if (existsSync(note)) return;
    await this.run('seed', '--scale', String(organisations), '--tickets', String(organisations * 5000));
    writeFileSync(note, String(organisations));
  }

  async start() {
    this.process = new Process(this.binary, ['serve'], { env: this.env, cwd: this.root, log: this.log });
    await this.process.ready(`${this.url}/robots.txt`);
    this.sql = postgres({ path: join(this.data, 'pg/.s.PGSQL.5432'), user: 'sapar', database: 'sapar', max: 2, onnotice: () => {} });
  }

  async stop() {
    await this.sql.end();
    await this.process.stop();
  }
}

/** A folder that goes away, or `given`, which stays. */
export function workFolder(given) {
  const work = given ? resolve(given) : mkdtempSync(join(tmpdir(), 'sapar-bench-'));
  mkdirSync(work, { recursive: true });
  chmodSync(work, 0o755);
  return { work, remove: () => given ?? rmSync(work, { recursive: true, force: true }) };
}
