// Processes that the benchmark starts: each is ended by its id, and all of them when the benchmark ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const running = new Set();

export class Process {
  constructor(command, args, { env = {}, cwd, log } = {}) {
    const out = log ? openSync(log, 'a') : 'ignore';
    this.child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', out, out] });
    this.command = command;
    this.log = log;
    this.exited = once(this.child, 'exit');
    running.add(this);
    this.exited.finally(() => running.delete(this)).catch(() => {});
  }

  get alive() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until `url` answers 200. */
  async ready(url, seconds = 120) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
      if (!this.alive) throw new Error(`${this.command} ended, see ${this.log}:\n${this.log ? readFileSync(this.log, 'utf8') : ''}`);
      const answer = await fetch(url).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
    }
    throw new Error(`${this.command} does not answer at ${url}`);
  }

  /** Peak and present resident memory in megabytes. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const of = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) / 1024;
    return { peak: of('VmHWM'), now: of('VmRSS') };
  }

  async stop() {
    if (!this.alive) return;
    this.child.kill('SIGTERM');
    await this.exited;
  }
}

export async function stopAll() {
  await Promise.all([...running].map((each) => each.stop()));
}

/** Runs to the end and gives back what was printed. */
export async function run(command, args, { env = {}, cwd, log } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', log ? openSync(log, 'a') : 'inherit'] });
  let text = '';
  child.stdout.on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ended with ${code}${log ? `, see ${log}` : ''}\n${text}`);
  return text;
}
