import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ResultRecord, readEntries, readRecord } from '../../output/results.ts';
import { type Row, TABLES } from '../../output/tables.ts';
import type { ClusterStatus } from '../../pipeline/cluster/status.ts';
import { encryptedPdf, planText, printedPage } from '../cli/files.ts';
import { type Ended, indexOf, kehoach } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';
import { begin, endAll, results, until } from './helpers.ts';
import { type Server, startServer } from './server.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
const temp = tempFolder();
const plans = join(temp, 'plans');
const single = join(temp, 'single');
const COUNT = 14;
let server: Server;
let whole: Record<string, string>;
/** Texts, a scan, and a document that fails. */
const SOURCES = COUNT + 2;

beforeAll(async () => {
  mkdirSync(plans);
  for (let number = 1; number <= COUNT; number++) writeFileSync(join(plans, `${number}.txt`), planText(number));
  const lines = ['ỦY BAN NHÂN DÂN', 'KẾ HOẠCH', 'Cải cách hành chính năm 2026', 'I. MỤC TIÊU'];
  writeFileSync(join(plans, 'scan.png'), await printedPage('png', lines));
  writeFileSync(join(plans, 'locked.pdf'), encryptedPdf('secret', 'KE HOACH'));
  const [alone] = await Promise.all([
    kehoach(['import', plans, '--out', single, '--jobs', '1']),
    startServer().then((started) => {
      server = started;
    }),
  ]);
  expect(alone.code).toBe(1);
  whole = results(single);
});
afterAll(async () => {
  endAll();
  await server.remove();
});

async function rowsOf<Found extends object = Row>(url: string, query: string): Promise<Found[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Found>(query)).rows;
  } finally {
    await client.end();
  }
}

async function recordsOf(out: string): Promise<ResultRecord[]> {
  const entries = await readEntries(out);
  return Promise.all(entries.map(async (entry) => ({ entry, record: await readRecord(out, entry) })));
}

/** Counts of PostgreSQL come as texts. */
const countOf = async (url: string, table: string): Promise<number> =>
  Number((await rowsOf<{ count: string }>(url, `select count(*) from ${table}`))[0]?.count);

/** Ctrl-C; what it has done by then. */
async function stop({ child, ended }: ReturnType<typeof begin>): Promise<Ended> {
  child.kill('SIGINT');
  return ended;
}

