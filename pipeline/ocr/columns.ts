import { type PlacedWord, type Rect, union } from '../layout/geometry.ts';
import { rowsOf } from '../layout/rows.ts';
import { findColumns } from '../layout/zones.ts';
import type { OcrEngine, OcrWord } from './engine.ts';
import type { GrayImage, PixelRect } from './gray.ts';

/** Points above and below the letters of a line that their marks and tails take. */
const MARKS = 6;
const TAILS = 4;
/** A column is read by itself where a word is less sure than this. */
const UNSURE = 0.85;

/**
 * The columns of letterhead and signature, in points: read across both, lines that stand beside each other at different
 * heights run into each other. `lines`: bounds of the letters of each line. `width`: of the page.
 */
export function columnsOf(lines: Rect[][], width: number): Rect[] {
  const rows = rowsOf(lines.map(asWord));
  return findColumns(rows).flatMap(({ from, to, gutter }) => {
    const bounds = union(rows.slice(from, to + 1).map((row) => row.rect));
    const [y0, y1] = [bounds.y0 - MARKS, bounds.y1 + TAILS];
    const middle = (gutter.from + gutter.to) / 2;
    return [
      { x0: 0, y0, x1: middle, y1 },
      { x0: middle, y0, x1: width, y1 },
    ];
  });
}

/** A line of letters as one word: its feet are those of most of them, its size that of their bounds. */
function asWord(letters: Rect[]): PlacedWord {
  const rect = union(letters);
  const feet = letters.map((letter) => letter.y1).sort((a, b) => a - b);
  const baseline = feet[feet.length >> 1] ?? rect.y1;
  return { text: '', rect, baseline, size: (rect.y1 - rect.y0) / 0.9, confidence: 1 };
}

/**
 * The words of a page's regions, columns read once more by themselves where that is surer. `groups`: pixels; the columns
 * of a group, as of one table, are taken together.
 */
export async function readColumns(
  image: GrayImage,
  read: OcrWord[][],
  groups: PixelRect[][],
  engine: OcrEngine,
): Promise<OcrWord[][]> {
  const isInGroup = (word: OcrWord, group: PixelRect[]): boolean => group.some((column) => isIn(word, column));
  const doubtful = groups.filter((group) =>
    read.some((words) => words.some((word) => word.confidence < UNSURE && isInGroup(word, group))),
  );
  if (doubtful.length === 0) return read;
  const again = await engine.recognize(
    image,
    doubtful.flat().map((rect) => ({ rect, mode: 'block' })),
  );
  let kept = read;
  const surer: OcrWord[][] = [];
  let at = 0;
  for (const group of doubtful) {
    const fresh = again.slice(at, at + group.length);
    at += group.length;
    const own = read.flat().filter((word) => isInGroup(word, group));
    if (worth(fresh.flat()) <= worth(own)) continue;
    kept = kept.map((words) => words.filter((word) => !isInGroup(word, group)));
    surer.push(...fresh);
  }
  return [...kept, ...surer];
}

function isIn({ rect }: OcrWord, { x0, y0, x1, y1 }: PixelRect): boolean {
  const [x, y] = [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2];
  return x >= x0 && x < x1 && y >= y0 && y < y1;
}

/** Letters read, those less sure than even counted against. */
function worth(words: OcrWord[]): number {
  return words.reduce((sum, { text, confidence }) => sum + text.length * (2 * confidence - 1), 0);
}
