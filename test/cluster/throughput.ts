import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { planText, printedPage } from '../cli/files.ts';
import { kehoach } from '../cli/kehoach.ts';
import { endAll, startWorker } from './helpers.ts';
import { startServer } from './server.ts';

// Scanned pages a second of one and of two workers with one process each, beside a run on one machine with as many
// processes: that is how much a second process gains on this machine.
// npm run cluster:throughput [-- --documents 48]

const { values } = parseArgs({ options: { documents: { type: 'string', default: '48' } } });
const DOCUMENTS = Number(values.documents);
/** Share of the documents done first that does not count: processes start, and their code is compiled. */
const WARM = 1 / 4;

const temp = mkdtempSync(join(tmpdir(), 'kehoach-throughput-'));
const scans = join(temp, 'scans');
const server = await startServer();
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Documents a second while all processes are busy, by the times at which each was done. */
function rate(times: number[], processes: number): number {
  const counted = times.sort((a, b) => a - b).slice(Math.floor(times.length * WARM), times.length - processes);
  const [first = 0, last = 0] = [counted[0], counted.at(-1)];
  return (counted.length - 1) / ((last - first) / 1000);
}

async function importScans(args: string[]): Promise<void> {
  const { code, stderr } = await kehoach(['import', scans, ...args]);
  if (code !== 0) throw new Error(stderr);
}

/** Holds a process and those that it has started on a core, and so those that they will start (Linux). */
function pin(core: number, pid: number): void {
  const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  for (const one of [pid, ...below]) {
    execFileSync('taskset', ['-a', '-c', '-p', String(core), String(one)], { stdio: 'ignore' });
  }
}

/** `isPinned`: each worker, with its processes, on a core of its own. */
async function workersRate(workers: number, isPinned: boolean): Promise<number> {
  const url = await server.database(`speed-${workers}-${isPinned}`);
  const started = await Promise.all(Array.from({ length: workers }, () => startWorker(url)));
  for (const [core, { child }] of started.entries()) {
    if (isPinned) pin(core, child.pid ?? 0);
  }
  await importScans(['--database', url]);
  for (const { child } of started) child.kill('SIGINT');
  await Promise.all(started.map(({ ended }) => ended));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ at: Date }>('select finished_at as at from kehoach.imports');
  await client.end();
  const times = rows.map(({ at }) => at.getTime());
  return rate(times, workers);
}

async function aloneRate(jobs: number): Promise<number> {
  const out = join(temp, `alone-${jobs}`);
  const { stdout } = await kehoach(['import', scans, '--out', out, '--jobs', String(jobs), '--json']);
  const { log } = JSON.parse(stdout) as { log: string };
  const events = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { at: string; event: string });
  const times = events.flatMap(({ at, event }) => (event === 'document' ? Date.parse(at) : []));
  return rate(times, jobs);
}

async function compare(what: string, measure: (processes: number) => Promise<number>): Promise<void> {
  const [one, two] = [await measure(1), await measure(2)];
  say(
    `${what.padEnd(34)}${one.toFixed(2).padStart(8)}${two.toFixed(2).padStart(8)}${(two / one).toFixed(2).padStart(8)}`,
  );
}

try {
  mkdirSync(scans);
  for (let number = 1; number <= DOCUMENTS; number++) {
    writeFileSync(join(scans, `${number}.png`), await printedPage('png', planText(number).split('\n')));
  }
  say(`scanned pages/s once warm, of ${DOCUMENTS}      1       2   ratio`);
  await compare('workers', (workers) => workersRate(workers, false));
  if (process.platform === 'linux') await compare('workers, each on a core of its own', (w) => workersRate(w, true));
  await compare('processes of a run on one machine', aloneRate);
} finally {
  endAll();
  await server.remove();
  rmSync(temp, { recursive: true, force: true });
}
