import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../pipeline/ocr/bitmap.ts';
import type { OcrWord } from '../../pipeline/ocr/engine.ts';
import { countStems, settleNumerals } from '../../pipeline/ocr/numerals.ts';

/** Stems of a serif face: 3 pixels wide, 20 high, serifs that touch those of the next. */
function stems(count: number, gap = 5): { bitmap: Bitmap; rect: OcrWord['rect'] } {
  const [width, height] = [60, 30];
  const data = new Uint8Array(width * height);
  const ink = (x: number, y: number) => {
    data[y * width + x] = 1;
  };
  for (let n = 0; n < count; n++) {
    const x0 = 10 + n * (3 + gap);
    for (let y = 5; y < 25; y++) for (let x = x0; x < x0 + 3; x++) ink(x, y);
    for (const y of [5, 24]) for (let x = x0 - 3; x < x0 + 6; x++) ink(x, y);
  }
  const x1 = 10 + count * (3 + gap);
  // The stop behind the number stands on the line, below the band.
  for (const y of [23, 24]) for (let x = x1; x < x1 + 2; x++) ink(x, y);
  return { bitmap: { width, height, data }, rect: { x0: 7, y0: 5, x1: x1 + 3, y1: 25 } };
}

const word = (text: string, rect: OcrWord['rect']): OcrWord => ({
  text,
  rect,
  baseline: 25,
  lineHeight: 20,
  line: 0,
  confidence: 0.9,
});

describe('roman numbers made of strokes', () => {
  it.each([1, 2, 3])('counts %i stems whose serifs touch', (count) => {
    const { bitmap, rect } = stems(count);
    expect(countStems(bitmap, word('I.', rect))).toBe(count);
  });

  it('gives a dropped stroke back', () => {
    const { bitmap, rect } = stems(3);
    expect(settleNumerals([word('II.', rect)], bitmap)[0]?.text).toBe('III.');
  });

  it('leaves other words, and numbers with as many strokes, as they are', () => {
    const { bitmap, rect } = stems(2);
    const words = [word('II.', rect), word('IV.', rect), word('11', rect), word('In', rect)];
    expect(settleNumerals(words, bitmap)).toEqual(words);
  });

  it('says nothing of a blot', () => {
    const { bitmap, rect } = stems(1);
    bitmap.data.fill(1);
    expect(countStems(bitmap, word('I.', rect))).toBeNull();
  });
});
