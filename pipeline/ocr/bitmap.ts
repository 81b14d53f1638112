import type { GrayImage } from './gray.ts';

/** One byte a pixel: 1 ink, 0 paper. */
export interface Bitmap {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Ink is what is darker than the gray that parts the image's two kinds of pixels best. */
export function binarize(image: GrayImage): Bitmap {
  const threshold = otsu(image.data);
  const data = new Uint8Array(image.data.length);
  for (let i = 0; i < data.length; i++) data[i] = image.data[i]! <= threshold ? 1 : 0;
  return { width: image.width, height: image.height, data };
}

/** Otsu, 1979: greatest variance between the classes. Kept within 64..200: a blank page has no two kinds. */
function otsu(data: Uint8Array): number {
  const counts = new Float64Array(256);
  for (let i = 0; i < data.length; i++) counts[data[i]!]!++;
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

/** Rows become columns. */
export function transpose(bitmap: Bitmap): Bitmap {
  const { width, height, data } = bitmap;
  const out = new Uint8Array(data.length);
  const tile = 64;
  for (let ty = 0; ty < height; ty += tile)
    for (let tx = 0; tx < width; tx += tile)
      for (let y = ty; y < Math.min(height, ty + tile); y++)
        for (let x = tx; x < Math.min(width, tx + tile); x++) out[x * height + y] = data[y * width + x]!;
  return { width: height, height: width, data: out };
}
