import { describe, expect, test } from 'vitest';
import type { OcrWord } from '../../pipeline/ocr/engine.ts';
import { isUnsure, settleNumbers, tellNumbersApart } from '../../pipeline/ocr/readings.ts';

/** Words of one line, ten pixels a letter. */
function line(text: string, confidence: number): OcrWord[] {
  let x = 0;
  return text.split(' ').map((word) => {
    const rect = { x0: x, y0: 0, x1: x + 10 * word.length, y1: 20 };
    x = rect.x1 + 10;
    return { text: word, rect, baseline: 16, lineHeight: 20, line: 0, confidence };
  });
}
const told = (words: OcrWord[]) => words.map(({ text, confidence, doubt }) => ({ text, confidence, doubt }));

describe('a word in doubt', () => {
  const doubted = (text: string, confidence: number) =>
    line(text, confidence)
      .filter(isUnsure)
      .map(({ text }) => text);

  test('is a number, a name, or no syllable', () => {
    expect(doubted('số 85%; (12/2026) Phường tậph I. m¡', 0.85)).toEqual([
      '85%;',
      '(12/2026)',
      'Phường',
      'tậph',
      'I.',
      'm¡',
    ]);
    expect(doubted('85% 2026', 0.93)).toEqual([]);
  });

  test('is no syllable in small letters, and capitals only where they are read badly', () => {
    expect(doubted('bộ, "thuộc" CCHC KẾ', 0.75)).toEqual([]);
    expect(doubted('bộ, "thuộc" CCHC KẾ', 0.6)).toEqual(['CCHC', 'KẾ']);
  });
});

describe('two readings of a number', () => {
  test('are told apart by their digits alone', () => {
    expect(tellNumbersApart(line('85%', 0.9), line('35%', 0.9))).toBe(true);
    expect(tellNumbersApart(line('hồ', 0.9), line('h0', 0.9))).toBe(true);
    expect(tellNumbersApart(line('12/QÐ-TTg', 0.9), line('12/QĐ-TTg', 0.9))).toBe(false);
  });

  test('are settled by a third one', () => {
    const third = line('đạt 85% hồ sơ', 0.9);
    const old = line('đạt 85%', 0.7).slice(1);
    const fresh = line('đạt 35%', 0.95).slice(1);
    expect(told(settleNumbers(old, fresh, third, true))).toEqual([{ text: '85%', confidence: 0.7, doubt: undefined }]);
    expect(told(settleNumbers(fresh, old, third, false))).toEqual([{ text: '85%', confidence: 0.7, doubt: undefined }]);
  });

  test('keep the surer one in doubt where the third tells another number', () => {
    const old = line('85%', 0.7);
    const fresh = line('35%', 0.95);
    const kept = [{ text: '35%', confidence: 0.3, doubt: '85%' }];
    expect(told(settleNumbers(old, fresh, line('36%', 0.9), true))).toEqual(kept);
    expect(told(settleNumbers(old, fresh, [], true))).toEqual(kept);
  });
});
