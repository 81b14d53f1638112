import { expect, it } from 'vitest';
import type { OcrWord } from '../../pipeline/ocr/engine.ts';
import { isUnreadable, pageQuality } from '../../pipeline/ocr/page-quality.ts';

const letters = (y: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ x0: i * 10, y0: y, x1: i * 10 + 8, y1: y + 14 }));
const word = (text: string, y: number, confidence: number): OcrWord => ({
  ...{ text, confidence, rect: { x0: 0, y0: y, x1: text.length * 10, y1: y + 14 } },
  ...{ baseline: y + 14, lineHeight: 20, line: 0 },
});

it('quality is the share of the letters that stand in sure words', () => {
  expect(pageQuality([], [])).toBe(1);
  expect(pageQuality([word('hành', 0, 0.9)], [letters(0, 4)])).toBe(1);
  expect(pageQuality([word('hành', 0, 0.9), word('ch1n', 40, 0.3)], [letters(0, 4), letters(40, 4)])).toBe(0.5);
});

it('letters that no word covers are not read', () => {
  expect(pageQuality([word('hành', 0, 0.9)], [letters(0, 4), letters(100, 12)])).toBe(0.25);
});

it('a page full of print with next to no sure word is unreadable; an empty one and a picture’s caption are not', () => {
  const page = Array.from({ length: 10 }, (_, i) => letters(i * 40, 20));
  expect(isUnreadable([word('~/|', 0, 0.2)], page)).toBe(true);
  expect(isUnreadable([], [])).toBe(false);
  expect(isUnreadable([], [letters(0, 12)])).toBe(false);
  expect(
    isUnreadable(
      page.map((_, i) => word('hành chính công', i * 40, 0.9)),
      page,
    ),
  ).toBe(false);
});
