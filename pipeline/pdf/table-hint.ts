import type { PlacedWord } from '../layout/geometry.ts';
import { type Gap, gapsOf, type Row, rowsOf, rowText } from '../layout/rows.ts';

/** Font sizes: white between two columns, at least. */
const COLUMN_GAP = 0.8;
/** Points of white the rows of a table have in common between two columns. */
const COMMON = 4;
/** Rows below one with a gap that are searched for another with it. */
const NEAR = 4;

/** Cheap test whether a page may hold a table, so that its drawing is worth reading: a header cell, or white at one place in several rows. */
export function mayHoldTable(words: PlacedWord[]): boolean {
  const rows = rowsOf(words);
  if (rows.some((row) => /^(?:S?TT|Số\s?TT)(?=\s|$)/iu.test(rowText(row)))) return true;
  const gaps = rows.map(columnGaps);
  return gaps.some((own, index) => {
    const below = gaps.slice(index + 1, index + 1 + NEAR).flat();
    return own.some((gap) => below.some((other) => shared(gap, other) >= COMMON));
  });
}

function columnGaps(row: Row): Gap[] {
  const size = row.words[0]?.size ?? 0;
  return gapsOf(row).filter((gap) => Number.isFinite(gap.to - gap.from) && gap.to - gap.from >= COLUMN_GAP * size);
}

function shared(a: Gap, b: Gap): number {
  return Math.min(a.to, b.to) - Math.max(a.from, b.from);
}
