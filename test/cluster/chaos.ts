import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { planText, printedPage } from '../cli/files.ts';
import { start } from '../cli/kehoach.ts';
import { endAll, results, startWorker } from './helpers.ts';
import { startServer } from './server.ts';

// Workers killed with -9 over a batch of small plans, half of them scans.
// npm run cluster:chaos [-- --documents 72 --every 10]

const { values } = parseArgs({ options: { documents: { type: 'string' }, every: { type: 'string' } } });
const DOCUMENTS = Number(values.documents ?? 72);
/** Seconds between two kills. */
const EVERY = Number(values.every ?? 10);
const WORKERS = 3;

const temp = mkdtempSync(join(tmpdir(), 'kehoach-chaos-'));
const plans = join(temp, 'plans');
const server = await startServer();
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function makePlans(): Promise<void> {
  mkdirSync(plans);
  for (let number = 1; number <= DOCUMENTS; number++) {
    const text = planText(number);
    if (number % 2 === 0) writeFileSync(join(plans, `${number}.txt`), text);
    else writeFileSync(join(plans, `${number}.png`), await printedPage('png', text.split('\n')));
  }
}

async function run(args: string[]): Promise<void> {
  const { code, stderr } = await start(args).ended;
  if (code !== 0) throw new Error(`kehoach ${args[0]} ended with ${code}:\n${stderr}`);
}

const digest = (files: Record<string, string>): string =>
  createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);

async function count(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${query}`);
  await client.end();
  return Number(rows[0]?.count);
}

async function chaos(expected: Record<string, string>): Promise<boolean> {
  const url = await server.database('chaos');
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorker(url)));
  const began = performance.now();
  let [kills, done] = [0, false];
  const importing = run(['import', plans, '--database', url, '--out', join(temp, 'chaos')]).finally(() => {
    done = true;
  });
  const killing = (async () => {
    for (let next = 0; ; next = (next + 1) % WORKERS) {
      for (let waited = 0; waited < EVERY && !done; waited += 0.1) await sleep(100);
      if (done) return;
      workers[next]?.child.kill('SIGKILL');
      kills++;
      workers[next] = await startWorker(url);
    }
  })();
  await Promise.all([importing, killing]);
  const time = seconds(began);
  for (const { child } of workers) child.kill('SIGINT');
  const files = results(join(temp, 'chaos'));
  const [rows, kept] = [await count(url, 'documents'), await count(url, 'kehoach.files')];
  const isEqual = digest(files) === digest(expected);
  const isOnce = rows === DOCUMENTS && kept === 3 * DOCUMENTS;
  say(`${WORKERS} workers, one killed with -9 every ${EVERY} s: ${kills} kills, ${time}`);
  say(`all documents done: ${rows === DOCUMENTS ? 'yes' : 'NO'} (${rows} of ${DOCUMENTS})`);
  say(`equal to the run on one machine: ${isEqual ? 'yes' : 'NO'} (${Object.keys(files).length} files)`);
  say(`no job twice in the result: ${isOnce ? 'yes' : 'NO'}`);
  return isEqual && isOnce;
}

let isGood = false;
try {
  await makePlans();
  const began = performance.now();
  await run(['import', plans, '--out', join(temp, 'single')]);
  say(`${DOCUMENTS} documents, ${DOCUMENTS / 2} of them scans; run on one machine: ${seconds(began)}`);
  isGood = await chaos(results(join(temp, 'single')));
} finally {
  endAll();
  await server.remove();
  rmSync(temp, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
