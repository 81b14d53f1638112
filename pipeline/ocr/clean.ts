import { flattenLight } from './background.ts';
import { type Bitmap, binarize } from './bitmap.ts';
import { type GrayImage, rotate, scale, toGray } from './gray.ts';
import { type InkMark, liftColouredInk } from './ink.ts';
import type { RasterImage } from './raster.ts';
import { eraseRulings, findRulings, type PixelRuling } from './rulings.ts';
import { skewAngle } from './skew.ts';
import { eraseSpecks } from './specks.ts';

/** Engines gain nothing from more. */
const HIGHEST_DPI = 320;
const READING_DPI = 300;
/** Degrees: a smaller lean is left as it is. */
const STRAIGHT = 0.1;

/** A page made ready to be read: upright, evenly lit, in gray, without ruling lines, coloured seals and specks. */
export interface CleanPage {
  image: GrayImage;
  /** Its ink. */
  bitmap: Bitmap;
  rulings: PixelRuling[];
  /** Degrees that the page was leaning (positive: its lines fell to the right); `image` is turned back by as much. */
  angle: number;
  /** Pixels of `image`, but before it was turned. */
  marks: InkMark[];
}

export function cleanPage(raster: RasterImage): CleanPage {
  const gray = toGray(raster);
  const found = liftColouredInk(raster, gray);
  const factor = raster.dpi > HIGHEST_DPI ? READING_DPI / raster.dpi : 1;
  const sized = factor === 1 ? gray : scale(gray, factor);
  flattenLight(sized);
  const lean = skewAngle(sized);
  const angle = Math.abs(lean) > STRAIGHT ? lean : 0;
  const image = angle === 0 ? sized : rotate(sized, -angle);
  const inked = binarize(image);
  const rulings = findRulings(inked, image.dpi);
  eraseRulings(image, inked, rulings);
  const marks = found.map(({ kind, x0, y0, x1, y1 }) => ({
    kind,
    ...{ x0: x0 * factor, y0: y0 * factor, x1: x1 * factor, y1: y1 * factor },
  }));
  const bitmap = binarize(image);
  eraseSpecks(image, bitmap);
  return { image, bitmap, rulings, angle, marks };
}
