import { expect, it } from 'vitest';
import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { layoutPage } from '../../pipeline/layout/page.ts';
import type { CleanPage } from '../../pipeline/ocr/clean.ts';
import { foldOf, halvesOf, joinHalves } from '../../pipeline/ocr/facing.ts';
import type { RasterImage } from '../../pipeline/ocr/raster.ts';
import type { Page } from '../../pipeline/page.ts';
import { A4, justify, set } from '../layout/typeset.ts';

const [WIDTH, HEIGHT] = [1200, 800];
/** Lines of letters 8 wide and 16 high, `gap` apart. */
const lines = (from: number, to: number, count: number, gap = 3): CleanPage['lines'] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: Math.floor((to - from) / (8 + gap)) }, (__, i) => ({
      ...{ x0: from + i * (8 + gap), x1: from + i * (8 + gap) + 8 },
      ...{ y0: 60 + row * 30, y1: 76 + row * 30 },
    })),
  );
const clean = (printed: CleanPage['lines'], rulings: CleanPage['rulings'] = [], width = WIDTH): CleanPage =>
  ({ image: { width, height: HEIGHT }, lines: printed, rulings }) as CleanPage;

it('two pages side by side part in the white between them', () => {
  const both = [...lines(60, 540, 20), ...lines(680, 1140, 4)];
  expect(foldOf(clean(both))).toBeCloseTo(609, -1);
  // One page: print in the middle, a table across it, a few words at left and right, an upright page.
  expect(foldOf(clean([...both, ...lines(500, 760, 1)]))).toBeNull();
  expect(foldOf(clean(both, [{ horizontal: true, from: 60, to: 1140, rows: [] } as never]))).toBeNull();
  expect(foldOf(clean([...lines(60, 300, 20), ...lines(800, 1140, 4)]))).toBeNull();
  expect(foldOf(clean(both, [], 900))).toBeNull();
  // A page on its side: what looks like a line are letters of many.
  expect(foldOf(clean([...lines(60, 540, 20, 14), ...lines(680, 1140, 20, 14)]))).toBeNull();
});

it('halves keep their pixels and their tint', () => {
  const [width, height] = [8, 2];
  const data = Uint8Array.from({ length: width * height }, (_, i) => i);
  const plane = Uint8ClampedArray.from({ length: 4 }, (_, i) => i);
  const tint = { width: 4, height: 1, across: 2, down: 2, blue: plane, red: plane };
  const image: RasterImage = { width, height, channels: 1, data, dpi: 100, tint };
  const { left, right, fold } = halvesOf(image, 0.4);
  expect([fold, [...left.data], [...right.data]]).toEqual([
    0.5,
    [0, 1, 2, 3, 8, 9, 10, 11],
    [4, 5, 6, 7, 12, 13, 14, 15],
  ]);
  expect([[...left.tint!.red], [...right.tint!.blue], right.tint!.width]).toEqual([[0, 1], [2, 3], 2]);
});

it('are read one after the other, their boxes those of the whole image', () => {
  const page = (number: number, ...rows: ReturnType<typeof set>[]): Page => ({
    ...{ number, ...A4, textSource: 'ocr', quality: 1, engine: null },
    ...layoutPage(rows.flat(), [], A4),
  });
  const text = 'Căn cứ tình hình của các thôn trong xã và ý kiến của bà con';
  const half = (last: string) => page(1, ...[60, 78, 96].map((y) => justify(text, y)), set(last, 60, 114));
  const alone = assemblePages([half('Trái.'), { ...half('Phải.'), number: 2 }]);
  const joined = assemblePages([joinHalves(half('Trái.'), half('Phải.'), 0.5)]);
  expect(joined.paragraphs.map(({ text: one }) => one)).toEqual(alone.paragraphs.map(({ text: one }) => one));
  expect(new Set(joined.paragraphs.map(({ page: number }) => number))).toEqual(new Set([1]));
  const boxes = alone.words.flat().map(({ page: number, box }) => {
    const [x0, y0, x1, y1] = box!;
    return [(x0 + number - 1) / 2, y0, (x1 + number - 1) / 2, y1].map((value) => expect.closeTo(value, 6));
  });
  expect(joined.words.flat().map(({ box }) => box)).toEqual(boxes);
});