describe('a cluster of two workers', () => {
  let url: string;
  let workers: ReturnType<typeof begin>[];
  const out = join(temp, 'cluster');

  beforeAll(async () => {
    url = await server.database('two');
    workers = [1, 2].map(() => begin(['worker', '--database', url, '--jobs', '1']));
  });

  test('gives the files of a run on one machine, and its exit code', async () => {
    const { code, stderr } = await kehoach(['import', plans, '--database', url, '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^15 done, 1 failed$/m);
    expect(results(out)).toEqual(whole);
  });

  test('has the rows of its documents in the database', async () => {
    const records = await recordsOf(single);
    for (const { name, rows, query } of TABLES) {
      if (query === undefined) expect(await countOf(url, `"${name}"`), name).toBe(records.flatMap(rows).length);
    }
    const targets = await rowsOf(
      url,
      'select source, value, section from indicators order by source, position limit 1',
    );
    expect(targets).toEqual([{ source: '1.txt', value: 51, section: ['I', '1'] }]);
  });

  test('does nothing twice: a second import fetches what is there, also without a results folder', async () => {
    const before = await rowsOf(url, 'select key, finished_at from kehoach.imports where not passing order by key');
    const again = await kehoach(['import', plans, '--database', url, '--json']);
    const { documents } = JSON.parse(again.stdout) as { documents: { milliseconds: number | null }[] };
    expect(documents.map(({ milliseconds }) => milliseconds)).toEqual(Array(SOURCES).fill(null));
    expect(await rowsOf(url, 'select key, finished_at from kehoach.imports where not passing order by key')).toEqual(
      before,
    );
  });

  test('--force does it again: jobs left of the first time have no say', async () => {
    const { code, stdout } = await kehoach(['import', join(plans, '1.txt'), '--database', url, '--force', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).documents).toMatchObject([{ outcome: 'done', milliseconds: expect.any(Number) }]);
    expect(await rowsOf(url, 'select attempt, count(*)::integer as count from kehoach.imports group by 1')).toEqual(
      expect.arrayContaining([{ attempt: 1, count: SOURCES - 1 }]),
    );
  });

  test('rows that were taken away are made again', async () => {
    const [row] = await rowsOf<{ id: string }>(url, "delete from documents where source = '2.txt' returning id");
    const { code, stdout } = await kehoach(['import', join(plans, '2.txt'), '--database', url, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).documents).toMatchObject([{ outcome: 'done', milliseconds: expect.any(Number) }]);
    expect(await rowsOf(url, "select id from documents where source = '2.txt'")).toEqual([row]);
  });

  test('keeps no source when all is done', async () => {
    expect(await countOf(url, 'kehoach.source_pieces')).toBe(0);
  });

  test('status tells of its workers and failures', async () => {
    const { code, stdout } = await kehoach(['status', '--database', url, '--json']);
    expect(code).toBe(0);
    const { documents, workers: found, failures, queues } = JSON.parse(stdout) as ClusterStatus;
    expect(documents).toMatchObject({ all: SOURCES, waiting: 0, done: SOURCES - 1, failed: 1 });
    expect(found.map(({ jobs }) => jobs)).toEqual([1, 1]);
    expect(queues).toEqual([]);
    expect(failures.map(({ source, outcome }) => `${source} ${outcome}`)).toEqual(['locked.pdf failed']);
  });

  test.skipIf(process.platform === 'win32')('workers stop on Ctrl-C and tell what they did', async () => {
    const ended = await Promise.all(workers.map(stop));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const counts = ended.map(({ stderr }) => /Stopped after (\d+) documents? and (\d+) recognised/.exec(stderr));
    expect(counts.reduce((sum, count) => sum + Number(count?.[1]), 0)).toBe(SOURCES + 2);
    expect(counts.reduce((sum, count) => sum + Number(count?.[2]), 0)).toBe(1);
  });
});

test
  .skipIf(process.platform === 'win32')
  .concurrent(
    'a worker killed with -9 loses nothing: another takes its jobs, and no result is there twice',
    async () => {
      const url = await server.database('killed');
      const out = join(temp, 'killed');
      const importing = kehoach(['import', plans, '--database', url, '--out', out]);
      const first = begin(['worker', '--database', url, '--jobs', '2']);
      await until(async () => (await countOf(url, 'documents').catch(() => 0)) >= 3);
      first.child.kill('SIGKILL');
      const second = begin(['worker', '--database', url, '--jobs', '2']);
      expect((await importing).code).toBe(1);
      expect(results(out)).toEqual(whole);
      expect(await countOf(url, 'documents')).toBe(SOURCES);
      expect(await countOf(url, 'kehoach.files')).toBe(3 * SOURCES);
      await stop(second);
    },
  );

test
  .skipIf(process.platform === 'win32')
  .concurrent('an import stopped with Ctrl-C leaves its jobs to the workers', async () => {
    const url = await server.database('stopped');
    const importing = begin(['import', plans, '--database', url]);
    await until(async () => (await countOf(url, 'kehoach.imports').catch(() => 0)) === SOURCES);
    const { code, stderr } = await stop(importing);
    expect(code).toBe(130);
    expect(stderr).toMatch(/ · no worker of this version with .+ is at work: start one with "kehoach worker/);
    expect(stderr).toMatch(/the jobs stay in the database/);
    const worker = begin(['worker', '--database', url, '--jobs', '2']);
    await until(async () => (await countOf(url, 'documents')) === SOURCES);
    await stop(worker);
  });

test.concurrent('export writes the same tables; a second one replaces', async () => {
  const url = await server.database('exported');
  for (let round = 0; round < 2; round++) {
    const { code, stderr } = await kehoach(['export', single, '--to', url]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('secret');
  }
  expect(await countOf(url, 'documents')).toBe((await readEntries(single)).length);
  const matrix = await rowsOf<{ count: string }>(url, 'select count(*) from indicator_matrix where year = 2026');
  const expected = (await recordsOf(single)).flatMap(
    (result) =>
      TABLES.at(-1)
        ?.rows(result)
        .filter(({ year }) => year === 2026) ?? [],
  );
  expect(Number(matrix[0]?.count)).toBe(expected.length);
});

test.concurrent('an export takes away what the folder has no more, and leaves what other folders have', async () => {
  const url = await server.database('changed');
  const [folder, other] = [join(temp, 'changed'), join(temp, 'other')];
  cpSync(single, folder, { recursive: true });
  cpSync(single, other, { recursive: true });
  const keep = (out: string, sources: string[]) => {
    const index = indexOf(out);
    const documents = index.documents.filter(({ source }) => sources.includes(source));
    writeFileSync(join(out, 'index.json'), JSON.stringify({ ...index, documents }));
  };
  const sources = async () =>
    (await rowsOf(url, 'select source from documents order by 1')).map(({ source }) => source);
  keep(other, ['2.txt']);
  keep(folder, ['1.txt', '2.txt', '3.txt']);
  for (const out of [other, folder]) expect((await kehoach(['export', out, '--to', url])).code).toBe(0);
  expect(await sources()).toEqual(['1.txt', '2.txt', '3.txt']);
  keep(folder, ['3.txt']);
  expect((await kehoach(['export', folder, '--to', url])).code).toBe(0);
  expect(await sources()).toEqual(['2.txt', '3.txt']);
});

test.concurrent('a wrong password: exit code 2, and what to do, without the password', async () => {
  const url = (await server.database('wrong')).replace(':secret@', ':hidden@');
  const { code, stdout, stderr } = await kehoach(['worker', '--database', url]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/User or password is wrong: check both/);
  expect(stderr).not.toContain('hidden');
});

test.concurrent('an import without a place for its results', async () => {
  const { code, stderr } = await kehoach(['import', plans]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/--out is missing/);
});
