import { centerY, overlap, type PlacedWord, type Rect, union } from './geometry.ts';

/** Words that stand side by side on one baseline, from left to right. */
export interface Row {
  words: PlacedWord[];
  rect: Rect;
}

/** Share of the lower word's height that two neighbours of one row have in common. */
const SHARED = 0.5;
/** Baselines of one row differ by at most this share of the smaller font size (super- and subscripts do overlap). */
const BASELINE = 0.3;
/** Baselines further apart, in smaller font sizes, part rows whatever the boxes share: engines draw some far too high or low. */
const APART = 0.75;

/** Rows from top to bottom. Each word is compared with its left neighbour only, so that a slightly skewed row holds together. */
export function rowsOf(words: PlacedWord[]): Row[] {
  const open: PlacedWord[][] = [];
  for (const word of [...words].sort((a, b) => a.rect.x0 - b.rect.x0 || a.rect.y0 - b.rect.y0)) {
    let best: PlacedWord[] | undefined;
    let distance = Infinity;
    for (const row of open) {
      const last = anchorOf(row);
      if (!last || !sameRow(last, word)) continue;
      const away = last.line !== undefined && last.line === word.line ? -1 : distanceOf(last, word);
      if (away < distance) [best, distance] = [row, away];
    }
    if (best) best.push(word);
    else open.push([word]);
  }
  return open.map(rowFrom).sort((a, b) => centerY(a.rect) - centerY(b.rect) || a.rect.x0 - b.rect.x0);
}

export function rowFrom(words: PlacedWord[]): Row {
  return { words, rect: union(words.map((word) => word.rect)) };
}

function distanceOf(a: PlacedWord, b: PlacedWord): number {
  return Math.abs(centerY(a.rect) - centerY(b.rect));
}

/** The word the next one is measured by: the last, unless it is a small raised or lowered one. */
function anchorOf(row: PlacedWord[]): PlacedWord | undefined {
  const last = row.at(-1);
  const before = row.at(-2);
  return last && before && last.size < before.size * 0.8 ? before : last;
}

function sameRow(a: PlacedWord, b: PlacedWord): boolean {
  if (a.line !== undefined && a.line === b.line) return true;
  if (a.baseline !== undefined && b.baseline !== undefined) {
    const between = Math.abs(a.baseline - b.baseline) / Math.min(a.size, b.size);
    if (between <= BASELINE) return true;
    if (between > APART) return false;
  }
  const height = Math.min(a.rect.y1 - a.rect.y0, b.rect.y1 - b.rect.y0);
  return overlap(a.rect.y0, a.rect.y1, b.rect.y0, b.rect.y1) >= height * SHARED;
}

export interface Gap {
  from: number;
  to: number;
}

/** The white between a row's words, before its first and after its last. */
export function gapsOf(row: Row): Gap[] {
  const gaps: Gap[] = [];
  let end = -Infinity;
  for (const word of row.words) {
    if (word.rect.x0 > end) gaps.push({ from: end, to: word.rect.x0 });
    end = Math.max(end, word.rect.x1);
  }
  gaps.push({ from: end, to: Infinity });
  return gaps;
}

/** Gap between two neighbours beyond which it is no space between words, in font sizes. */
export const WIDE = 2;

export function rowText(row: Row): string {
  return row.words.map((word) => word.text).join(' ');
}
