import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { evaluate, pool, type Scores } from '../../output/eval/evaluate.ts';
import { evaluateFolder } from '../../output/eval/folder.ts';
import { formatEvaluation, formatScores } from '../../output/eval/format.ts';
import { UsageError } from '../../output/usage-error.ts';
import { binhAn, GOLD, RESULTS } from './fixture.ts';

// The judge's own figures for this document and gold; the comments say where they come from.
const JUDGED: Scores = {
  // 9 gold headings: "2 Công an xã" missed, "3 Bố trí công chức" invented, one of 8 has the wrong style.
  headings: {
    p: 0.8889,
    r: 0.8889,
    f1: 0.8889,
    tp: 8,
    fp: 1,
    fn: 1,
    path: 1,
    style: 0.875,
    runIn: 1,
    order: 1,
    level: 1,
  },
  // One of 3 missed, a year taken for a target; of 2 found one has another deadline and half the subject.
  indicators: {
    ...{ p: 0.6667, r: 0.6667, f1: 0.6667, tp: 2, fp: 1, fn: 1 },
    ...{ unit: 1, comparator: 1, change: 1, deadline: 0.5, period: 1, baseline: 1, subject: 0.5, section: 1 },
  },
  tasks: { p: 1, r: 1, f1: 1, tp: 3, fp: 0, fn: 0, area: 0.6667, section: 0.6667 },
  duties: { p: 1, r: 1, f1: 1, tp: 2, fp: 0, fn: 0, unit: 0.5, section: 1 },
  // The optional third row is no miss, its 6 cells count all the same: 10 of 18 are right.
  tables: { p: 1, r: 1, f1: 1, tp: 2, fp: 0, fn: 0, cells: 0.5556, cellsNear: 0.5556, order: 1, group: 0.6667 },
  references: { p: 1, r: 1, f1: 1, tp: 1, fp: 0, fn: 0, titled: 1, issuer: 1, type: 1, date: 0 },
  // 11 of 12 fields (one letter of the signatory), recipients 2·1/3: 11.6667 / 13.
  metadata: { accuracy: 0.8974 },
  suspects: { found: 0.5, of: 2, falsePerPage: 0.5 },
  // A task names the line above its own; "15/QĐ-UBND" is printed "15/QĐUBND".
  evidence: { ok: 0.8333, of: 12 },
};

const folders: string[] = [];
async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kehoach-eval-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

test('the figures are the judge’s', async () => {
  const { record, lines } = await binhAn();
  expect(await evaluate(record, lines, join(GOLD, 'binh-an'))).toEqual(JUDGED);
});

test('a kind without gold is not scored, nor evidence without text', async () => {
  const { record } = await binhAn();
  expect(await evaluate(record, null, join(GOLD, 'khong-co'))).toEqual({
    tasks: { p: 0, r: 1, f1: 0, tp: 0, fp: 3, fn: 0, area: 0, section: 0 },
  });
});

test('pooling adds counts up and weighs shares by their records', () => {
  const one: Scores = {
    tasks: { p: 1, r: 0.75, f1: 0.8571, tp: 3, fp: 0, fn: 1, area: 1 },
    tables: { p: 1, r: 0.5, f1: 0.6667, tp: 1, fp: 0, fn: 1, cells: 0.5 },
    suspects: { found: 0.5, of: 2, falsePerPage: 1 },
  };
  const two: Scores = {
    tasks: { p: 0.5, r: 1, f1: 0.6667, tp: 1, fp: 1, fn: 0, area: 0 },
    tables: { p: 1, r: 1, f1: 1, tp: 6, fp: 0, fn: 0, cells: 1 },
    suspects: { found: 1, of: 0, falsePerPage: 9 },
  };
  expect(pool([one, two])).toEqual({
    tasks: { p: 0.8, r: 0.8, f1: 0.8, tp: 4, fp: 1, fn: 1, area: 0.75 },
    tables: { p: 1, r: 0.875, f1: 0.9333, tp: 7, fp: 0, fn: 1, cells: 0.875 },
    suspects: { found: 0.5, falsePerPage: 1 },
  });
});

test('documents and gold folders find each other by name', async () => {
  const evaluation = await evaluateFolder(RESULTS, GOLD);
  expect(evaluation.documents).toEqual([{ document: '2026/binh-an.pdf', gold: 'binh-an', scores: JUDGED }]);
  expect(evaluation.withoutGold).toEqual(['trang-trang.pdf']);
  expect(evaluation.withoutDocument).toEqual(['khong-co']);
  expect(evaluation.pooled.headings).toEqual(JUDGED.headings);
  const text = formatEvaluation(evaluation, { color: false, width: 100 });
  expect(text).toContain('Documents without gold:\n  trang-trang.pdf');
  expect(text).toContain('Gold folders without a document:\n  khong-co');
});

test('the table is aligned and keeps to the width', () => {
  const rows = formatScores(JUDGED, { color: false, width: 100 }).split('\n');
  expect(rows[0]).toBe('                 P       R      F1    tp    fp    fn  fields');
  expect(rows).toContain(
    'headings    0.8889  0.8889  0.8889     8     1     1  path 1.0000  style 0.8750  runIn 1.0000',
  );
  expect(rows).toContain('metadata                                              accuracy 0.8974');
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(100);
});

test('no gold for any document is told', async () => {
  const gold = await scratch();
  await expect(evaluateFolder(RESULTS, gold)).rejects.toThrow(/has no gold folders/);
  await cp(join(GOLD, 'khong-co'), join(gold, 'xa-khac'), { recursive: true });
  await expect(evaluateFolder(RESULTS, gold)).rejects.toThrow(/No gold folder of .* is named like a document/);
});

test('damaged gold is told with file and line', async () => {
  const { record, lines } = await binhAn();
  const gold = await scratch();
  await writeFile(
    join(gold, 'duties.jsonl'),
    '{"unit": null, "quote": "Báo cáo.", "section": ["V"]}\n\n{"unit": null}\n',
  );
  const failure = await evaluate(record, lines, gold).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect((failure as Error).message).toMatch(/duties\.jsonl, line 3: quote: /);
});
