import type { Bitmap } from './bitmap.ts';
import { rowRuns } from './components.ts';
import type { OcrWord } from './engine.ts';
import type { PixelRect } from './gray.ts';
import { groupSquares } from './squares.ts';

/** Side of the squares that ink is gathered in, inches. */
const SQUARE = 0.03;
/** Share of a square that must be ink. */
const FILLED = 0.05;
/** A line of print, inches: as high as letters of 6 to 30 points, as wide as a figure and more. */
const HEIGHT = { least: 0.06, most: 0.42 };
const LEAST_WIDTH = 0.03;

/** Where there is ink like a line of print that no word covers, in pixels: page numbers, lines the engine passed over. */
export function missedLines(bitmap: Bitmap, words: OcrWord[], dpi: number): PixelRect[] {
  const side = Math.max(2, Math.round(SQUARE * dpi));
  const columns = Math.ceil(bitmap.width / side);
  const rows = Math.ceil(bitmap.height / side);
  const squares = inkSquares(bitmap, side, columns, rows);
  for (const word of words) {
    const room = word.lineHeight * 0.35;
    const to = Math.min(rows, Math.ceil((word.rect.y1 + room) / side));
    for (let row = Math.max(0, Math.floor((word.rect.y0 - room) / side)); row < to; row++) {
      const from = Math.max(0, Math.floor((word.rect.x0 - room) / side));
      squares.fill(0, row * columns + from, row * columns + Math.min(columns, Math.ceil((word.rect.x1 + room) / side)));
    }
  }
  return groupSquares(squares, columns, rows, 4)
    .map(({ x0, y0, x1, y1 }) => ({
      ...{ x0: x0 * side, y0: y0 * side },
      ...{ x1: Math.min(bitmap.width, x1 * side), y1: Math.min(bitmap.height, y1 * side) },
    }))
    .filter((rect) => isLineOfPrint(rect, bitmap, dpi));
}

function inkSquares(bitmap: Bitmap, side: number, columns: number, rows: number): Uint8Array {
  const runs = rowRuns(bitmap);
  const counts = new Uint16Array(columns * rows);
  for (let i = 0; i < runs.length; i += 3) {
    const to = runs[i + 2]!;
    let x = runs[i + 1]!;
    let column = Math.floor(x / side);
    let square = Math.floor(runs[i]! / side) * columns + column;
    for (; x < to; square++) {
      const end = Math.min(to, ++column * side);
      counts[square]! += end - x;
      x = end;
    }
  }
  const least = side * side * FILLED;
  return new Uint8Array(counts.map((count) => (count >= least ? 1 : 0)));
}

/** Of a line's measures, and not at the sheet's very edge, where shadows and cut-off print are. */
function isLineOfPrint(rect: PixelRect, { width, height }: Bitmap, dpi: number): boolean {
  const high = (rect.y1 - rect.y0) / dpi;
  const edge = 0.15 * dpi;
  const isInside = rect.x0 > edge && rect.y0 > edge && rect.x1 < width - edge && rect.y1 < height - edge;
  return isInside && high >= HEIGHT.least && high <= HEIGHT.most && (rect.x1 - rect.x0) / dpi >= LEAST_WIDTH;
}
