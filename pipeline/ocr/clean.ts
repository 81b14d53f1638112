import { flattenLight } from './background.ts';
import type { Bitmap } from './bitmap.ts';
import { pageRulings } from './faint-rulings.ts';
import { type GrayImage, type PixelRect, rotate, toGray, unrotate } from './gray.ts';
import { type InkMark, liftColouredInk } from './ink.ts';
import { liftDrawn } from './lift-drawn.ts';
import { positive } from './negative.ts';
import type { RasterImage } from './raster.ts';
import { scale } from './resample.ts';
import { eraseRulings, type PixelRuling } from './rulings.ts';
import { skewAngle } from './skew.ts';
import { eraseSpecks } from './specks.ts';

/** Engines gain nothing from more. */
const HIGHEST_DPI = 320;
const READING_DPI = 300;
/** Degrees: a smaller lean is left as it is. */
const STRAIGHT = 0.1;

/** A page made ready to be read: upright, evenly lit, in gray, without ruling lines, seals, signatures and specks. */
export interface CleanPage {
  image: GrayImage;
  /** Its ink. */
  bitmap: Bitmap;
  /** Its lines of print: the bounds of their letters, from left to right. */
  lines: PixelRect[][];
  rulings: PixelRuling[];
  /** Degrees that the page was leaning (positive: its lines fell to the right); `image` is turned back by as much. */
  angle: number;
  /** Pixels of `image`. */
  marks: InkMark[];
}

export function cleanPage(scanned: RasterImage): CleanPage {
  const raster = positive(scanned);
  const gray = toGray(raster);
  const found = liftColouredInk(raster, gray);
  const factor = raster.dpi > HIGHEST_DPI ? READING_DPI / raster.dpi : 1;
  const sized = factor === 1 ? gray : scale(gray, factor);
  flattenLight(sized);
  const lean = skewAngle(sized);
  const angle = Math.abs(lean) > STRAIGHT ? lean : 0;
  const image = angle === 0 ? sized : rotate(sized, -angle);
  const coloured = found.map((mark) => turnedBack(scaled(mark, factor), angle, image));
  const { bitmap, lines, parts, marks } = liftDrawn(
    image,
    coloured.filter((mark) => mark.kind === 'seal'),
  );
  const rulings = pageRulings(image, bitmap, parts);
  eraseRulings(image, bitmap, rulings);
  eraseSpecks(image, bitmap);
  return { image, bitmap, lines, rulings, angle, marks: [...coloured, ...marks] };
}

function scaled({ kind, x0, y0, x1, y1 }: InkMark, factor: number): InkMark {
  return { kind, x0: x0 * factor, y0: y0 * factor, x1: x1 * factor, y1: y1 * factor };
}

/** Where a mark lies when the page that leaned by `angle` stands upright; it keeps its size. */
function turnedBack({ kind, x0, y0, x1, y1 }: InkMark, angle: number, size: GrayImage): InkMark {
  const [x, y] = unrotate((x0 + x1) / 2, (y0 + y1) / 2, angle, size);
  const [halfWidth, halfHeight] = [(x1 - x0) / 2, (y1 - y0) / 2];
  return { kind, x0: x - halfWidth, y0: y - halfHeight, x1: x + halfWidth, y1: y + halfHeight };
}
