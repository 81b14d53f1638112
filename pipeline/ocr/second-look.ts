import type { OcrEngine, OcrWord } from './engine.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { isUnsure, matched, settleNumbers, tellNumbersApart } from './readings.ts';
import { readSized } from './sized.ts';

/** The second reading must be surer by this much, and this sure at least. */
const SURER = 0.02;
const LEAST = 0.5;
/** Words where there were none are believed from here. */
const FOUND = 0.7;
/** Inches of white taken in around a missed line. */
const ROOM = 0.03;
/** How much larger than the first reading the second sees the page, and the third. */
const LARGER = 1.5;
const STILL_LARGER = 2;

/** Words on either side that a word in doubt is read again with, and words of a line that is read whole: engines read few words worse. */
const NEIGHBOURS = 3;
const SHORT_LINE = 9;

/**
 * Words in doubt get a second reading: they and their neighbours alone, at another size. Engines that err on a word seldom err on it at
 * both sizes, and are surer when they are right. Only words in doubt change. A number that they tell differently is read a
 * third time; one that stays in doubt keeps the surer reading, with little confidence and the other one beside it.
 * `read`: the words of each region; `missed`: where the first reading found nothing; `factor`: the size at which it saw the
 * image. Gives the words of each region, mended, and those found where there were none.
 */
export async function lookAgain(
  image: GrayImage,
  read: OcrWord[][],
  missed: PixelRect[],
  factor: number,
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  const doubtful = read.flatMap(linesOf).flatMap(stretchesInDoubt);
  if (doubtful.length + missed.length === 0) return read;
  const rects = [...doubtful.map(({ rect }) => rect), ...missed.map((rect) => grown(rect, image.dpi * ROOM))];
  const sized = await readLines(image, rects, factor * LARGER, engine);
  const pairs = doubtful.map(({ words }, i) =>
    matched(words, sized[i] ?? [])
      .filter(([old]) => old.some(isUnsure))
      .map(([old, fresh]) => ({ old, fresh })),
  );
  const inDispute = pairs.flatMap((stretches, i) =>
    stretches.some(({ old, fresh }) => tellNumbersApart(old, fresh)) ? [i] : [],
  );
  const thirds = await readLines(
    image,
    inDispute.flatMap((i) => doubtful[i]?.rect ?? []),
    factor * STILL_LARGER,
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
function readLines(image: GrayImage, rects: PixelRect[], factor: number, engine: OcrEngine): Promise<OcrWord[][]> {
  return readSized(
    image,
    rects.map((rect) => ({ rect, mode: 'line' })),
    { x: factor, y: factor },
    engine,
  );
}

interface Stretch {
  words: OcrWord[];
  rect: PixelRect;
}

/** The words of a line in doubt, with their neighbours. */
function stretchesInDoubt(line: OcrWord[]): Stretch[] {
  const spans: [from: number, to: number][] = [];
  const reach = line.length <= SHORT_LINE ? line.length : NEIGHBOURS;
  line.forEach((word, i) => {
    if (!isUnsure(word)) return;
    const from = Math.max(0, i - reach);
    const to = Math.min(line.length, i + reach + 1);
    const last = spans.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else spans.push([from, to]);
  });
  return spans.map(([from, to]) => {
    const words = line.slice(from, to);
    return { words, rect: around(words, line[from - 1], line[to]) };
  });
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

/** The words with the room of their marks above and below, and nothing of the words before and after. */
function around(words: OcrWord[], before: OcrWord | undefined, after: OcrWord | undefined): PixelRect {
  const room = Math.max(...words.map((word) => word.lineHeight)) * 0.2;
  const x0 = Math.min(...words.map((word) => word.rect.x0));
  const x1 = Math.max(...words.map((word) => word.rect.x1));
  return {
    x0: Math.max(x0 - room, before ? Math.min(x0, (before.rect.x1 + x0) / 2) : 0),
    y0: Math.min(...words.map((word) => word.rect.y0)) - room,
    x1: Math.min(x1 + room, after ? Math.max(x1, (x1 + after.rect.x0) / 2) : Number.POSITIVE_INFINITY),
    y1: Math.max(...words.map((word) => word.rect.y1)) + room,
  };
}

function grown({ x0, y0, x1, y1 }: PixelRect, by: number): PixelRect {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
}

/** Mean over the letters. */
function surety(words: OcrWord[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
}
