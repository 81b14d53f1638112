import type { OcrEngine, OcrRegion, OcrWord } from './engine.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { resampler, type Scale, scaledSize } from './resample.ts';
import { stacked } from './stacked.ts';

/** Engines bring each line to a height of their own: from letters much higher than this they gain only work. */
const X_HEIGHT = 18;
const MUCH_HIGHER = 1.15;
/**
 * Their work on a line grows with its width for its height. Print as narrow as this Tesseract reads as well as it is; narrower
 * still it loses words, and in the small print of tables already here.
 */
export const NARROW = 0.9;

/** How much smaller (0..1) a page is best read, by the bounds of the letters of its lines; 1: as it is. */
export function readingFactor(lines: readonly PixelRect[][]): number {
  const heights = lines.flatMap((line) => line.map(({ y0, y1 }) => y1 - y0)).sort((a, b) => a - b);
  // Most letters without marks are as high as x.
  const xHeight = heights[heights.length >> 2] ?? 0;
  return xHeight > X_HEIGHT * MUCH_HIGHER ? X_HEIGHT / xHeight : 1;
}

/** Reads regions of the image at another size; their words in the pixels of the image given. */
export async function readSized(
  image: GrayImage,
  regions: OcrRegion[],
  by: Scale,
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  if (regions.length === 0) return [];
  if (by.x === 1 && by.y === 1) {
    const whole = regions.map(({ rect, mode }) => ({ mode, rect: resizedRect(rect, by, image.width, image.height) }));
    return engine.recognize(image, whole);
  }
  const [width, height] = scaledSize(image, by);
  const rects = regions.map(({ rect }) => resizedRect(rect, by, width, height));
  const { sheet, places } = stacked(rects.map(resampler(image, by)));
  const sized = regions.map(({ mode }, i) => ({ mode, rect: places[i]! }));
  const read = await engine.recognize(sheet, sized);
  return read.map((words, i) => words.map((word) => sizedBack(word, rects[i]!.x0, rects[i]!.y0 - places[i]!.y0, by)));
}

function resizedRect({ x0, y0, x1, y1 }: PixelRect, by: Scale, width: number, height: number): PixelRect {
  return {
    x0: Math.max(0, Math.floor(x0 * by.x)),
    y0: Math.max(0, Math.floor(y0 * by.y)),
    x1: Math.min(width, Math.ceil(x1 * by.x)),
    y1: Math.min(height, Math.ceil(y1 * by.y)),
  };
}

/** `dx`, `dy`: how far the sheet's pixels lie from those of the whole image at that size. */
function sizedBack(word: OcrWord, dx: number, dy: number, by: Scale): OcrWord {
  const { x0, y0, x1, y1 } = word.rect;
  return {
    ...word,
    rect: { x0: (x0 + dx) / by.x, y0: (y0 + dy) / by.y, x1: (x1 + dx) / by.x, y1: (y1 + dy) / by.y },
    baseline: (word.baseline + dy) / by.y,
    lineHeight: word.lineHeight / by.y,
  };
}
