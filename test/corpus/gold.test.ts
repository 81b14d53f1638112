import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { caseFile, readCases } from '../../corpus/make/cases.ts';
import { type Gold, numbersIn, problemsOf, readGold } from './check-gold.ts';

const CORPUS = fileURLToPath(new URL('../../corpus/', import.meta.url));
const cases = readCases(join(CORPUS, 'scans'));
const names = readdirSync(join(CORPUS, 'gold')).sort();

describe.each(names)('gold of %s', (name) => {
  it('agrees with its text', () => {
    expect(problemsOf(readGold(join(CORPUS, 'gold', name)))).toEqual([]);
  });

  it('has a source and a plan of its name', () => {
    expect(existsSync(join(CORPUS, 'sources', `${name}.md`))).toBe(true);
    const plans = readdirSync(join(CORPUS, 'plans')).filter((file) => basename(file, extname(file)) === name);
    const scans = cases.filter(({ source }) => source === name);
    expect(plans).toHaveLength(scans.length > 0 ? 0 : 1);
    for (const path of [
      ...plans.map((file) => join('plans', file)),
      ...scans.map((one) => join('scans', caseFile(one))),
    ])
      expect(statSync(join(CORPUS, path)).size).toBeLessThan(1024 * 1024);
  });

  it('repeats no quote', () => {
    const { tasks, duties } = readGold(join(CORPUS, 'gold', name));
    const quotes = [...tasks, ...duties].map((row) => row.quote);
    expect(new Set(quotes).size).toBe(quotes.length);
  });
});

it('holds as many records as the README says', () => {
  const count = (name: string): number[] => {
    const { headings, indicators, tasks, duties, tables, references } = readGold(join(CORPUS, 'gold', name));
    return [headings, indicators, tasks, duties, tables, references].map((rows) => rows.length);
  };
  expect(Object.fromEntries(names.map((name) => [name, count(name)]))).toEqual({
    'an-khoat': [21, 8, 9, 4, 0, 2],
    'bach-khoan': [12, 6, 3, 3, 0, 2],
    'cam-huyen': [8, 4, 3, 3, 0, 1],
    'chau-diem': [3, 2, 0, 2, 10, 0],
    'giang-hoach': [18, 12, 5, 5, 6, 5],
    'ha-due': [24, 10, 8, 4, 0, 2],
    'loc-hac': [11, 5, 7, 4, 7, 1],
    'nguyet-khe': [38, 17, 30, 10, 0, 5],
    'phu-lam': [14, 9, 3, 4, 22, 1],
    'son-huan': [5, 3, 2, 2, 0, 1],
    'thach-lang': [26, 10, 17, 12, 13, 5],
    'tung-nghieu': [32, 16, 19, 8, 0, 5],
    'van-khoang': [31, 15, 16, 7, 0, 5],
    'yen-sanh': [5, 3, 0, 2, 6, 0],
  });
});

describe('the checker', () => {
  const spoiled = (change: (gold: Gold) => void): string[] => {
    const gold = structuredClone(readGold(join(CORPUS, 'gold', 'thach-lang')));
    change(gold);
    return problemsOf(gold);
  };
  const first = (rows: Record<string, unknown>[]): Record<string, unknown> => rows[0] as Record<string, unknown>;

  it.each<[string, (gold: Gold) => void]>([
    ['a quote that is not printed', (gold) => Object.assign(first(gold.tasks), { quote: 'Giao ban hằng tuần.' })],
    ['a section without a heading', (gold) => Object.assign(first(gold.duties), { section: ['V', '9'] })],
    ['another value', (gold) => Object.assign(first(gold.indicators), { value: 99 })],
    ['another deadline', (gold) => Object.assign(first(gold.indicators), { deadline: '2026-12-30' })],
    ['another cell', (gold) => Object.assign(first(gold.tables), { lead: 'Công an phường' })],
    ['a heading out of order', (gold) => gold.headings.reverse()],
    ['another date of a reference', (gold) => Object.assign(gold.references[1] as object, { date: '2020-04-09' })],
    ['another signatory', (gold) => Object.assign(gold.metadata, { signatory: 'Lương Khải' + ' Huyền' })],
    ['a misprint that is not there', (gold) => Object.assign(first(gold.suspects), { at: 'kiễm soát' })],
  ])('finds %s', (_, change) => {
    expect(spoiled(change)).not.toEqual([]);
  });

  it('reads Vietnamese numbers', () => {
    expect(numbersIn('từ 99,5 % đến 1.200 hồ sơ, 05 lần, ngày 30/9/2026')).toEqual([99.5, 1200, 5, 30, 9, 2026]);
  });
});
