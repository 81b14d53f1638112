import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportResults } from '../../../output/export.ts';
import type { Indicator, PlanRecord } from '../../../output/record.ts';
import type { Change, Decision } from '../../../output/review/model.ts';
import { saveChanges } from '../../../output/review/store.ts';
import { UsageError } from '../../../output/usage-error.ts';
import { binhAn, RESULTS } from '../fixture.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-export-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function refusal(work: Promise<unknown>): Promise<string> {
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect(failure).toMatchObject({ exitCode: 2 });
  return (failure as UsageError).message;
}

const KNOWN = 'Known: .xlsx, .csv, .jsonl, .parquet, .sqlite, postgres://….';

test.each([
  ['kq.doc', `"kq.doc": the ending says how to export, and .doc is unknown. ${KNOWN}`],
  ['kq', `"kq": the ending says how to export, and there is none. ${KNOWN}`],
])('export to %s is refused in plain words', async (to, message) => {
  expect(await refusal(exportResults(RESULTS, to))).toBe(message);
});

test.each(['.xlsx', '.csv', '.jsonl', '.parquet', '.sqlite'])(
  '%s: a folder that is not there, or a name that a folder has, is told; nothing is left behind',
  async (ending) => {
    const missing = exportResults(RESULTS, join(dir, `không/kq${ending}`));
    expect(await refusal(missing)).toMatch(/cannot be written: there is no such folder/);
    const path = join(dir, ending === '.csv' ? 'kq.tasks.csv' : `kq${ending}`);
    await mkdir(path);
    await writeFile(join(path, 'x'), '');
    expect(await refusal(exportResults(RESULTS, join(dir, `kq${ending}`)))).toMatch(/kq.*cannot be written: /);
    expect((await readdir(dir)).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
);

test('a folder without documents is told', async () => {
  await writeFile(join(dir, 'index.json'), '{"schemaVersion":"1.0","documents":[]}');
  expect(await refusal(exportResults(dir, join(dir, 'kq.csv')))).toMatch(
    /has no documents: there is nothing to export/,
  );
});

test('--against names a document there is, and goes with a workbook', async () => {
  const to = join(dir, 'kq.xlsx');
  const unknown = await refusal(exportResults(RESULTS, to, { against: 'tinh.pdf' }));
  expect(unknown).toMatch(/has no document "tinh\.pdf"\. Name one by its id, folder or source:\n {2}00112233445566aa/);
  expect(await refusal(exportResults(RESULTS, join(dir, 'kq.csv'), { against: 'binh-an' }))).toMatch(
    /export to \.xlsx/,
  );
  expect(await readdir(dir)).toEqual([]);
});

test('a damaged document is told, and what was there before stays', async () => {
  await cp(RESULTS, dir, { recursive: true });
  await writeFile(join(dir, 'kq.jsonl'), 'trước\n');
  await writeFile(join(dir, 'trang-trang/document.json'), '{');
  expect(await refusal(exportResults(dir, join(dir, 'kq.jsonl')))).toMatch(/document\.json is damaged/);
  expect(await readFile(join(dir, 'kq.jsonl'), 'utf8')).toBe('trước\n');
});

test("a reviewer's decisions are applied", async () => {
  await cp(RESULTS, dir, { recursive: true });
  const { entry, record } = await binhAn();
  const [first, , third] = record.indicators;
  if (!first || !third) throw new Error('the fixture has changed');
  const decided = (indicator: Indicator, decision: Pick<Decision, 'decision' | 'patch'>): Change => ({
    id: indicator.id,
    before: null,
    after: {
      ...{ id: indicator.id, kind: 'indicator', quote: indicator.quote, note: null, who: null },
      ...{ when: '2026-11-20T00:00:00Z', ...decision },
    },
  });
  await saveChanges(dir, entry, [
    decided(first, { decision: 'patch', patch: [{ op: 'replace', path: '/value', value: 96 }] }),
    decided(third, { decision: 'reject', patch: null }),
  ]);
  await exportResults(dir, join(dir, 'kq.jsonl'));
  const [line = ''] = (await readFile(join(dir, 'kq.jsonl'), 'utf8')).split('\n');
  expect((JSON.parse(line) as PlanRecord).indicators.map(({ value }) => value)).toEqual([96, 10]);
});
