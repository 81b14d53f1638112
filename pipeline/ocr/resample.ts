import { inFours, WHITE } from './bitmap.ts';
import type { GrayImage, PixelRect } from './gray.ts';

/** How much larger (above 1) or smaller an image becomes, across and down. */
export interface Scale {
  x: number;
  y: number;
}

/** The image at another size: area average where it shrinks, linear where it grows. */
export function scale(image: GrayImage, factor: number): GrayImage {
  const [width, height] = scaledSize(image, { x: factor, y: factor });
  return resampler(image, { x: factor, y: factor })({ x0: 0, y0: 0, x1: width, y1: height });
}

/** Width and height of the image at another size. */
export function scaledSize({ width, height }: GrayImage, by: Scale): [width: number, height: number] {
  return [Math.max(1, Math.round(width * by.x)), Math.max(1, Math.round(height * by.y))];
}

/** Gives parts of the image at another size, by their pixels in that size: area average where it shrinks, linear where it grows. */
export function resampler(image: GrayImage, by: Scale): (part: PixelRect) => GrayImage {
  const [width, height] = scaledSize(image, by);
  const columns = taps(image.width, width);
  const rows = taps(image.height, height);
  const inked = inkedRows(image);
  const line = new Float32Array(image.width + 1);
  const source = image.data;
  const isOnlyAcross = height === image.height && width < image.width && columns.most === 2;
  return ({ x0, y0, x1, y1 }) => {
    const data = new Uint8Array((x1 - x0) * (y1 - y0)).fill(255);
    const left = columns.first[x0]!;
    const right = Math.min(image.width, columns.first[x1 - 1]! + columns.most);
    for (let y = y0, out = 0; y < y1; y++, out += x1 - x0) {
      const top = rows.first[y]!;
      const bottom = Math.min(image.height, top + rows.most);
      if (isOnlyAcross) {
        if (inked[y] === 1) inRow(source, y * image.width, image.width / width, x0, x1, data, out);
        continue;
      }
      if (!inked.subarray(top, bottom).includes(1)) continue;
      line.fill(0, left, right);
      for (let row = top, k = y * rows.most; row < bottom; row++, k++) {
        const weight = rows.weight[k]!;
        if (weight === 0) continue;
        for (let x = left, p = row * image.width + left; x < right; x++, p++) line[x]! += source[p]! * weight;
      }
      if (columns.most === 2) byPairs(line, columns, x0, x1, data, out);
      else bySums(line, columns, x0, x1, data, out);
    }
    return { width: x1 - x0, height: y1 - y0, data, dpi: image.dpi * by.y };
  };
}

/** 1 for each row that is not all white. */
function inkedRows({ width, height, data }: GrayImage): Uint8Array {
  const fours = inFours(data);
  const inked = new Uint8Array(height);
  for (let y = 0; y < height; y++) {
    const end = ((y + 1) * width + 3) >> 2;
    let i = (y * width) >> 2;
    while (i < end && fours[i] === WHITE) i++;
    if (i < end) inked[y] = 1;
  }
  return inked;
}

/** Which pixels of a line make up each pixel of the new one: as many side by side for each, with their weights. */
interface Taps {
  first: Int32Array;
  weight: Float32Array;
  most: number;
}

/** Two pixels side by side make up each of the narrower row; where they lie is counted in whole 65536ths of a pixel. */
function inRow(
  source: Uint8Array,
  base: number,
  step: number,
  x0: number,
  x1: number,
  out: Uint8Array,
  at: number,
): void {
  const whole = Math.round(step * 65536);
  let place = Math.round(((x0 + 0.5) * step - 0.5) * 65536);
  for (let p = at, end = at + x1 - x0; p < end; p++, place += whole) {
    const from = base + (place >> 16);
    const value = source[from]!;
    out[p] = value + (((source[from + 1]! - value) * ((place >> 8) & 255) + 128) >> 8);
  }
}

function byPairs(
  line: Float32Array,
  { first, weight }: Taps,
  x0: number,
  x1: number,
  out: Uint8Array,
  at: number,
): void {
  for (let x = x0, p = at; x < x1; x++, p++) {
    const from = first[x]!;
    out[p] = line[from]! * weight[2 * x]! + line[from + 1]! * weight[2 * x + 1]! + 0.5;
  }
}

function bySums(line: Float32Array, taps: Taps, x0: number, x1: number, out: Uint8Array, at: number): void {
  const { first, weight, most } = taps;
  for (let x = x0, p = at, k = x0 * most; x < x1; x++, p++) {
    let sum = 0.5;
    for (let from = first[x]!, end = k + most; k < end; k++, from++) sum += line[from]! * weight[k]!;
    out[p] = sum;
  }
}

/** Where a line shrinks by no more than this, two pixels for each new one tell all. */
const LITTLE = 1.25;

/** A tent no narrower than a pixel. */
function taps(from: number, to: number): Taps {
  const step = from / to;
  const reach = step <= LITTLE ? 1 : step;
  const most = reach === 1 ? 2 : Math.ceil(2 * reach);
  const first = new Int32Array(to);
  const weight = new Float32Array(to * most);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * step - 0.5;
    const begin = Math.max(0, Math.min(from - most, Math.floor(centre - reach) + 1));
    first[i] = begin;
    let sum = 0;
    for (let k = Math.floor(centre - reach) + 1; k < centre + reach; k++) {
      const at = Math.min(from - 1, Math.max(0, k)) - begin;
      const share = 1 - Math.abs(k - centre) / reach;
      if (at < 0 || at >= most) continue;
      weight[i * most + at]! += share;
      sum += share;
    }
    for (let k = i * most; k < (i + 1) * most; k++) weight[k]! /= sum;
  }
  return { first, weight, most };
}
