import type { GrayImage, PixelRect } from './gray.ts';
import type { RasterImage } from './raster.ts';
import { groupSquares } from './squares.ts';

/** Coloured ink that is no print: a seal is about as wide as high, a stamp is not. */
export interface InkMark extends PixelRect {
  kind: 'seal' | 'stamp';
}

/** Side of the squares in which coloured pixels are gathered, inches. */
const SQUARE = 0.04;
/** Smallest mark, inches each way: coloured lines of print and figures written in a blank are lower. */
const SMALLEST = 0.55;
/** Strongest channel of black print under coloured ink at most, and of the ink on paper at least. */
const PRINT = 100;
const INK = 175;
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
  for (const group of found.filter((group) => marks.some((mark) => inside(group, mark))))
    for (const square of group.members)
      lift(image, gray, (square % columns) * side, Math.floor(square / columns) * side, side);
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

/**
 * The strongest channel in place of the gray, in and about a square: red ink is bright in red, black print under it dark in
 * every channel. What is as bright as ink becomes paper.
 */
function lift(image: RasterImage, gray: GrayImage, left: number, top: number, side: number): void {
  const { width, height, channels, data } = image;
  for (let y = Math.max(0, top - side); y < Math.min(height, top + 2 * side); y++)
    for (let x = Math.max(0, left - side); x < Math.min(width, left + 2 * side); x++) {
      const p = (y * width + x) * channels;
      const strongest = Math.max(data[p]!, data[p + 1]!, data[p + 2]!);
      if (strongest - Math.min(data[p]!, data[p + 1]!, data[p + 2]!) <= COLOURED / 3) continue;
      const bright = (strongest - PRINT) / (INK - PRINT);
      gray.data[y * width + x] =
        bright >= 1 ? 255 : Math.max(gray.data[y * width + x]!, PRINT + bright * (255 - PRINT));
    }
}
