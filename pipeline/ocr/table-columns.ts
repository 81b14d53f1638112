import { centerY, type Rect, union } from '../layout/geometry.ts';
import type { Gap } from '../layout/rows.ts';

/** Points: height of the strips that a page is looked at in, about half a line. */
const STRIP = 6;
/** Points of white between two columns at least; words of a sentence stand closer. */
const GUTTER = 6;
/** Points of a column's width at least, the white behind it counted. */
const NARROWEST = 18;
/** White between columns that a table has at least: two or three are a letterhead, or columns of another kind. */
const FEWEST_GUTTERS = 3;
/** Strips with print that a table has at least. */
const FEWEST_STRIPS = 24;
/** Share of the strips that may have print in a gutter: group rows. */
const RUN_OVER = 0.12;
/** Strips without print between two lines of a table at most. */
const APART = 4;
/** Strips in a row that may have print in several gutters: a title that spans the columns. */
const SPANNING = 3;
/** Strips with print in a column at least. */
const IN_COLUMN = 3;
/** Points by which the lines of a column begin apart, and the share of them that do not begin further off: words of sentences
 *  that leave white by chance begin anywhere. */
const ALIGNED = 3;
const SHARE_ALIGNED = 0.6;
/** Points above and below the table's letters for their marks and tails. */
const EDGE = 5;

interface Strips {
  /** Print of each strip, from left to right, not overlapping. */
  print: Gap[][];
  top: number;
  left: number;
  right: number;
}

interface Run {
  from: number;
  to: number;
  gutters: Gap[];
  worth: number;
}

/**
 * Columns of tables without ruling lines, in points, a list a table: white runs down between them over many lines. A line
 * that runs over the white, as a group's title does, parts them and is in none. `lines`: bounds of the letters of each
 * line. `width`: of the page.
 */
export function tableColumnsOf(lines: readonly Rect[][], width: number): Rect[][] {
  const letters = lines.flat();
  if (letters.length === 0) return [];
  const strips = stripsOf(letters);
  const found: Rect[][] = [];
  const search = (from: number, to: number): void => {
    const run = bestRun(strips, from, to);
    if (!run) return;
    const best = extended(strips, run, from, to);
    const [top, bottom] = [strips.top + best.from * STRIP, strips.top + (best.to + 1) * STRIP];
    const own = lines.filter((line) => centerY(union(line)) > top && centerY(union(line)) < bottom);
    const middles = best.gutters.map(middleOf);
    const edges = [0, ...middles, width];
    found.push(
      bandsOf(own, middles).flatMap(({ y0, y1 }) =>
        edges.slice(1).map((x1, at) => ({ x0: edges[at] ?? 0, y0, x1, y1 })),
      ),
    );
    search(from, best.from - 1);
    search(best.to + 1, to);
  };
  search(0, strips.print.length - 1);
  return found;
}

/** The heights between the lines that run over the middle of a gutter. */
function bandsOf(lines: readonly Rect[][], middles: readonly number[]): { y0: number; y1: number }[] {
  const bands: { y0: number; y1: number }[] = [];
  let open = false;
  let barrier = Number.NEGATIVE_INFINITY;
  for (const line of [...lines].sort((a, b) => centerY(union(a)) - centerY(union(b)))) {
    const { y0, y1 } = union(line);
    const last = bands.at(-1);
    if (middles.some((x) => line.some((letter) => letter.x0 < x && letter.x1 > x))) {
      if (open && last) last.y1 = Math.min(last.y1, y0);
      barrier = y1;
      open = false;
    } else if (open && last) last.y1 = Math.max(last.y1, y1 + EDGE);
    else {
      bands.push({ y0: Math.max(y0 - EDGE, barrier), y1: y1 + EDGE });
      open = true;
    }
  }
  return bands;
}

function stripsOf(letters: readonly Rect[]): Strips {
  const top = Math.min(...letters.map(({ y0 }) => y0));
  const bottom = Math.max(...letters.map(({ y1 }) => y1));
  const print: Gap[][] = Array.from({ length: Math.ceil((bottom - top) / STRIP) }, () => []);
  for (const { x0, x1, y0, y1 } of [...letters].sort((a, b) => a.x0 - b.x0)) {
    for (let at = Math.floor((y0 - top) / STRIP); at * STRIP + top < y1; at++) {
      const last = print[at]?.at(-1);
      if (last && x0 <= last.to) last.to = Math.max(last.to, x1);
      else print[at]?.push({ from: x0, to: x1 });
    }
  }
  const left = Math.min(...letters.map(({ x0 }) => x0));
  return { print, top, left, right: Math.max(...letters.map(({ x1 }) => x1)) };
}

