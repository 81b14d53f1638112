import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PlanRecord } from '../../output/record.ts';
import { planText } from '../cli/files.ts';
import { kehoach, recordOf } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';
import { CIRCULAR, hugePage, lostObjects, manyPages, wordBomb } from './inputs.ts';

const plans = join(tempFolder(), 'plans');
const out = join(plans, '../out');
let told: string;

beforeAll(async () => {
  const files = {
    ...CIRCULAR,
    'bomb.docx': wordBomb(210),
    '10,000 pages.pdf': manyPages(10_000),
    'pages lost.pdf': lostObjects(manyPages(3), 5, 6),
    '200 inches.pdf': hugePage(),
    'good.txt': planText(1),
  };
  mkdirSync(plans);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(plans, name), bytes);
  const { code, stderr } = await kehoach(['import', plans, '--out', out, '--max-pages', '20', '--timeout', '100']);
  expect(code).toBe(1);
  told = stderr;
}, 240_000);

const outcomeOf = (source: string): [string, string[]] => {
  const { outcome, issues } = PlanRecord.parse(recordOf(out, source));
  return [outcome, issues.filter(({ severity }) => severity === 'error').map(({ code }) => code)];
};

test.each([
  ['bomb.docx', 'failed', 'too-large'],
  ['10,000 pages.pdf', 'partial', 'too-many-pages'],
  ['pages lost.pdf', 'failed', 'empty-file'],
])('%s: %s as %s', (source, outcome, code) => {
  expect(outcomeOf(source)).toEqual([outcome, [code]]);
  expect(told).toMatch(new RegExp(`^${source}: `, 'm'));
});

test('a page of 200 inches with nothing to read on it, and a good plan beside it', () => {
  expect(outcomeOf('200 inches.pdf')).toEqual(['failed', ['empty-file']]);
  expect(outcomeOf('good.txt')).toEqual(['done', []]);
});

// The one that has text in spite of its font is read.
const READ = ['a font of itself.pdf'];

test.each(Object.keys(CIRCULAR))('%s ends; without a text it has failed', (source) => {
  const [outcome, codes] = outcomeOf(source);
  if (READ.includes(source)) return expect([outcome, codes]).toEqual(['done', []]);
  expect(outcome).toBe('failed');
  for (const code of codes) expect(['damaged', 'empty-file', 'page-unreadable']).toContain(code);
});
