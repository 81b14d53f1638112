import { expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { confidenceOf } from '../../pipeline/evidence.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

const LINE = '- Tối thiểu 85% hồ sơ được trả đúng hẹn cho người dân trên địa bàn thành phố.';

/** The confidence of the whole line, its words as sure as `sure` tells by their text; 1 where it does not. */
function confidence(line: string, sure: Record<string, number> = {}, certainty = 0.97): number {
  const assembled = assemblePages(readTextPages(line));
  for (const word of assembled.words[0] ?? [])
    word.confidence = sure[line.slice(word.start, word.end)] ?? word.confidence;
  const number = { paragraph: 0, start: line.indexOf('85'), end: line.indexOf('85') + 3 };
  return confidenceOf(assembled, certainty, { paragraph: 0, start: 2, end: line.length }, number);
}

it('print that was not recognised is as sure as the rule', () => {
  expect(confidence(LINE)).toBe(0.97);
  expect(confidence(LINE, {}, 0.75)).toBe(0.75);
});

it('falls with each word that was read unsurely, and most with the number', () => {
  const one = confidence(LINE, { hẹn: 0.4 });
  expect(one).toBeLessThan(0.9);
  expect(confidence(LINE, { hẹn: 0.4, người: 0.4 })).toBeLessThan(one);
  expect(confidence(LINE, { '85%': 0.4 })).toBeLessThan(one);
});

it('does not fall for words read as surely as most are', () => {
  expect(confidence(LINE, { hẹn: 0.93, người: 0.95 })).toBe(0.97);
});

it('falls for what is no word, and for a word that its neighbours contradict, in recognised text', () => {
  expect(confidence(LINE.replace('hẹn', 'hẹnx'), { Tối: 0.99 })).toBeLessThan(0.8);
  expect(confidence(LINE.replace('thành phố', 'thành phổ'), { Tối: 0.99 })).toBeLessThan(0.8);
  expect(confidence(LINE.replace('thành phố', 'thành phổ'))).toBe(0.97);
});
