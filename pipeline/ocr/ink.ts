import type { GrayImage, PixelRect } from './gray.ts';
import type { RasterImage } from './raster.ts';
import { groupSquares } from './squares.ts';

/** Ink on a page that is no print. Pixels. */
export interface InkMark extends PixelRect {
  kind: 'seal' | 'stamp' | 'signature';
}

/** Side of the squares in which coloured pixels are gathered, inches. */
const SQUARE = 0.04;
/** Smallest mark, inches each way: coloured lines of print and figures written in a blank are lower. */
const SMALLEST = 0.55;
/** Strongest channel of coloured ink on paper at least, where the mark does not tell a lower one, and the lowest believed. */
const INK = { bright: 175, dark: 85 };
/** Share of a mark's coloured pixels that may be darker than its ink: print shows through them. */
const SHADED = 0.08;
/** Strongest channel of black print under coloured ink at most, as a share of the ink's. */
const PRINT = 0.57;
/** Coloured pixels of one hue that tell of its ink. */
const TELLING = 200;
/** Difference between the strongest and the weakest channel from which a pixel is coloured. */
const COLOURED = 45;

/**
 * Lifts seals, stamps and large signatures in coloured ink out of `gray` (made of `image`), in place; black print under
 * them stays, because it is dark in every channel. Says where they were, in pixels.
 */
export function liftColouredInk(image: RasterImage, gray: GrayImage): InkMark[] {
  if (image.channels === 1) return [];
  const side = Math.max(2, Math.round(SQUARE * image.dpi));
  const columns = Math.ceil(image.width / side);
  const rows = Math.ceil(image.height / side);
  const squares = colouredSquares(image, side, columns, rows);
  const found = groupSquares(squares, columns, rows, 2);
  const large = found.filter(
    (group) => Math.min(group.x1 - group.x0, group.y1 - group.y0) * side >= SMALLEST * image.dpi,
  );
  const marks = large.filter((group) => !large.some((other) => other !== group && inside(group, other)));
  for (const mark of marks) {
    const corners = found
      .filter((group) => inside(group, mark))
      .flatMap((group) => group.members)
      .map((square) => ({ left: (square % columns) * side, top: Math.floor(square / columns) * side }));
    const ink = inkLevels(image, corners, side);
    for (const corner of corners) lift(image, gray, corner, side, ink);
  }
  return marks.map(({ x0, y0, x1, y1 }) => ({
    kind: (x1 - x0) / (y1 - y0) > 0.7 && (x1 - x0) / (y1 - y0) < 1.4 ? 'seal' : 'stamp',
    x0: x0 * side,
    y0: y0 * side,
    x1: Math.min(image.width, x1 * side),
    y1: Math.min(image.height, y1 * side),
  }));
}

function inside(inner: PixelRect, outer: PixelRect): boolean {
  return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
}

function colouredSquares(image: RasterImage, side: number, columns: number, rows: number): Uint8Array {
  const { width, height, channels, data } = image;
  const counts = new Uint16Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / side) * columns;
    for (let x = 0, p = y * width * channels; x < width; x++, p += channels)
      if (isColoured(data[p]!, data[p + 1]!, data[p + 2]!)) counts[row + Math.floor(x / side)]!++;
  }
  const least = Math.max(2, side * side * 0.06);
  return Uint8Array.from(counts, (count) => (count >= least ? 1 : 0));
}

function isColoured(red: number, green: number, blue: number): boolean {
  return Math.max(red, green, blue) - Math.min(red, green, blue) > COLOURED;
}

/** How bright the inks of a mark are in their strongest channel on bare paper: red ones, and blue and green ones. */
interface InkLevels {
  warm: number;
  cold: number;
}

function inkLevels(image: RasterImage, corners: { left: number; top: number }[], side: number): InkLevels {
  const { width, height, channels, data } = image;
  const warm = new Uint32Array(256);
  const cold = new Uint32Array(256);
  for (const { left, top } of corners)
    for (let y = top; y < Math.min(height, top + side); y++)
      for (let x = left; x < Math.min(width, left + side); x++) {
        const p = (y * width + x) * channels;
        const [red, green, blue] = [data[p]!, data[p + 1]!, data[p + 2]!];
        if (isColoured(red, green, blue)) (red >= Math.max(green, blue) ? warm : cold)[Math.max(red, green, blue)]!++;
      }
  return { warm: levelOf(warm), cold: levelOf(cold) };
}

function levelOf(counts: Uint32Array): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all < TELLING) return INK.bright;
  let level = 0;
  for (let below = counts[0]!; below < all * SHADED && level < INK.bright; ) below += counts[++level]!;
  return Math.max(INK.dark, level);
}

/**
 * The strongest channel in place of the gray, in and about a square: red ink is bright in red, black print under it dark in
 * every channel. What is as bright as ink becomes paper.
 */
function lift(
  image: RasterImage,
  gray: GrayImage,
  { left, top }: { left: number; top: number },
  side: number,
  ink: InkLevels,
): void {
  const { width, height, channels, data } = image;
  for (let y = Math.max(0, top - side); y < Math.min(height, top + 2 * side); y++)
    for (let x = Math.max(0, left - side); x < Math.min(width, left + 2 * side); x++) {
      const p = (y * width + x) * channels;
      const [red, green, blue] = [data[p]!, data[p + 1]!, data[p + 2]!];
      const strongest = Math.max(red, green, blue);
      if (strongest - Math.min(red, green, blue) <= COLOURED / 3) continue;
      const level = red === strongest ? ink.warm : ink.cold;
      const print = level * PRINT;
      const bright = (strongest - print) / (level - print);
      gray.data[y * width + x] =
        bright >= 1 ? 255 : Math.max(gray.data[y * width + x]!, print + bright * (255 - print));
    }
}
