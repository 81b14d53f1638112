import { median } from '../layout/geometry.ts';
import { type Page, pageLines } from '../page.ts';
import type { CleanPage } from './clean.ts';
import type { PixelRect } from './gray.ts';
import type { RasterImage } from './raster.ts';
import { moveBoxes } from './upright.ts';

/** An image of two pages side by side is so much wider than high at least. */
const WIDE = 1.2;
/** Shares of the width: where the white between the two pages is looked for, and how wide it is at least. */
const MIDDLE = { from: 0.38, to: 0.62 };
const WHITE = 0.05;
/** One of the pages has so many lines that fill this share of it at least; the other one has print. */
const FULL_LINES = 6;
const FULL = 0.5;
/** Letters of upright print stand closer than this, in their heights: those of a page on its side are of other lines. */
const CLOSE = 0.5;

/** Where two pages that were scanned side by side part, in pixels; null for the image of one page. */
export function foldOf({ image, lines, rulings }: CleanPage): number | null {
  const { width, height } = image;
  const letters = lines.flat();
  if (width < WIDE * height || letters.length === 0) return null;
  const taken = new Uint8Array(width);
  const take = (from: number, to: number) => taken.fill(1, Math.max(0, Math.floor(from)), Math.ceil(to));
  for (const { x0, x1 } of letters) take(x0, x1);
  for (const ruling of rulings) if (ruling.horizontal) take(ruling.from, ruling.to);
  let widest = { from: 0, to: 0 };
  for (let x = Math.round(width * MIDDLE.from), from = x; x <= width * MIDDLE.to; x++) {
    if (taken[x]) from = x + 1;
    else if (x - from > widest.to - widest.from) widest = { from, to: x };
  }
  if (widest.to - widest.from < WHITE * width) return null;
  const fold = Math.round((widest.from + widest.to) / 2);
  const halves = [0, 1].map((half) =>
    lines.map((line) => line.filter((letter) => letter.x0 < fold === (half === 0))).filter((line) => line.length > 1),
  );
  const isFull = (line: PixelRect[]): boolean => (line.at(-1)?.x1 ?? 0) - (line[0]?.x0 ?? 0) >= (FULL * width) / 2;
  const full = halves.map((half) => half.filter(isFull));
  const isPrinted = halves.every((half) => half.length > 0) && full.some((half) => half.length >= FULL_LINES);
  return isPrinted && full.flat().length > 0 && areClose(full.flat()) ? fold : null;
}

function areClose(lines: PixelRect[][]): boolean {
  const gaps = lines.flatMap((line) => line.slice(1).map((letter, i) => letter.x0 - (line[i]?.x1 ?? 0)));
  return median(gaps) < CLOSE * median(lines.flat().map(({ y0, y1 }) => y1 - y0));
}

/** The columns [from, to) of an image; with a tint, `from` is a whole number of its squares. */
function columns(image: RasterImage, from: number, to: number): RasterImage {
  const { height, channels, dpi, tint } = image;
  const width = to - from;
  const data = new Uint8ClampedArray(width * height * channels);
  for (let y = 0; y < height; y++) {
    const row = (y * image.width + from) * channels;
    data.set(image.data.subarray(row, row + width * channels), y * width * channels);
  }
  if (!tint) return { width, height, channels, data, dpi };
  const part = (plane: Uint8ClampedArray) =>
    columns({ ...tint, channels: 1, data: plane, dpi }, from / tint.across, Math.ceil(to / tint.across))
      .data as Uint8ClampedArray;
  const { across, down } = tint;
  const [blue, red] = [part(tint.blue), part(tint.red)];
  return {
    width,
    height,
    channels,
    data,
    dpi,
    tint: { ...tint, width: blue.length / tint.height, across, down, blue, red },
  };
}

/** The two pages of an image that parts at `share` of its width, and the share at which it was cut. */
export function halvesOf(image: RasterImage, share: number): { left: RasterImage; right: RasterImage; fold: number } {
  const step = image.tint?.across ?? 1;
  const cut = Math.round((share * image.width) / step) * step;
  return { left: columns(image, 0, cut), right: columns(image, cut, image.width), fold: cut / image.width };
}

/** Two pages read apart as the one page that they were scanned as: the left one's text, then the right one's. */
export function joinHalves(left: Page, right: Page, fold: number): Page {
  const halves = [
    { page: left, from: 0, to: fold },
    { page: right, from: fold, to: 1 },
  ];
  for (const { page, from, to } of halves)
    moveBoxes(page, ([x0, y0, x1, y1]) => [from + x0 * (to - from), y0, from + x1 * (to - from), y1]);
  const count = (page: Page) => [...pageLines(page)].reduce((sum, line) => sum + line.words.length, 0);
  const [a, b] = [count(left), count(right)];
  const quality = a + b > 0 ? (left.quality * a + right.quality * b) / (a + b) : 1;
  return {
    ...left,
    ...{ width: (left.width ?? 0) + (right.width ?? 0), fold, quality: Math.round(quality * 1000) / 1000 },
    items: [...left.items, ...right.items],
    regions: [...left.regions, ...right.regions],
  };
}
