import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { GOLD, indexOf, kehoach, PLANS, recordOf } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';
import { inventedNumbers } from './numbers.ts';

/** Beside the plans a scanned table cut by the end of a page; the other hard scans are measured by npm run eval. */
const CUT_TABLE = 'chau-diem.pdf';
const sources = [...readdirSync(PLANS), CUT_TABLE];

const temp = tempFolder();
const [plans, out] = [join(temp, 'plans'), join(temp, 'out')];

beforeAll(async () => {
  mkdirSync(plans);
  for (const file of sources)
    cpSync(file === CUT_TABLE ? join(PLANS, '../scans/cut-table', file) : join(PLANS, file), join(plans, file));
  const { code, stderr } = await kehoach(['import', plans, '--out', out]);
  expect([code, stderr.split('\n').filter((line) => /failed|partial/.test(line))]).toEqual([0, []]);
}, 300_000);

const linesOf = (source: string): string[] => {
  const entry = indexOf(out).documents.find((one) => one.source === source);
  return readFileSync(join(out, entry?.folder ?? '', 'text.txt'), 'utf8').split('\n');
};

describe.each(sources)('%s', (source) => {
  it('says no number that its source does not have', () => {
    const truth = readFileSync(join(GOLD, basename(source, extname(source)), 'text.txt'), 'utf8');
    expect(inventedNumbers(recordOf(out, source), linesOf(source), truth)).toEqual([]);
  });
});

it('an invented value, date or document number would be seen', () => {
  const record = recordOf(out, 'thach-lang.pdf');
  const [lines, truth] = [linesOf('thach-lang.pdf'), readFileSync(join(GOLD, 'thach-lang', 'text.txt'), 'utf8')];
  const spoil = (change: (copy: typeof record) => void): number => {
    const copy = structuredClone(record);
    change(copy);
    return inventedNumbers(copy, lines, truth).length;
  };
  const first = <T>(list: T[]): T => list[0] as T;
  expect(spoil((copy) => Object.assign(first(copy.indicators), { value: 93 }))).toBeGreaterThan(0);
  expect(spoil((copy) => Object.assign(first(copy.indicators), { deadline: '2026-08-29' }))).toBeGreaterThan(0);
  expect(spoil((copy) => Object.assign(first(copy.references), { number: '46/2020/NĐ-CP' }))).toBeGreaterThan(0);
  expect(spoil((copy) => Object.assign(first(copy.references), { date: '2020-04-09' }))).toBeGreaterThan(0);
  expect(spoil((copy) => Object.assign(copy.metadata, { number: '75/KH-UBND' }))).toBeGreaterThan(0);
  expect(
    spoil((copy) => Object.assign(first(first(copy.taskTables).rows), { deadlineDate: '2026-02-16' })),
  ).toBeGreaterThan(0);
});
