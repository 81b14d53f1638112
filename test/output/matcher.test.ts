import { expect, test } from 'vitest';
import { round } from '../../output/eval/figures.ts';
import { matchingBlocks, ratio } from '../../output/eval/matcher.ts';

// Blocks and ratios as printed by Python 3.11's difflib.SequenceMatcher(None, a, b, autojunk=False).
test.each([
  [
    'abxcd',
    'abcd',
    [
      [0, 0, 2],
      [3, 2, 2],
      [5, 4, 0],
    ],
    0.8888888888888888,
  ],
  [
    'qabxcd',
    'abycdf',
    [
      [1, 0, 2],
      [4, 3, 2],
      [6, 6, 0],
    ],
    0.6666666666666666,
  ],
  [
    'abcabba',
    'cbabac',
    [
      [0, 2, 2],
      [2, 5, 1],
      [7, 6, 0],
    ],
    0.46153846153846156,
  ],
  ['', 'x', [[0, 1, 0]], 0],
  [
    'aaaa',
    'aa',
    [
      [0, 0, 2],
      [4, 2, 0],
    ],
    0.6666666666666666,
  ],
  [
    'private',
    'privateer',
    [
      [0, 0, 7],
      [7, 9, 0],
    ],
    0.875,
  ],
  [
    'xaybzc',
    'abc',
    [
      [1, 0, 1],
      [3, 1, 1],
      [5, 2, 1],
      [6, 3, 0],
    ],
    0.6666666666666666,
  ],
] as const)('%s against %s', (a, b, blocks, likeness) => {
  expect(matchingBlocks([...a], [...b]).map(({ a, b, size }) => [a, b, size])).toEqual(blocks);
  expect(ratio([...a], [...b])).toBe(likeness);
});

test('frequent words count too, however long the text', () => {
  const a = 'a b '.repeat(150).trim().split(' ');
  const b = 'b a c '.repeat(100).trim().split(' ');
  expect(matchingBlocks(a, b)).toHaveLength(101);
  expect(ratio(a, b)).toBe(0.6666666666666666);
});

test.each([
  [0.03125, 4, 0.0312],
  [0.09375, 4, 0.0938],
  [0.28125, 4, 0.2812],
  [2 / 3, 4, 0.6667],
  [0.00005, 4, 0.0001],
  [1 / 16, 3, 0.062],
  [3 / 16, 3, 0.188],
  [1, 4, 1],
])('%d rounds to %d decimals as in Python', (value, digits, rounded) => {
  expect(round(value, digits)).toBe(rounded);
});
