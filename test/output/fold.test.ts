import { expect, test } from 'vitest';
import { fold, locateWords } from '../../output/fold.ts';

test.each([
  ['Hoà bình, HÒA BÌNH!', 'hòa bình hòa bình'],
  ['Uỷ ban', 'ủy ban'],
  ['quý, quỹ, quỵ', 'quý quỹ quỵ'],
  ['hoàn thành', 'hoàn thành'],
  ['76/NQ-CP_2021', '76 nq cp 2021'],
  ['Thu\u0309y la\u0300', 'thủy là'],
  ['≥ 98%', '98'],
  ['', ''],
])('%s is compared as "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('words keep their places in the text', () => {
  const text = '- Thuỷ lợi: 98,5%';
  expect(locateWords(text).map(({ word, start, end }) => [word, text.slice(start, end)])).toEqual([
    ['thủy', 'Thuỷ'],
    ['lợi', 'lợi'],
    ['98', '98'],
    ['5', '5'],
  ]);
});
