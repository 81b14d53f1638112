import type { Bitmap } from './bitmap.ts';
import { blank, type GrayImage } from './gray.ts';

/** Inches about a speck that are free of other ink: wider than the white between a letter and its dot. */
const ALONE = 0.03;
/** Most ink of a speck, square inches: a quarter of a full stop of 12 points. */
const MOST = 0.00013;

/** Paints single dots of dust white, in place in both. */
export function eraseSpecks(image: GrayImage, bitmap: Bitmap): void {
  const { width, height, data } = bitmap;
  const reach = Math.max(2, Math.round(ALONE * image.dpi));
  const most = Math.max(1, Math.round(MOST * image.dpi * image.dpi));
  const columns = new Uint16Array(width);
  const specks: number[] = [];
  for (let y = 0; y < Math.min(reach, height); y++) add(columns, data, y, width, 1);
  for (let y = 0; y < height; y++) {
    if (y + reach < height) add(columns, data, y + reach, width, 1);
    if (y - reach - 1 >= 0) add(columns, data, y - reach - 1, width, -1);
    let near = 0;
    for (let x = 0; x < Math.min(reach, width); x++) near += columns[x]!;
    for (let x = 0; x < width; x++) {
      if (x + reach < width) near += columns[x + reach]!;
      if (x - reach - 1 >= 0) near -= columns[x - reach - 1]!;
      if (near <= most && data[y * width + x]) specks.push(y * width + x);
    }
  }
  for (const at of specks) {
    data[at] = 0;
    const x = at % width;
    const y = Math.floor(at / width);
    blank(image, { x0: x - 2, y0: y - 2, x1: x + 3, y1: y + 3 });
  }
}

function add(columns: Uint16Array, data: Uint8Array, row: number, width: number, sign: 1 | -1): void {
  for (let x = 0, p = row * width; x < width; x++, p++) columns[x]! += sign * data[p]!;
}
