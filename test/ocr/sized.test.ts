import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OcrEngine, OcrRegion } from '../../pipeline/ocr/engine.ts';
import type { GrayImage } from '../../pipeline/ocr/gray.ts';
import { readingFactor, readSized } from '../../pipeline/ocr/sized.ts';

const image: GrayImage = { width: 300, height: 200, data: new Uint8Array(300 * 200).fill(255), dpi: 300 };

/** Reads each region as one word that fills it, and remembers what it was given. */
function reading() {
  const given: { image: GrayImage; regions: OcrRegion[] }[] = [];
  const engine: OcrEngine = {
    info: { name: 'tesseract', version: '0', data: '' },
    async recognize(sized, regions) {
      given.push({ image: sized, regions });
      return regions.map(({ rect }) => [
        { text: 'a', rect, baseline: rect.y1, lineHeight: rect.y1 - rect.y0, line: 0, confidence: 1 },
      ]);
    },
    close: async () => undefined,
  };
  return { engine, given };
}

test('regions are read at the size asked for, in whole pixels, and come back where they were', async () => {
  const place = fc.tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.05, max: 0.1, noNaN: true }));
  const size = fc.constantFrom(0.5, 0.75, 0.9, 1, 1.5);
  await fc.assert(
    fc.asyncProperty(size, size, place, place, async (x, y, [left, wide], [top, high]) => {
      const rect = { x0: left * 300, x1: (left + wide) * 300, y0: top * 200, y1: (top + high) * 200 };
      const { engine, given } = reading();
      const other = { x0: 10, y0: 10, x1: 290, y1: 30 };
      const regions = [other, rect].map((one) => ({ rect: one, mode: 'line' as const }));
      const [, [word] = []] = await readSized(image, regions, { x, y }, engine);
      const [call] = given;
      if (!word || !call) throw new Error('nothing was read');
      const sized = call.regions[1]?.rect ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
      for (const edge of Object.values(sized)) expect(Number.isInteger(edge)).toBe(true);
      expect(Math.abs(sized.x1 - sized.x0 - wide * 300 * x)).toBeLessThanOrEqual(2);
      expect(Math.abs(sized.y1 - sized.y0 - high * 200 * y)).toBeLessThanOrEqual(2);
      for (const edge of ['x0', 'y0', 'x1', 'y1'] as const)
        expect(Math.abs(word.rect[edge] - rect[edge])).toBeLessThanOrEqual(1 / (edge[0] === 'x' ? x : y));
      expect(word.lineHeight).toBeCloseTo(word.rect.y1 - word.rect.y0);
    }),
  );
});

test('no region is no call', async () => {
  const { engine, given } = reading();
  expect(await readSized(image, [], { x: 0.5, y: 0.5 }, engine)).toEqual([]);
  expect(given).toEqual([]);
});

test('a page is read smaller only where its letters are much higher than engines need', () => {
  const line = (xHeight: number) => [1, 1, 1, 1.5].map((of) => ({ x0: 0, x1: 9, y0: 0, y1: of * xHeight }));
  expect(readingFactor([line(27), line(27)])).toBeCloseTo(18 / 27);
  expect(readingFactor([line(18), line(15)])).toBe(1);
  expect(readingFactor([])).toBe(1);
});
