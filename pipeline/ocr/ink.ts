import type { GrayImage, PixelRect } from './gray.ts';
import { colourOf, mixed, type RasterImage } from './raster.ts';
import { groupSquares, type SquareGroup } from './squares.ts';

/** Ink on a page that is no print. Pixels. */
export interface InkMark extends PixelRect {
  kind: 'seal' | 'stamp' | 'signature';
}

/** Side of the squares in which coloured pixels are gathered, inches. */
const SQUARE = 0.04;
/** Smallest mark, inches each way: coloured lines of print and figures written in a blank are lower. */
const SMALLEST = 0.55;
/** A signature may be lower if it is long; its strokes fill few of the squares of its bounds. */
const FLAT = 0.3;
const LONG = 1;
const STROKES = 0.35;
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
  if (image.channels === 1 && !image.tint) return [];
  const side = Math.max(2, Math.round(SQUARE * image.dpi));
  const columns = Math.ceil(image.width / side);
  const rows = Math.ceil(image.height / side);
  const coloured = (image.tint ? tintedSquares : colouredSquares)(image, side, columns, rows);
  const groups = {
    warm: groupSquares(coloured.warm, columns, rows, 2),
    cold: groupSquares(coloured.cold, columns, rows, 2),
  };
  return HUES.flatMap((hue) => {
    const found = groups[hue];
    const large = found.filter((group) => isMark(group, side / image.dpi));
    // What a pen of the other colour filled in.
    const written = groups[hue === 'warm' ? 'cold' : 'warm'].filter((group) => !isMark(group, side / image.dpi));
    const marks = large.filter((group) => !large.some((other) => other !== group && inside(group, other)));
    for (const mark of marks) {
      const corners = [...found, ...written]
        .filter((group) => inside(group, mark))
        .flatMap((group) => group.members)
        .map((square) => ({ left: (square % columns) * side, top: Math.floor(square / columns) * side }));
      const ink = inkLevels(image, corners, side);
      for (const corner of corners) lift(image, gray, corner, side, ink);
    }
    return marks.map((group) => ({
      kind: kindOf(group),
      x0: group.x0 * side,
      y0: group.y0 * side,
      x1: Math.min(image.width, group.x1 * side),
      y1: Math.min(image.height, group.y1 * side),
    }));
  });
}

/** `square`: inches. */
function isMark(group: SquareGroup, square: number): boolean {
  const [width, height] = [(group.x1 - group.x0) * square, (group.y1 - group.y0) * square];
  if (Math.min(width, height) >= SMALLEST) return true;
  return Math.min(width, height) >= FLAT && Math.max(width, height) >= LONG && filled(group) < STROKES;
}

/** Seals are about as wide as high; strokes with white between them are a signature; all else is a stamp. */
function kindOf(group: SquareGroup): InkMark['kind'] {
  const aspect = (group.x1 - group.x0) / (group.y1 - group.y0);
  const isRound = aspect > 0.7 && aspect < 1.4;
  if (filled(group) < STROKES && !isRound) return 'signature';
  return isRound ? 'seal' : 'stamp';
}

/** Share of the bounds' squares that are coloured. */
function filled({ x0, y0, x1, y1, members }: SquareGroup): number {
  return members.length / ((x1 - x0) * (y1 - y0));
}

function inside(inner: PixelRect, outer: PixelRect): boolean {
  return inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
}

type Hue = 'warm' | 'cold';
/** Seals are red, pens are blue: a signature across a seal is a mark of its own. */
const HUES: Hue[] = ['warm', 'cold'];
const hueOf = (red: number, green: number, blue: number): Hue => (red >= Math.max(green, blue) ? 'warm' : 'cold');

function colouredSquares(image: RasterImage, side: number, columns: number, rows: number): Record<Hue, Uint8Array> {
  const { width, height, channels, data } = image;
  const counts = { warm: new Uint16Array(columns * rows), cold: new Uint16Array(columns * rows) };
  for (let y = 0; y < height; y++)
    for (let column = 0, square = Math.floor(y / side) * columns, x = 0; column < columns; column++, square++) {
      const end = Math.min(width, x + side);
      for (let p = (y * width + x) * channels; x < end; x++, p += channels) {
        const red = data[p]!;
        const green = data[p + 1]!;
        const blue = data[p + 2]!;
        if (isColoured(red, green, blue)) counts[hueOf(red, green, blue)][square]!++;
      }
    }
  return wellFilled(counts, side);
}

/** Tints that are no further from none than this make no colour. */
const FAINT = 12;

/** The same of a page that is kept as light and tint. */
function tintedSquares(image: RasterImage, side: number, columns: number, rows: number): Record<Hue, Uint8Array> {
  const counts = { warm: new Uint16Array(columns * rows), cold: new Uint16Array(columns * rows) };
  const { width, height, across, down, blue, red } = image.tint!;
  for (let y = 0, k = 0; y < height; y++)
    for (let x = 0; x < width; x++, k++) {
      const b = blue[k]! - 128;
      const r = red[k]! - 128;
      if (b <= FAINT && b >= -FAINT && r <= FAINT && r >= -FAINT) continue;
      const colour = mixed(image.data[y * down * image.width + x * across]!, b, r);
      if (!isColoured(colour >> 16, (colour >> 8) & 255, colour & 255)) continue;
      const square = Math.floor((y * down) / side) * columns + Math.floor((x * across) / side);
      counts[hueOf(colour >> 16, (colour >> 8) & 255, colour & 255)][square]! += across * down;
    }
  return wellFilled(counts, side);
}

function wellFilled({ warm, cold }: Record<Hue, Uint16Array>, side: number): Record<Hue, Uint8Array> {
  const least = Math.max(2, side * side * 0.06);
  const enough = (count: number) => (count >= least ? 1 : 0);
  return { warm: new Uint8Array(warm.map(enough)), cold: new Uint8Array(cold.map(enough)) };
}

function isColoured(red: number, green: number, blue: number): boolean {
  return Math.max(red, green, blue) - Math.min(red, green, blue) > COLOURED;
}

/** How bright the inks of a mark are in their strongest channel on bare paper: red ones, and blue and green ones. */
type InkLevels = Record<Hue, number>;

function inkLevels(image: RasterImage, corners: { left: number; top: number }[], side: number): InkLevels {
  const { width, height } = image;
  const colourAt = colourOf(image);
  const counts = { warm: new Uint32Array(256), cold: new Uint32Array(256) };
  for (const { left, top } of corners)
    for (let y = top; y < Math.min(height, top + side); y++)
      for (let x = left; x < Math.min(width, left + side); x++) {
        const colour = colourAt(x, y);
        const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
        if (isColoured(red, green, blue)) counts[hueOf(red, green, blue)][Math.max(red, green, blue)]!++;
      }
  return { warm: levelOf(counts.warm), cold: levelOf(counts.cold) };
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
  const { width, height } = image;
  const colourAt = colourOf(image);
  for (let y = Math.max(0, top - side); y < Math.min(height, top + 2 * side); y++)
    for (let x = Math.max(0, left - side); x < Math.min(width, left + 2 * side); x++) {
      const colour = colourAt(x, y);
      const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
      const strongest = Math.max(red, green, blue);
      if (strongest - Math.min(red, green, blue) <= COLOURED / 3) continue;
      const level = ink[hueOf(red, green, blue)];
      const print = level * PRINT;
      const bright = (strongest - print) / (level - print);
      gray.data[y * width + x] =
        bright >= 1 ? 255 : Math.max(gray.data[y * width + x]!, print + bright * (255 - print));
    }
}
