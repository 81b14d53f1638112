import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../../pipeline/ocr/bitmap.ts';
import { rowRuns } from '../../pipeline/ocr/components.ts';
import { type GrayImage, rotate, shrunk } from '../../pipeline/ocr/gray.ts';
import { eraseSpecks } from '../../pipeline/ocr/specks.ts';

// What is done four pixels at a time, or passed over where all is alike, against the same done pixel by pixel.

/** Rows of stretches of paper and ink, so that all words of four pixels come about. */
const bitmaps = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 40 })).chain(([width, height]) =>
  fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 60 }).map((lengths): Bitmap => {
    const data = new Uint8Array(width * height);
    for (let p = 0, i = 0; p < data.length; p += lengths[i++ % lengths.length] ?? 1)
      data.fill(i % 2, p, p + (lengths[i % lengths.length] ?? 1));
    return { width, height, data };
  }),
);

test('stretches of ink are those that a walk along each row meets', () => {
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      const { width, height, data } = bitmap;
      const met: number[] = [];
      for (let row = 0; row < height; row++)
        for (let x = 0; x < width; x++) {
          const from = x;
          while (x < width && data[row * width + x] === 1) x++;
          if (x > from) met.push(row, from, x);
        }
      expect([...rowRuns(bitmap)]).toEqual(met);
    }),
  );
});

test('specks are the pixels with little ink about them', () => {
  fc.assert(
    fc.property(bitmaps, fc.constantFrom(150, 200, 300), ({ width, height, data }, dpi) => {
      const reach = Math.round(0.03 * dpi);
      const most = Math.round(0.00013 * dpi * dpi);
      const left = data.map((pixel, p) => {
        const [x, y] = [p % width, Math.floor(p / width)];
        let ink = 0;
        for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++)
          for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++)
            ink += data[row * width + column] ?? 0;
        return ink > most ? pixel : 0;
      });
      const bitmap = { width, height, data: data.slice() };
      eraseSpecks({ width, height, data: new Uint8Array(data.length), dpi }, bitmap);
      expect(bitmap.data).toEqual(left);
    }),
  );
});

/** White paper with patches of noise. */
const pictures = fc
  .record({
    width: fc.integer({ min: 2, max: 150 }),
    height: fc.integer({ min: 2, max: 60 }),
    patches: fc.array(fc.tuple(fc.nat(149), fc.nat(59), fc.nat(20)), { maxLength: 6 }),
  })
  .map(({ width, height, patches }): GrayImage => {
    const data = new Uint8Array(width * height).fill(255);
    for (const [left, top, size] of patches)
      for (let y = top; y < Math.min(height, top + size); y++)
        for (let x = left; x < Math.min(width, left + size); x++) data[y * width + x] = (x * 37 + y * 91) & 255;
    return { width, height, data, dpi: 200 };
  });

test('a picture of half the size has the mean of each four pixels', () => {
  fc.assert(
    fc.property(pictures, (image) => {
      const { width, height, data } = shrunk(image, 2);
      const at = (x: number, y: number) => image.data[y * image.width + x] ?? 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const mean = (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4;
          expect(data[y * width + x]).toBe(Math.floor(mean + 0.5));
        }
    }),
  );
});

test('a turned picture has at each place what lay there before, between the pixels', () => {
  fc.assert(
    fc.property(pictures, fc.double({ min: -3, max: 3, noNaN: true }), (image, degrees) => {
      const { width, height, data } = image;
      const turned = rotate(image, degrees);
      const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
      const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const fromX = cx + cos * (x - cx) + sin * (y - cy);
          const fromY = cy - sin * (x - cx) + cos * (y - cy);
          const [column, row] = [Math.floor(fromX), Math.floor(fromY)];
          const [fx, fy] = [fromX - column, fromY - row];
          if (column < 1 || row < 1 || column >= width - 2 || row >= height - 2) continue;
          const at = (dx: number, dy: number) => data[(row + dy) * width + column + dx] ?? 0;
          const upper = at(0, 0) * (1 - fx) + at(1, 0) * fx;
          const lower = at(0, 1) * (1 - fx) + at(1, 1) * fx;
          expect(Math.abs((turned.data[y * width + x] ?? 0) - (upper * (1 - fy) + lower * fy))).toBeLessThan(4);
        }
    }),
  );
});
