import type { Grid, Rect } from '../layout/geometry.ts';
import type { Bitmap } from './bitmap.ts';
import type { CleanPage } from './clean.ts';
import type { OcrRegion } from './engine.ts';
import { blank, type GrayImage, type PixelRect } from './gray.ts';

/** Inches left out along a cell's sides: half a ruling line and what it left behind. */
const INSET = 0.012;
/** Inches about a frame that belong to it. */
const FRAME = 0.04;
/** Inches of paper read around a page's print. */
const MARGIN = 0.15;
/** Least ink worth reading, square inches: half a full stop of 12 points is not, a dash is. */
const LEAST_INK = 0.0005;

/**
 * What is read of a page on its own: the page without its tables, and each cell of the tables that has ink. `image` is the
 * page for the first region, the tables left out; cells are read from the whole page.
 */
export function pageRegions(
  page: CleanPage,
  grids: Grid[],
): { outside: GrayImage; around: OcrRegion[]; cells: OcrRegion[] } {
  const { image, bitmap } = page;
  const outside = { ...image, data: grids.length > 0 ? Uint8Array.from(image.data) : image.data };
  const rest = { ...bitmap, data: grids.length > 0 ? Uint8Array.from(bitmap.data) : bitmap.data };
  const cells: OcrRegion[] = [];
  for (const grid of grids) {
    blank(outside, toPixels(grid.rect, image.dpi));
    clear(rest, pixelBounds(grid.rect, image, 0));
    for (const cell of grid.cells) {
      const rect = pixelBounds(cell.rect, image, INSET * image.dpi);
      if (rect.x1 - rect.x0 > 4 && rect.y1 - rect.y0 > 4 && hasInk(bitmap, rect, image.dpi))
        cells.push({ rect, mode: 'block' });
    }
  }
  const inked = inkBounds(rest, Math.round(MARGIN * image.dpi));
  return { outside, around: hasInk(rest, inked, image.dpi) ? [{ rect: inked, mode: 'page' }] : [], cells };
}

/** The bounds of all ink, with `margin` pixels of paper around it: engines take their time over white paper too. */
function inkBounds({ width, height, data }: Bitmap, margin: number): PixelRect {
  const first = data.indexOf(1);
  if (first < 0) return { x0: 0, y0: 0, x1: 0, y1: 0 };
  const y0 = Math.floor(first / width);
  const y1 = Math.floor(data.lastIndexOf(1) / width) + 1;
  let [x0, x1] = [width, 0];
  for (let row = y0 * width; row < y1 * width; row += width) {
    let left = 0;
    while (left < x0 && data[row + left] === 0) left++;
    x0 = left;
    let right = width;
    while (right > x1 && data[row + right - 1] === 0) right--;
    x1 = right;
  }
  return {
    x0: Math.max(0, x0 - margin),
    y0: Math.max(0, y0 - margin),
    x1: Math.min(width, x1 + margin),
    y1: Math.min(height, y1 + margin),
  };
}

/** Paints what stands in `rect` (points) white, the ends of its frame too, in place. */
export function leaveOut({ image, bitmap }: CleanPage, rect: Rect): void {
  const bounds = pixelBounds(rect, image, -FRAME * image.dpi);
  blank(image, bounds);
  clear(bitmap, bounds);
}

function toPixels(rect: Rect, dpi: number): PixelRect {
  const factor = dpi / 72;
  return { x0: rect.x0 * factor, y0: rect.y0 * factor, x1: rect.x1 * factor, y1: rect.y1 * factor };
}

function pixelBounds(rect: Rect, image: GrayImage, inset: number): PixelRect {
  const { x0, y0, x1, y1 } = toPixels(rect, image.dpi);
  return {
    x0: Math.max(0, Math.round(x0 + inset)),
    y0: Math.max(0, Math.round(y0 + inset)),
    x1: Math.min(image.width, Math.round(x1 - inset)),
    y1: Math.min(image.height, Math.round(y1 - inset)),
  };
}

function clear(bitmap: Bitmap, rect: PixelRect): void {
  for (let y = rect.y0; y < rect.y1; y++) bitmap.data.fill(0, y * bitmap.width + rect.x0, y * bitmap.width + rect.x1);
}

function hasInk(bitmap: Bitmap, rect: PixelRect, dpi: number): boolean {
  const least = LEAST_INK * dpi * dpi;
  let ink = 0;
  for (let y = rect.y0; y < rect.y1; y++)
    for (let p = y * bitmap.width + rect.x0; p < y * bitmap.width + rect.x1; p++) {
      ink += bitmap.data[p]!;
      if (ink > least) return true;
    }
  return false;
}
