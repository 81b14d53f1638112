import type { OcrEngine, OcrWord } from './engine.ts';
import { type GrayImage, type PixelRect, scaledSize, scaleParts } from './gray.ts';
import { isUnsure, matched, settleNumbers, tellNumbersApart } from './readings.ts';

/** The second reading must be surer by this much, and this sure at least. */
const SURER = 0.02;
const LEAST = 0.5;
/** Words where there were none are believed from here. */
const FOUND = 0.7;
/** Inches of white taken in around a missed line. */
const ROOM = 0.03;
/** How much larger the second reading sees the page; large pages are seen smaller, which tells as much. */
const LARGER = 1.5;
const SMALLER = 0.7;
const LARGE_DPI = 250;
/** The same for the third reading. */
const STILL_LARGER = 2;
const AS_LARGE = 1.3;

/**
 * Words in doubt get a second reading: their lines alone, at another size; only these words change. Engines that err on a word seldom err on it at
 * both sizes, and are surer when they are right. A number that they tell differently is read a third time; one that stays
 * in doubt keeps the surer reading, with little confidence and the other one beside it. `read`: the words of each region;
 * `missed`: where the first reading found nothing. Gives the words of each region, mended, and those found where there
 * were none.
 */
export async function lookAgain(
  image: GrayImage,
  read: OcrWord[][],
  missed: PixelRect[],
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  const doubtful = read.flatMap(linesOf).filter((line) => line.some(isUnsure));
  if (doubtful.length + missed.length === 0) return read;
  const isLarge = image.dpi >= LARGE_DPI;
  const rects = [...doubtful.map(around), ...missed.map((rect) => grown(rect, image.dpi * ROOM))];
  const sized = await readLines(image, rects, isLarge ? SMALLER : LARGER, engine);
  const pairs = doubtful.map((line, i) =>
    matched(line, sized[i] ?? [])
      .filter(([old]) => old.some(isUnsure))
      .map(([old, fresh]) => ({ old, fresh })),
  );
  const inDispute = pairs.flatMap((stretches, i) =>
    stretches.some(({ old, fresh }) => tellNumbersApart(old, fresh)) ? [i] : [],
  );
  const thirds = await readLines(
    image,
    inDispute.map((i) => around(doubtful[i] ?? [])),
    isLarge ? AS_LARGE : STILL_LARGER,
    engine,
  );
  const mended = new Map<OcrWord, OcrWord[]>();
  const replace = ([first, ...others]: OcrWord[], by: OcrWord[]) => {
    if (first === undefined) return;
    mended.set(
      first,
      by.map((word) => ({ ...word, line: first.line, baseline: first.baseline, lineHeight: first.lineHeight })),
    );
    for (const word of others) mended.set(word, []);
  };
  pairs.forEach((stretches, i) => {
    const third = thirds[inDispute.indexOf(i)] ?? [];
    for (const { old, fresh } of stretches) {
      const isSurer = surety(fresh) >= Math.max(LEAST, surety(old) + SURER);
      if (tellNumbersApart(old, fresh)) replace(old, settleNumbers(old, fresh, third, isSurer));
      else if (isSurer) replace(old, fresh);
    }
  });
  const found = sized.slice(doubtful.length).filter((words) => words.length > 0 && surety(words) >= FOUND);
  return [...read.map((words) => words.flatMap((word) => mended.get(word) ?? [word])), ...found];
}

/** The lines at another size, their words in the pixels of the image given. */
async function readLines(
  image: GrayImage,
  rects: PixelRect[],
  factor: number,
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  if (rects.length === 0) return [];
  const [width, height] = scaledSize(image, factor);
  const parts = rects.map((rect) => resizedRect(rect, factor, width, height));
  const regions = parts.map((rect) => ({ rect, mode: 'line' as const }));
  const read = await engine.recognize(scaleParts(image, factor, parts), regions);
  return read.map((words) => words.map((word) => sizedBack(word, factor)));
}

function linesOf(words: OcrWord[]): OcrWord[][] {
  const lines: OcrWord[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line?.[0]?.line === word.line) line.push(word);
    else lines.push([word]);
  }
  return lines;
}

/** The line's words with the room of their marks above and below. */
function around(line: OcrWord[]): PixelRect {
  const bounds = {
    x0: Math.min(...line.map((word) => word.rect.x0)),
    y0: Math.min(...line.map((word) => word.rect.y0)),
    x1: Math.max(...line.map((word) => word.rect.x1)),
    y1: Math.max(...line.map((word) => word.rect.y1)),
  };
  return grown(bounds, Math.max(...line.map((word) => word.lineHeight)) * 0.2);
}

function grown({ x0, y0, x1, y1 }: PixelRect, by: number): PixelRect {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
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

/** Mean over the letters. */
function surety(words: OcrWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
}
