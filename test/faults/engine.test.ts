import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isRunning } from '../../output/is-running.ts';
import { PlanRecord } from '../../output/record.ts';
import { type LocalOptions, runLocal } from '../../pipeline/run/local.ts';
import { openLog } from '../../pipeline/run/log.ts';
import { pageCache } from '../../pipeline/run/page-cache.ts';
import { createPool, type PoolOptions } from '../../pipeline/run/pool.ts';
import { printedPage } from '../cli/files.ts';
import { tempFolder } from '../temp.ts';

const temp = tempFolder();
const worker = join(import.meta.dirname, '../../dist/pipeline/run/worker.js');
const page = join(temp, 'page.png');
const path = process.env.PATH ?? '';

/** What the engine does when asked for a page; the folder it runs in has the names of its pictures in list.txt. */
const FAULTS = {
  hang: 'exec sleep 1000',
  crash: 'kill -SEGV $$',
  memory: `exec '${process.execPath}' -e 'const all = []; setInterval(() => all.push(Buffer.alloc(50_000_000, 1)), 20)'`,
  garbage: "printf '<div class=\\047ocr_page\\047 title=\\047\\047>\\377\\376\\200' > out.hocr",
  nothing: ': > out.hocr',
  empty: "for picture in $(cat list.txt); do echo \"<div class='ocr_page' title=''></div>\"; done > out.hocr",
};

/** A `tesseract` that says it is one and then fails; each call leaves its process number. */
function install(fault: keyof typeof FAULTS): string {
  const folder = mkdtempSync(join(temp, `${fault}-`));
  const script = [
    '#!/bin/sh',
    'if [ "$1" = --version ]; then echo "tesseract 5.3.0"; exit 0; fi',
    `echo $$ >> '${folder}/calls'`,
    FAULTS[fault],
    '',
  ];
  writeFileSync(join(folder, 'tesseract'), script.join('\n'), { mode: 0o755 });
  process.env.PATH = `${folder}${delimiter}${path}`;
  return join(folder, 'calls');
}

afterEach(() => {
  process.env.PATH = path;
});

beforeAll(async () => {
  writeFileSync(page, await printedPage('png', ['KẾ HOẠCH', 'Cải cách hành chính năm 2026']));
});

async function read(fault: keyof typeof FAULTS, limits: Partial<PoolOptions> = {}) {
  const calls = install(fault);
  const outDir = mkdtempSync(join(temp, 'out-'));
  const state = join(outDir, '.kehoach');
  mkdirSync(state);
  const engine = { outDir, engine: 'native', engineVersion: '5.3.0', maxPages: 10 } as const;
  const sha256 = createHash('sha256').update(readFileSync(page)).digest('hex');
  const log = await openLog(state);
  const options: LocalOptions = {
    ...{ ...engine, jobs: 1, timeout: 60_000, redo: 'nothing', log, pages: pageCache(state, engine) },
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
  };
  const file = { path: page, source: 'page.png', id: sha256.slice(0, 16), sha256, bytes: 1, folder: 'page' };
  await runLocal([{ file, failure: null }], options, createPool({ size: 1, worker, ...limits }));
  log.close();
  const record = PlanRecord.parse(JSON.parse(readFileSync(join(outDir, 'page', 'document.json'), 'utf8')));
  const events = readFileSync(log.path ?? '', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; reason?: string });
  return {
    calls: readFileSync(calls, 'utf8').trim().split('\n').map(Number),
    told: [record.outcome, ...record.issues.map(({ stage, code, message }) => `${stage} ${code}: ${message}`)],
    lost: events.flatMap(({ event, reason }) => (event === 'worker-lost' ? reason : [])),
    kept: readdirSync(state).filter((name) => name === 'pages' || name === 'page.json'),
  };
}

describe.skipIf(process.platform === 'win32')('an engine that', () => {
  test('hangs is stopped after the silence allowed, and no process of it is left', async () => {
    const { told, calls, lost, kept } = await read('hang', { silence: 4000 });
    expect(told).toEqual(['failed', expect.stringMatching(/^recognize timeout: Reading stood still for 4 s/)]);
    expect(lost).toEqual(['it stood still']);
    expect(calls).toHaveLength(1);
    await expect.poll(() => calls.filter(isRunning), { timeout: 5000 }).toEqual([]);
    expect(kept).toEqual([]);
  });

  test('does not answer is asked once more, then the page has failed; its process lives on', async () => {
    const { told, calls, lost, kept } = await read('hang', { call: 1500 });
    expect(told).toEqual([
      'failed',
      expect.stringMatching(/^recognize timeout: The engine gave no answer for 2 s, twice/),
    ]);
    expect(calls).toHaveLength(2);
    await expect.poll(() => calls.filter(isRunning), { timeout: 5000 }).toEqual([]);
    expect([lost, kept]).toEqual([[], []]);
  });

  test('crashes is asked once more, then the page has failed with its cause', async () => {
    const { told, calls, lost, kept } = await read('crash');
    expect(told).toEqual(['failed', expect.stringMatching(/^recognize page-unreadable: tesseract ended with SIGSEGV/)]);
    expect(calls.length).toBeGreaterThanOrEqual(2);
    expect([lost, kept]).toEqual([[], []]);
  });

  test.skipIf(process.platform !== 'linux')('eats memory is ended with its process, twice', async () => {
    const { told, calls, lost, kept } = await read('memory', { memory: 700_000_000 });
    expect(told).toEqual(['failed', expect.stringMatching(/^recognize crashed: .*\(it needed too much memory\)/)]);
    expect(lost).toEqual(['it needed too much memory', 'it needed too much memory']);
    await expect.poll(() => calls.filter(isRunning), { timeout: 5000 }).toEqual([]);
    expect(kept).toEqual([]);
  });

  test.each([
    ['writes bytes that are no text', 'garbage', /^recognize page-unreadable: tesseract wrote bytes that are no text/],
    ['writes nothing', 'nothing', /^recognize page-unreadable: tesseract read 0 of \d+ images/],
  ] as const)('%s: the page has failed', async (_, fault, message) => {
    const { told, kept } = await read(fault);
    expect(told).toEqual(['failed', expect.stringMatching(message)]);
    expect(kept).toEqual([]);
  });

  test('gives an empty page: the document is not done', async () => {
    const { told, kept } = await read('empty');
    expect(told).toEqual([
      'failed',
      expect.stringMatching(/^recognize page-unreadable: No text was found on any page/),
    ]);
    expect(kept).toEqual([]);
  });
});
