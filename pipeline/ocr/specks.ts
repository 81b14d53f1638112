import { type Bitmap, inFours } from './bitmap.ts';
import type { GrayImage } from './gray.ts';

/** Inches about a speck that are free of other ink: wider than the white between a letter and its dot. */
const ALONE = 0.03;
/** Most ink of a speck, square inches: a quarter of a full stop of 12 points. */
const MOST = 0.00013;
/** Pixels about a pixel of a speck that are grayed by it. */
const HALO = 2;

/** Paints single dots of dust white, in place in both. */
export function eraseSpecks(image: GrayImage, bitmap: Bitmap): void {
  const { width, height, data } = bitmap;
  const reach = Math.max(2, Math.round(ALONE * image.dpi));
  const most = Math.max(1, Math.round(MOST * image.dpi * image.dpi));
  const fours = inFours(data);
  const specks: number[] = [];
  for (let p = 0; p < data.length; ) {
    if (data[p] === 0) {
      p++;
      if (p % 4 === 0) while (fours[p >> 2] === 0) p += 4;
      continue;
    }
    if (isAlone(bitmap, p, reach, most)) specks.push(p);
    p++;
  }
  for (const at of specks) {
    data[at] = 0;
    const x = at % width;
    const y = (at - x) / width;
    const from = Math.max(0, x - HALO);
    const to = Math.min(width, x + HALO + 1);
    for (let row = Math.max(0, y - HALO); row <= Math.min(height - 1, y + HALO); row++)
      for (let p = row * width + from; p < row * width + to; p++) image.data[p] = 255;
  }
}

/** Whether no more than `most` pixels of ink are in the square that reaches `reach` pixels from the one at `at`. */
function isAlone({ width, height, data }: Bitmap, at: number, reach: number, most: number): boolean {
  const x = at % width;
  const y = (at - x) / width;
  const left = Math.min(x, reach);
  const right = Math.min(width - 1 - x, reach);
  let ink = 0;
  // The nearest rows first: most ink has more beside it.
  for (let i = 0; i <= 2 * reach; i++) {
    const row = i % 2 === 0 ? y + (i >> 1) : y - ((i + 1) >> 1);
    if (row < 0 || row >= height) continue;
    for (let p = row * width + x - left; p <= row * width + x + right; p++) ink += data[p]!;
    if (ink > most) return false;
  }
  return true;
}
