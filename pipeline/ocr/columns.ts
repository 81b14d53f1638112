import type { Size } from '../layout/geometry.ts';
import { type PlacedWord, type Rect, union } from '../layout/geometry.ts';
import { rowsOf } from '../layout/rows.ts';
import { findColumns } from '../layout/zones.ts';

/** Points of white left about the lines of a column. */
const ROOM = 4;

/** The two columns of a stretch of the page that is set in two: letterhead, recipients and signature. */
export interface ColumnPair {
  left: Rect;
  right: Rect;
}

/**
 * Where the lines of print stand in two columns, in points. Read as one, their lines would run into each other. `lines`:
 * bounds of the letters of each line.
 */
export function columnPairs(lines: Rect[][], { width }: Size): ColumnPair[] {
  const rows = rowsOf(lines.map(asWord));
  return findColumns(rows).map(({ from, to, gutter }) => {
    const bounds = union(rows.slice(from, to + 1).map((row) => row.rect));
    const [before, behind] = [rows[from - 1], rows[to + 1]];
    const top = before ? Math.max(bounds.y0 - ROOM, Math.min(bounds.y0, before.rect.y1)) : bounds.y0 - ROOM;
    const bottom = behind ? Math.min(bounds.y1 + ROOM, Math.max(bounds.y1, behind.rect.y0)) : bounds.y1 + ROOM;
    const middle = (gutter.from + gutter.to) / 2;
    return {
      left: { x0: 0, y0: top, x1: middle, y1: bottom },
      right: { x0: middle, y0: top, x1: width, y1: bottom },
    };
  });
}

/** A line of letters as one word: its feet are those of most of them, its size that of their bounds. */
function asWord(letters: Rect[]): PlacedWord {
  const rect = union(letters);
  const feet = letters.map((letter) => letter.y1).sort((a, b) => a - b);
  const baseline = feet[feet.length >> 1] ?? rect.y1;
  return { text: '', rect, baseline, size: (rect.y1 - rect.y0) / 0.9, confidence: 1 };
}
