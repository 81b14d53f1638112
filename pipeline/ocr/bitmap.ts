import type { GrayImage } from './gray.ts';

/** One byte a pixel: 1 ink, 0 paper. */
export interface Bitmap {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Four white pixels, as they lie in memory. */
export const WHITE = -1;

/** The bytes four by four, so that what is all alike is passed over quickly; up to three at the end are left out. */
export function inFours(data: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(buffer, byteOffset, length >> 2);
}

/** Ink is what is darker than the gray that parts the image's two kinds of pixels best. */
export function binarize(image: GrayImage): Bitmap {
  return inkUpTo(image, otsu(image.data));
}

/** Ink is what is as dark as `limit` or darker. */
export function inkUpTo({ width, height, data }: GrayImage, limit: number): Bitmap {
  const bits = new Uint8Array(data.length);
  const fours = inFours(data);
  const out = inFours(bits);
  // Added to a byte in a lane of two, it carries into the upper one where the byte is above the limit.
  const carry = (255 - limit) * 0x10001;
  for (let i = 0; i < fours.length; i++) {
    const four = fours[i]!;
    if (four === WHITE) continue;
    const even = ((four & 0xff00ff) + carry) >>> 8;
    const odd = ((four >>> 8) & 0xff00ff) + carry;
    out[i] = ((even & 0x10001) | (odd & 0x1000100)) ^ 0x1010101;
  }
  for (let p = fours.length << 2; p < data.length; p++) bits[p] = data[p]! <= limit ? 1 : 0;
  return { width, height, data: bits };
}

/** Otsu, 1979: greatest variance between the classes. Kept within 64..200: a blank page has no two kinds. */
function otsu(data: Uint8Array): number {
  const counts = histogram(data);
  let sum = 0;
  for (let level = 0; level < 256; level++) sum += level * counts[level]!;
  let best = 128;
  let greatest = -1;
  let below = 0;
  let sumBelow = 0;
  for (let level = 0; level < 255; level++) {
    below += counts[level]!;
    sumBelow += level * counts[level]!;
    const above = data.length - below;
    if (below === 0 || above === 0) continue;
    const apart = sumBelow / below - (sum - sumBelow) / above;
    const variance = below * above * apart * apart;
    if (variance > greatest) {
      greatest = variance;
      best = level;
    }
  }
  return Math.min(200, Math.max(64, best));
}

/** Pixels next to each other are alike: counts of their own, so that none waits for the one before. */
const LANES = 4;

function histogram(data: Uint8Array): Uint32Array {
  const fours = inFours(data);
  const counts = new Uint32Array(256 * LANES);
  let white = 0;
  for (let i = 0; i < fours.length; i++) {
    const four = fours[i]!;
    if (four === WHITE) {
      white += 4;
      continue;
    }
    counts[four & 255]!++;
    counts[256 + ((four >> 8) & 255)]!++;
    counts[512 + ((four >> 16) & 255)]!++;
    counts[768 + (four >>> 24)]!++;
  }
  for (let p = fours.length << 2; p < data.length; p++) counts[data[p]!]!++;
  for (let level = 0; level < 256; level++)
    counts[level] = counts[level]! + counts[256 + level]! + counts[512 + level]! + counts[768 + level]!;
  counts[255]! += white;
  return counts.subarray(0, 256);
}
