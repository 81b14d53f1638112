import { describe, expect, it } from 'vitest';
import { tableOf } from '../../corpus/eval/table.ts';
import { scoreText, syllablesWrong } from '../../corpus/eval/text.ts';

describe('text accuracy', () => {
  it('is 1 for the truth, whatever its capitals, marks of sentences and placing of tones', () => {
    const figures = scoreText('ỦY BAN; hoà giải đạt 98,5 %', 'Uỷ ban hòa giải: đạt 98,5%');
    expect(figures).toEqual({ syllables: 1, of: 5, numbersKept: 1, numbersInvented: 0 });
  });

  it('counts a syllable read wrongly, one out of order, a number lost and one invented', () => {
    const figures = scoreText('giải quyêt đúng hạn 89 hồ sơ 7', 'giải quyết đúng hạn 98 hồ sơ');
    expect(figures).toEqual({ syllables: 0.8333, of: 6, numbersKept: 0, numbersInvented: 2 });
    expect(scoreText('đúng hạn, giải quyết hồ sơ', 'giải quyết đúng hạn hồ sơ').syllables).toBeCloseTo(4 / 6, 3);
    expect(syllablesWrong('giải quyêt đúng hạn 89 hồ sơ 7', 'giải quyết đúng hạn 98 hồ sơ')).toBe(1);
  });
});

it('the table has a row a document and one for all, weighted by their syllables; kinds without a record stay blank', () => {
  const scores = { headings: { f1: 0.5, level: 1, tp: 1, fp: 1, fn: 1 }, tables: { cells: 1, tp: 0, fp: 0, fn: 0 } };
  const documents = ['a.txt', 'b.pdf'].map((document) => ({ document, gold: 'a', scores }));
  const texts = new Map([
    ['a.txt', { syllables: 1, of: 300, numbersKept: 1, numbersInvented: 0 }],
    ['b.pdf', { syllables: 0.9, of: 100, numbersKept: 0.5, numbersInvented: 0 }],
  ]);
  const lines = tableOf({ documents, pooled: scores }, texts).split('\n');
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells[2]?.slice(1, 6)).toEqual(['a.txt', '1.000', '1.000', '0.500', '1.000']);
  expect(cells[4]?.slice(1, 6)).toEqual(['all 2', '0.975', '0.875', '0.500', '1.000']);
  expect(cells[0]?.indexOf('cells')).toBeGreaterThan(0);
  expect(cells[2]?.[cells[0]?.indexOf('cells') ?? 0]).toBe('');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});
