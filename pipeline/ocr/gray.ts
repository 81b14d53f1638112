import { inFours, WHITE } from './bitmap.ts';
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
  else if (channels === 3)
    for (let i = 0, p = 0; i < count; i++, p += 3)
      gray[i] = (data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29) >> 8;
  else
    for (let i = 0, p = 0; i < count; i++, p += 4) {
      const luminance = (data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29) >> 8;
      const alpha = data[p + 3]!;
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

/** The image `times` smaller, a pixel the mean of a square; what is left over at the right and the bottom falls away. */
export function shrunk(image: GrayImage, times: number): GrayImage {
  if (times <= 1) return image;
  const width = Math.floor(image.width / times);
  const height = Math.floor(image.height / times);
  const data = new Uint8Array(width * height);
  if (times === 2) {
    halve(image, data, width, height);
    return { width, height, data, dpi: image.dpi / times };
  }
  const sums = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * times; row < (y + 1) * times; row++)
      for (let x = 0, p = row * image.width; x < width; x++) {
        let sum = 0;
        for (const end = p + times; p < end; p++) sum += image.data[p]!;
        sums[x]! += sum;
      }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x]! / (times * times) + 0.5;
  }
  return { width, height, data, dpi: image.dpi / times };
}

/** As `shrunk`, for the commonest size of scans. */
function halve(image: GrayImage, out: Uint8Array, width: number, height: number): void {
  const { data } = image;
  for (let y = 0, at = 0; y < height; y++)
    for (let end = at + width, p = 2 * y * image.width, q = p + image.width; at < end; at++, p += 2, q += 2)
      out[at] = (data[p]! + data[p + 1]! + data[q]! + data[q + 1]! + 2) >> 2;
}

/** Turned about its centre by `degrees` (positive: clockwise), same size, the corners white. */
export function rotate(image: GrayImage, degrees: number): GrayImage {
  const { width, height, data } = image;
  const out = new Uint8Array(width * height).fill(255);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const cx = (width - 1) / 2;
  const cy = (height - 1) / 2;
  const stretches = Math.ceil(width / STRETCH);
  const inked = inkedStretches(image, stretches);
  // How far a pixel's place before lies from its own changes so little along a row that whole numbers carry it.
  const stepX = Math.round((cos - 1) * ONE);
  const stepY = Math.round(-sin * ONE);
  for (let y = 0; y < height; y++) {
    const left = cx - cos * cx + sin * (y - cy);
    const top = cy + sin * cx + cos * (y - cy);
    const [from, to] = within(left, cos, width - 1, within(top, -sin, height - 1, [0, width]));
    const startX = Math.round((left + from * (cos - 1)) * ONE);
    const startY = Math.round((top - y - from * sin) * ONE);
    for (let x = from; x < to; x += STRETCH) {
      const end = Math.min(to, x + STRETCH);
      let dx = startX + (x - from) * stepX;
      let dy = startY + (x - from) * stepY;
      const lastDx = dx + (end - 1 - x) * stepX;
      const lastDy = dy + (end - 1 - x) * stepY;
      const source = {
        x0: x + (Math.min(dx, lastDx) >> 16),
        y0: y + (Math.min(dy, lastDy) >> 16),
        x1: end + 1 + (Math.max(dx, lastDx) >> 16),
        y1: y + 2 + (Math.max(dy, lastDy) >> 16),
      };
      if (isWhite(inked, source, stretches)) continue;
      for (let at = y * width + x, stop = at + end - x; at < stop; ) {
        const shiftX = dx >> 16;
        const shiftY = dy >> 16;
        let p = at + shiftY * width + shiftX;
        let a = data[p]!;
        let c = data[p + width]!;
        do {
          p++;
          const b = data[p]!;
          const d = data[p + width]!;
          const fx = (dx >> 8) & 255;
          const upper = (a << 8) + (b - a) * fx;
          const lower = (c << 8) + (d - c) * fx;
          out[at++] = ((upper << 8) + (lower - upper) * ((dy >> 8) & 255) + 0x8000) >> 16;
          a = b;
          c = d;
          dx += stepX;
          dy += stepY;
        } while (at < stop && dx >> 16 === shiftX && dy >> 16 === shiftY);
      }
    }
  }
  return { width, height, data: out, dpi: image.dpi };
}

/** Pixels of a row that are not looked at one by one where all is white. */
const SHIFT = 5;
const STRETCH = 1 << SHIFT;

/** For each such stretch of each row 1 where something in it is not white, or within three pixels of it. */
function inkedStretches({ width, height, data }: GrayImage, stretches: number): Uint8Array {
  const inked = new Uint8Array(stretches * height);
  const fours = inFours(data);
  for (let y = 0; y < height; y++) {
    const base = y * width;
    const row = y * stretches;
    for (let i = base >> 2; i <= (base + width - 1) >> 2; i++) {
      if (fours[i] === WHITE) continue;
      const x = (i << 2) - base;
      inked[row + (Math.max(0, x) >> SHIFT)] = 1;
      inked[row + (Math.min(width - 1, x + 3) >> SHIFT)] = 1;
    }
  }
  return inked;
}

function isWhite(inked: Uint8Array, { x0, y0, x1, y1 }: PixelRect, stretches: number): boolean {
  for (let y = y0; y < y1; y++)
    for (let i = y * stretches + (x0 >> SHIFT); i <= y * stretches + ((x1 - 1) >> SHIFT); i++)
      if (inked[i] !== 0) return false;
  return true;
}

/** One pixel, in the whole numbers that `rotate` counts with. */
const ONE = 1 << 16;

/** Of the stretch `[from, to)` what keeps `start + x * step` within 0 and `end`, with some room for rounding. */
function within(start: number, step: number, end: number, [from, to]: [number, number]): [number, number] {
  if (Math.abs(step) < 1e-9) return start >= 0 && start < end ? [from, to] : [0, 0];
  const [a, b] = [(0.01 - start) / step, (end - 0.01 - start) / step];
  return [Math.max(from, Math.ceil(Math.min(a, b))), Math.min(to, Math.ceil(Math.max(a, b)))];
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