/** The run of strips with most print and gutters. */
function bestRun(strips: Strips, from: number, to: number): Run | null {
  let best: Run | null = null;
  if (strips.print.slice(from, to + 1).filter(isParted).length < FEWEST_STRIPS / 2) return null;
  for (let start = from; start + FEWEST_STRIPS <= to + 1; start++) {
    if (!isParted(strips.print[start] ?? [])) continue;
    // How many more strips cover each point than the one to its left.
    const edges = new Int16Array(Math.ceil(strips.right - strips.left) + 1);
    let printed = 0;
    for (let at = start; at <= to; at++) {
      const print = strips.print[at] ?? [];
      if (print.length === 0) continue;
      printed++;
      for (const ink of print) {
        edges[Math.floor(ink.from - strips.left)]!++;
        edges[Math.ceil(ink.to - strips.left)]!--;
      }
      if (printed < FEWEST_STRIPS) continue;
      const gutters = guttersOf(edges, RUN_OVER * printed, strips.left);
      if (gutters.length < FEWEST_GUTTERS) break;
      const run = { from: start, to: at, gutters, worth: printed * gutters.length };
      if (run.worth > (best?.worth ?? 0) && isTable(strips, run)) best = run;
    }
  }
  return best;
}

/** The run with the lines above and below it that keep to its columns, as its head does. */
function extended({ print }: Strips, run: Run, from: number, to: number): Run {
  const keeps = (at: number): boolean => crossed(print[at] ?? [], run.gutters) <= 1;
  let [first, last] = [run.from, run.to];
  for (let at = first - 1; at >= from && first - at <= APART && keeps(at); at--) if (print[at]?.length) first = at;
  for (let at = last + 1; at <= to && at - last <= APART && keeps(at); at++) if (print[at]?.length) last = at;
  return { ...run, from: first, to: last };
}

const middleOf = ({ from, to }: Gap): number => (from + to) / 2;

/** How many of the gutters have print in their middle. */
function crossed(print: readonly Gap[], gutters: readonly Gap[]): number {
  return gutters.filter((gutter) => print.some((ink) => ink.from < middleOf(gutter) && ink.to > middleOf(gutter)))
    .length;
}

/** White enough for columns stands in the strip at two places. */
function isParted(print: readonly Gap[]): boolean {
  let count = 0;
  for (let at = 1; at < print.length; at++)
    if ((print[at]?.from ?? 0) - (print[at - 1]?.to ?? 0) >= 2 * GUTTER) count++;
  return count > 1;
}

/** Stretches within the print that at most `most` strips cover. */
function guttersOf(edges: Int16Array, most: number, left: number): Gap[] {
  const gutters: Gap[] = [];
  let start = -1;
  let covered = 0;
  for (let x = 0; x < edges.length - 1; x++) {
    covered += edges[x]!;
    if (covered > most) {
      if (start > 0 && x - start >= GUTTER) gutters.push({ from: left + start, to: left + x });
      start = -1;
    } else if (start < 0) start = x;
  }
  return gutters.filter((gutter) => gutter.from > left);
}

/** It begins and ends with strips in columns, none but a title runs over them, and each column has print of its own. */
function isTable({ print, left, right }: Strips, { from, to, gutters }: Run): boolean {
  const strips = print.slice(from, to + 1).filter((strip) => strip.length > 0);
  const spans = strips.map((strip) => crossed(strip, gutters) > 1);
  if (spans[0] || spans.at(-1)) return false;
  if (longestRow(spans) > SPANNING) return false;
  const edges = [left, ...gutters.map((gutter) => gutter.to), right + 1];
  return edges.slice(1).every((end, column) => {
    const begin = (edges[column] ?? left) - 1;
    if (end - begin < NARROWEST) return false;
    const begins = strips.flatMap((strip) => strip.find((ink) => ink.from >= begin && ink.to <= end)?.from ?? []);
    const alike = begins.map((x) => begins.filter((other) => Math.abs(other - x) <= ALIGNED).length);
    return begins.length >= IN_COLUMN && Math.max(...alike) >= SHARE_ALIGNED * begins.length;
  });
}

/** The most true ones in a row. */
function longestRow(flags: readonly boolean[]): number {
  let [longest, row] = [0, 0];
  for (const flag of flags) {
    row = flag ? row + 1 : 0;
    longest = Math.max(longest, row);
  }
  return longest;
}
