import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Issue } from '../../output/issues.ts';
import { PlanRecord } from '../../output/record.ts';
import type { PlanFile } from '../../pipeline/document.ts';
import { createClock } from '../../pipeline/run/clock.ts';
import { type LocalOptions, runLocal } from '../../pipeline/run/local.ts';
import { openLog } from '../../pipeline/run/log.ts';
import { pageCache } from '../../pipeline/run/page-cache.ts';
import { createPool, type PoolOptions } from '../../pipeline/run/pool.ts';
import { planText } from '../cli/files.ts';
import { tempFolder } from '../temp.ts';

const temp = tempFolder();
const ENGINE = { outDir: '', engine: 'tesseract.js', engineVersion: '7', maxPages: 10 } as const;
const worker = join(import.meta.dirname, 'fault-worker.mjs');

function fileOf(source: string): PlanFile {
  const path = join(temp, source);
  const text = planText(source.length, source);
  writeFileSync(path, text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { path, source, id: sha256.slice(0, 16), sha256, bytes: text.length, folder: source.replace(/\W+/g, '-') };
}

const errorsOf = (issues: readonly Issue[]): string[] =>
  issues.filter(({ severity }) => severity === 'error').map(({ code }) => code);

/** Runs files with the faulty worker; gives what is written of each, and the changes told. */
async function run(sources: string[], more: Partial<LocalOptions & PoolOptions> = {}) {
  const outDir = mkdtempSync(join(temp, 'out-'));
  mkdirSync(join(outDir, '.kehoach'));
  let [opened, pages, done] = [0, 0, 0];
  const options: LocalOptions = {
    ...{ ...ENGINE, outDir, jobs: 2, timeout: 6000, redo: 'nothing' },
    pages: pageCache(join(outDir, '.kehoach'), ENGINE),
    log: await openLog(join(outDir, '.kehoach')),
    signal: new AbortController().signal,
    onProgress: (change) => {
      opened += change.opened ?? 0;
      pages += change.page ? 1 : 0;
      done += change.done ? 1 : 0;
    },
    ...more,
  };
  const pool = createPool({ size: options.jobs, worker, ...more });
  const results = await runLocal(
    sources.map((source) => ({ file: fileOf(source), failure: null })),
    options,
    pool,
  );
  const records = results.map(({ entry }) =>
    PlanRecord.parse(JSON.parse(readFileSync(join(outDir, entry?.folder ?? '', 'document.json'), 'utf8'))),
  );
  const told = records.map(({ outcome, issues }) => [outcome, errorsOf(issues).join(' ')]);
  return { outDir, results, records, told, counts: { opened, pages, done } };
}

test('a worker that hangs or spins: its document times out, the others are done', async () => {
  const { told, records, counts } = await run(['a.txt', 'hang.txt', 'b.txt', 'spin.txt', 'c.txt']);
  expect(told).toEqual([
    ['done', ''],
    ['failed', 'timeout'],
    ['done', ''],
    ['failed', 'timeout'],
    ['done', ''],
  ]);
  expect(records[1]?.issues[0]?.message).toBe(
    'Reading took longer than 6 s and was stopped: allow more with --timeout, or split the file.',
  );
  expect(counts).toEqual({ opened: 3, pages: 3, done: 5 });
});

test('a job that says nothing for too long is stopped, one that tells of its progress is not', async () => {
  const { told, records } = await run(['hang.txt', 'slow.txt'], { timeout: 60_000, silence: 5000 });
  expect(told).toEqual([
    ['failed', 'timeout'],
    ['done', ''],
  ]);
  expect(records[0]?.issues[0]?.message).toMatch(/^Reading stood still for 5 s and was stopped/);
});

test('a worker that dies once: the document is done; twice: it has crashed, and the others are done', async () => {
  const { told, records } = await run(['once.txt', 'die.txt', 'a.txt'], { timeout: 30_000 });
  expect(told).toEqual([
    ['done', ''],
    ['failed', 'crashed'],
    ['done', ''],
  ]);
  expect(records[1]?.issues[0]).toMatchObject({
    stage: 'read',
    message: expect.stringMatching(/died twice.*\(exit code 9\): open the file, save it anew/),
  });
});

test('pages: one that hangs or crashes leaves the others, and is one line', async () => {
  const { told, records, counts } = await run(['pages hang.tif', 'pages die.tif'], { timeout: 8000 });
  expect(told).toEqual([
    ['partial', 'timeout'],
    ['partial', 'crashed'],
  ]);
  expect(records.map(({ pages }) => pages.map(({ number }) => number))).toEqual([
    [1, 3, 4],
    [1, 3, 4],
  ]);
  expect(records[0]?.issues[0]?.message).toMatch(/^Page 2 was not read\. Reading took longer/);
  expect(records[1]?.issues[0]).toMatchObject({ page: 2, message: expect.stringMatching(/^Page 2: .*died twice/) });
  expect(counts).toEqual({ opened: 8, pages: 8, done: 2 });
});

test('waiting for a free process is not on the clock', async () => {
  const sources = Array.from({ length: 12 }, (_, index) => `wait ${index}.txt`);
  const { told } = await run(['hang.txt', ...sources], { jobs: 1, timeout: 6000 });
  expect(told.slice(1)).toEqual(sources.map(() => ['done', '']));
});

test('a process is replaced after its pages', async () => {
  const { outDir, results } = await run(['pages.tif'], { jobs: 1, pagesAWorker: 2, timeout: 30_000 });
  const lines = readFileSync(join(outDir, results[0]?.entry?.folder ?? '', 'layout.json'), 'utf8');
  const { pages } = JSON.parse(lines) as { pages: { lines: { words: { raw: string }[] }[] }[] };
  const readers = pages.map((page) => page.lines[0]?.words[0]?.raw);
  // Which two pages a process reads is told by the order in which the pages kept were looked for.
  expect(readers.map((reader) => readers.filter((other) => other === reader).length)).toEqual([2, 2, 2, 2]);
});

test('what failed by time or crash is tried again, what is done is kept', async () => {
  const first = await run(['a.txt', 'hang.txt', 'die.txt']);
  const again = await runLocal(
    ['a.txt', 'hang.txt', 'die.txt'].map((source) => ({ file: fileOf(source), failure: null })),
    {
      ...{ ...ENGINE, outDir: first.outDir, jobs: 2 },
      ...{ timeout: 30_000, redo: 'nothing', signal: new AbortController().signal, onProgress: () => undefined },
      ...{
        pages: pageCache(join(first.outDir, '.kehoach'), ENGINE),
        log: await openLog(join(first.outDir, '.kehoach')),
      },
    },
    createPool({ size: 2, worker: join(import.meta.dirname, '../../dist/pipeline/run/worker.js') }),
  );
  expect(again.map(({ row }) => [row.outcome, row.milliseconds === null])).toEqual([
    ['done', true],
    ['done', false],
    ['done', false],
  ]);
});

test.skipIf(process.platform === 'win32')('a worker that computes for ever ends when its run is killed', async () => {
  const run = spawn(process.execPath, [join(import.meta.dirname, 'orphan.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(run.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isThere(pid)).toBe(true);
  run.kill('SIGKILL');
  await expect.poll(() => isThere(pid), { timeout: 15_000, interval: 200 }).toBe(false);
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('closing a pool whose processes died, or never started, ends', async () => {
  const pool = createPool({ size: 2, worker: join(temp, 'no such worker.mjs') });
  const options = { outDir: temp, engine: 'tesseract.js', engineVersion: '', maxPages: 1 } as const;
  await expect(pool.run('open', { file: fileOf('x.txt'), options }, createClock(20_000))).rejects.toMatchObject({
    code: 'crashed',
  });
  await pool.close();
});

test('from the sources alone nothing is read, and the message says what to do', () => {
  expect(() => createPool({ size: 1 })).toThrow(/npm run build/);
});

test('the clock of a document runs while a job does, once for jobs side by side', () => {
  let time = 0;
  const clock = createClock(100, () => time);
  time = 50;
  expect(clock.left()).toBe(100);
  clock.start();
  time = 60;
  clock.start();
  time = 70;
  clock.stop();
  expect(clock.left()).toBe(80);
  time = 90;
  clock.stop();
  time = 500;
  expect(clock.left()).toBe(60);
  clock.allow(50);
  expect(clock.limit).toBe(100);
  clock.allow(150);
  expect(clock.left()).toBe(110);
});

test('a Node whose V8 does not know an option of the workers goes on without it', async () => {
  const { told } = await run(['plan.txt', 'other.txt'], { worker: join(import.meta.dirname, 'older-node-worker.mjs') });
  expect(told).toEqual([
    ['done', ''],
    ['done', ''],
  ]);
});
