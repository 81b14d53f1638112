import type { OcrEngine, OcrRegion, OcrWord } from './engine.ts';
import { type GrayImage, type PixelRect, scaledSize, scaleParts } from './gray.ts';

/** Engines bring each line to a height of their own: from letters much higher than this they gain only work. */
const X_HEIGHT = 18;
const MUCH_HIGHER = 1.15;

/** How much smaller (0..1) a page is best read, by the bounds of the letters of its lines; 1: as it is. */
export function readingFactor(lines: readonly PixelRect[][]): number {
  const heights = lines.flatMap((line) => line.map(({ y0, y1 }) => y1 - y0)).sort((a, b) => a - b);
  // Most letters without marks are as high as x.
  const xHeight = heights[heights.length >> 2] ?? 0;
  return xHeight > X_HEIGHT * MUCH_HIGHER ? X_HEIGHT / xHeight : 1;
}

/** Reads regions of the image made larger or smaller by `factor`; their words in the pixels of the image given. */
export async function readSized(
  image: GrayImage,
  regions: OcrRegion[],
  factor: number,
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  if (regions.length === 0) return [];
  const [width, height] = scaledSize(image, factor);
  const parts = regions.map(({ rect }) => resizedRect(rect, factor, width, height));
  const sized = regions.map(({ mode }, i) => ({ mode, rect: parts[i]! }));
  const read = await engine.recognize(factor === 1 ? image : scaleParts(image, factor, parts), sized);
  return read.map((words) => words.map((word) => sizedBack(word, factor)));
}

function resizedRect({ x0, y0, x1, y1 }: PixelRect, factor: number, width: number, height: number): PixelRect {
  return {
    x0: Math.max(0, Math.floor(x0 * factor)),
    y0: Math.max(0, Math.floor(y0 * factor)),
    x1: Math.min(width, Math.ceil(x1 * factor)),
    y1: Math.min(height, Math.ceil(y1 * factor)),
  };
}

function sizedBack(word: OcrWord, factor: number): OcrWord {
  const { x0, y0, x1, y1 } = word.rect;
  return {
    ...word,
    rect: { x0: x0 / factor, y0: y0 / factor, x1: x1 / factor, y1: y1 / factor },
    baseline: word.baseline / factor,
    lineHeight: word.lineHeight / factor,
  };
}
