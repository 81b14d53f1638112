import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../pipeline/ocr/bitmap.ts';
import type { OcrWord } from '../../pipeline/ocr/engine.ts';
import { countStems, countUpright, settleNumerals } from '../../pipeline/ocr/numerals.ts';

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
  it.each([2, 3])('a quarter read with two of %i strokes', (count) => {
    const { bitmap, rect } = stems(count);
    const wide = { ...rect, x1: rect.x0 + Math.round((rect.x1 - rect.x0) / 0.36) };
    const read = word('II/2026', wide);
    const doubted = { ...read, text: 'III/2026', confidence: 0.3, doubt: 'II/2026' };
    expect(settleNumerals([read], bitmap)).toEqual([count === 2 ? read : doubted]);
  });

  it.each([2, 3])('counts %i strokes behind V, whose own are none', (count) => {
    const { bitmap, rect } = stems(count);
    const wide: Bitmap = { width: 90, height: 30, data: new Uint8Array(90 * 30) };
    for (let i = 0; i < bitmap.data.length; i++) wide.data[Math.floor(i / 60) * 90 + (i % 60) + 24] = bitmap.data[i]!;
    for (let y = 5; y < 25; y++) {
      const lean = Math.round((y - 5) / 2);
      for (const x of [8 + lean, 9 + lean, 10 + lean, 27 - lean]) wide.data[y * 90 + x] = 1;
    }
    const read = word('VI.', { ...rect, x0: 7, x1: rect.x1 + 24 });
    expect(settleNumerals([read], wide).map(({ text }) => text)).toEqual([`V${'I'.repeat(count)}.`]);
  });

  it('"1" behind "quý" is I by the serifs on both sides of its head alone', () => {
    const { bitmap, rect } = stems(1);
    const read = [word('quý', { x0: 0, y0: 5, x1: 4, y1: 25 }), word('1/2026', rect)];
    const texts = (): string[] => settleNumerals(read, bitmap).map(({ text }) => text);
    expect(texts()).toEqual(['quý', 'I/2026']);
    // The figure has a flag on the left of its head and a foot.
    for (let x = 13; x < 16; x++) bitmap.data[5 * 60 + x] = 0;
    expect(texts()).toEqual(['quý', '1/2026']);
    read[0] = word('năm', read[0]!.rect);
    expect(texts()).toEqual(['năm', '1/2026']);
  });

  it.each([1, 2, 3])('counts %i stems whose serifs touch', (count) => {
    const { bitmap, rect } = stems(count);
    expect(countStems(bitmap, word('I.', rect))).toBe(count);
  });

  it('counts in a box that a reading at another size left between pixels', () => {
    const { bitmap, rect } = stems(3);
    expect(countStems(bitmap, word('I.', { ...rect, x0: rect.x0 + 0.3, y0: rect.y0 - 0.3 }))).toBe(3);
  });

  it('tells I from H and L by the bar and the foot', () => {
    const { bitmap, rect } = stems(2);
    expect(countUpright(bitmap, word('H.', rect))).toBe(2);
    for (let x = 10; x < 20; x++) bitmap.data[15 * 60 + x] = 1;
    expect(countUpright(bitmap, word('H.', rect))).toBeNull();
    const foot = stems(1);
    for (let x = 10; x < 24; x++) foot.bitmap.data[24 * 60 + x] = 1;
    expect(countUpright(foot.bitmap, word('L', { ...foot.rect, x1: 26 }))).toBeNull();
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
