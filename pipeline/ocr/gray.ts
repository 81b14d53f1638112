import type { RasterImage } from './raster.ts';

/** 8-bit gray, row by row from the top left: 0 black, 255 white. `dpi`: pixels an inch. */
export interface GrayImage {
  width: number;
  height: number;
  data: Uint8Array;
  dpi: number;
}

/** Pixels of an image: left, top (included), right, bottom (excluded). */
export interface PixelRect {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Luminance (ITU-R BT.601); transparent pixels lie on white paper. */
export function toGray(image: RasterImage): GrayImage {
  const { width, height, channels, data, dpi } = image;
  const count = width * height;
  const gray = new Uint8Array(count);
  if (channels === 1) gray.set(data.subarray(0, count));
  else
    for (let i = 0, p = 0; i < count; i++, p += channels) {
      const luminance = (data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29) >> 8;
      const alpha = channels === 4 ? data[p + 3]! : 255;
      gray[i] = alpha === 255 ? luminance : 255 - (((255 - luminance) * alpha) >> 8);
    }
  return { width, height, data: gray, dpi };
}

/** A copy of the pixels in `rect`, with `margin` white pixels around. */
export function crop(image: GrayImage, rect: PixelRect, margin = 0): GrayImage {
  const width = rect.x1 - rect.x0 + 2 * margin;
  const height = rect.y1 - rect.y0 + 2 * margin;
  const data = new Uint8Array(width * height).fill(255);
  for (let y = rect.y0; y < rect.y1; y++) {
    const row = image.data.subarray(y * image.width + rect.x0, y * image.width + rect.x1);
    data.set(row, (y - rect.y0 + margin) * width + margin);
  }
  return { width, height, data, dpi: image.dpi };
}

/** Paints `rect` white, in place. */
export function blank(image: GrayImage, rect: PixelRect): void {
  const { width, height, data } = image;
  const x0 = Math.max(0, Math.floor(rect.x0));
  const x1 = Math.min(width, Math.ceil(rect.x1));
  for (let y = Math.max(0, Math.floor(rect.y0)); y < Math.min(height, Math.ceil(rect.y1)); y++)
    data.fill(255, y * width + x0, y * width + x1);
}

/** The image at another size: area average where it shrinks, linear where it grows. */
export function scale(image: GrayImage, factor: number): GrayImage {
  const [width, height] = scaledSize(image, factor);
  return scaleParts(image, factor, [{ x0: 0, y0: 0, x1: width, y1: height }]);
}

/** Width and height of the image at another size. */
export function scaledSize({ width, height }: GrayImage, factor: number): [width: number, height: number] {
  return [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
}

/** The image at another size, of which only `parts` are filled in, in pixels of the new size; the rest is black. */
export function scaleParts(image: GrayImage, factor: number, parts: readonly PixelRect[]): GrayImage {
  const [width, height] = scaledSize(image, factor);
  const source = image.data;
  const data = new Uint8Array(width * height);
  const columns = taps(image.width, width);
  const rows = taps(image.height, height);
  const line = new Float32Array(image.width);
  for (const { x0, y0, x1, y1 } of parts) {
    const left = columns.index[columns.start[x0]!]!;
    const right = columns.index[columns.start[x1]! - 1]! + 1;
    for (let y = y0; y < y1; y++) {
      line.fill(0, left, right);
      for (let k = rows.start[y]!; k < rows.start[y + 1]!; k++) {
        const weight = rows.weight[k]!;
        for (let x = left, p = rows.index[k]! * image.width + left; x < right; x++, p++)
          line[x]! += source[p]! * weight;
      }
      for (let x = x0, k = columns.start[x0]!; x < x1; x++) {
        let sum = 0.5;
        for (const end = columns.start[x + 1]!; k < end; k++) sum += line[columns.index[k]!]! * columns.weight[k]!;
        data[y * width + x] = sum;
      }
    }
  }
  return { width, height, data, dpi: image.dpi * factor };
}

/** Which source pixels make up each target pixel of a line, and with what weight: a tent no narrower than a source pixel. */
function taps(from: number, to: number): { start: Int32Array; index: Int32Array; weight: Float64Array } {
  const step = from / to;
  const reach = Math.max(1, step);
  const most = Math.ceil(2 * reach) + 1;
  const start = new Int32Array(to + 1);
  const index = new Int32Array(to * most);
  const weight = new Float64Array(to * most);
  let used = 0;
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step - 0.5;
    const first = used;
    let sum = 0;
    for (let k = Math.ceil(centre - reach); k <= Math.floor(centre + reach); k++) {
      const w = 1 - Math.abs(k - centre) / reach;
      if (w <= 0) continue;
      index[used] = Math.min(from - 1, Math.max(0, k));
      weight[used++] = w;
      sum += w;
    }
    for (let k = first; k < used; k++) weight[k]! /= sum;
    start[i + 1] = used;
  }
  return { start, index, weight };
}

/** Turned about its centre by `degrees` (positive: clockwise), same size, the corners white. */
export function rotate(image: GrayImage, degrees: number): GrayImage {
  const { width, height, data } = image;
  const out = new Uint8Array(width * height).fill(255);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const cx = (width - 1) / 2;
  const cy = (height - 1) / 2;
  for (let y = 0; y < height; y++) {
    let sx = cx - cos * cx + sin * (y - cy);
    let sy = cy + sin * cx + cos * (y - cy);
    for (let x = 0, at = y * width; x < width; x++, at++, sx += cos, sy -= sin) {
      if (sx < 0 || sy < 0 || sx >= width - 1 || sy >= height - 1) continue;
      // Bits, not Math.floor: several million times a page.
      const ix = sx | 0;
      const iy = sy | 0;
      const fx = sx - ix;
      const p = iy * width + ix;
      const a = data[p]!;
      const c = data[p + width]!;
      const top = a + (data[p + 1]! - a) * fx;
      const bottom = c + (data[p + width + 1]! - c) * fx;
      out[at] = top + (bottom - top) * (sy - iy) + 0.5;
    }
  }
  return { width, height, data: out, dpi: image.dpi };
}

/** Where a point of the image turned by `rotate(…, degrees)` lay before (pixels or points, any unit with the same centre). */
export function unrotate(
  x: number,
  y: number,
  degrees: number,
  size: { width: number; height: number },
): [number, number] {
  const sin = Math.sin((degrees * Math.PI) / 180);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const dx = x - size.width / 2;
  const dy = y - size.height / 2;
  return [size.width / 2 + cos * dx + sin * dy, size.height / 2 - sin * dx + cos * dy];
}

/** The image as a binary PGM file (netpbm P5), which every engine reads without decompressing. */
export function encodePgm(image: GrayImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${image.width} ${image.height}\n255\n`, 'latin1'), image.data]);
}
