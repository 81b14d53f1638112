import type { Bitmap } from './bitmap.ts';
import { rowRuns } from './components.ts';
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
  const runs = rowRuns(bitmap);
  const specks: number[] = [];
  for (let i = 0; i < runs.length; i += 3) {
    const row = runs[i]!;
    const from = runs[i + 1]!;
    const to = runs[i + 2]!;
    // What is about each pixel of a stretch is too much for all: no need to look about each.
    if (Math.min(to - from, reach + 1) > most) continue;
    if (to - from <= reach && !isAlone(bitmap, row, from, to - 1, reach, most)) continue;
    for (let x = from; x < to; x++) if (isAlone(bitmap, row, x, x, reach, most)) specks.push(row * width + x);
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

/** Whether no more than `most` pixels of ink are in all of the squares that reach `reach` pixels from those of a row's stretch. */
function isAlone(
  { width, height, data }: Bitmap,
  y: number,
  first: number,
  last: number,
  reach: number,
  most: number,
): boolean {
  const left = Math.max(0, last - reach);
  const right = Math.min(width - 1, first + reach);
  let ink = 0;
  // The nearest rows first: most ink has more beside it.
  for (let i = 0; i <= 2 * reach; i++) {
    const row = i % 2 === 0 ? y + (i >> 1) : y - ((i + 1) >> 1);
    if (row < 0 || row >= height) continue;
    for (let p = row * width + left; p <= row * width + right; p++) ink += data[p]!;
    if (ink > most) return false;
  }
  return true;
}
