import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GrayImage } from '../../pipeline/ocr/gray.ts';
import { resampler, scaledSize } from '../../pipeline/ocr/resample.ts';

/** Gray that rises by as much from each pixel to the next, across and down. */
function ramp(width: number, height: number): GrayImage {
  const data = Uint8Array.from({ length: width * height }, (_, i) => 2 * (i % width) + Math.floor(i / width));
  return { width, height, data, dpi: 200 };
}

const places = fc.double({ min: 0, max: 1, noNaN: true });

test.each([0.55, 0.9, 1.5])('a part of a picture %d times as wide shows what lay there', (x) => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 80 }), fc.constantFrom(0.55, 0.9, 1, 1.5), places, (size, y, from) => {
      const image = ramp(size, size);
      const [width, height] = scaledSize(image, { x, y });
      const [x0, y0] = [Math.floor(from * (width - 4)), Math.floor(from * (height - 4))];
      const part = resampler(image, { x, y })({ x0, y0, x1: x0 + 4, y1: y0 + 4 });
      expect([part.width, part.height]).toEqual([4, 4]);
      part.data.forEach((gray, i) => {
        const across = ((x0 + (i % 4) + 0.5) * size) / width - 0.5;
        const down = ((y0 + Math.floor(i / 4) + 0.5) * size) / height - 0.5;
        // The picture ends where the ramp would go on.
        if (across < 2 || down < 2 || across > size - 3 || down > size - 3) return;
        expect(Math.abs(gray - 2 * across - down)).toBeLessThanOrEqual(1);
      });
    }),
  );
});
