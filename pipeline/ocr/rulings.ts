import type { Ruling } from '../layout/geometry.ts';
import type { Bitmap } from './bitmap.ts';
import { rootOf } from './components.ts';
import type { GrayImage } from './gray.ts';

/** A ruling line in pixels. `rows[i]`: the line's middle at position `from + i` along it. */
export interface PixelRuling {
  horizontal: boolean;
  from: number;
  to: number;
  rows: Int32Array;
  /** Pixels across. */
  thickness: number;
}

/**
 * Inches: shortest stretch without a gap that starts a line, across and down, widest gap, and how far a line ends from the
 * one it meets; share of a line's length that must be ink.
 */
export interface Wholeness {
  across: number;
  down: number;
  gap: number;
  reach: number;
  filled: number;
}

export const WHOLE: Wholeness = { across: 0.09, down: 0.13, gap: 0.04, reach: 0.08, filled: 0.8 };
/** Dashed, or broken by a poor copy. */
export const BROKEN: Wholeness = { across: 0.07, down: 0.1, gap: 0.1, reach: 0.2, filled: 0.6 };

/** Inches: shortest line, thickest line. */
const SHORTEST = 0.35;
const THICKEST = 0.035;
/** Inches: shortest upright line that does not run from one level line to another; shorter ones are letters on a streak of
 * the scanner. And the shortest that does: the height of a row with one line of small print. */
const SHORTEST_ALONE = 1;
const SHORTEST_BETWEEN = 0.15;
/** Inches between a line that is shorter than others and the level line where it ends. */
const TOUCH = 0.03;
/** Share of a line's length with paper on both sides. */
const FREE = 0.6;

/** The ruling lines of an upright page: long straight thin strokes, small gaps and a slant of a pixel or two allowed. */
export function findRulings(bitmap: Bitmap, dpi: number, how = WHOLE): PixelRuling[] {
  const across = levelRulings(bitmap, dpi, how);
  return [...across, ...uprightRulings(bitmap, dpi, how, across)];
}

/** The level ones alone. */
export function levelRulings({ width, height, data }: Bitmap, dpi: number, how = WHOLE): PixelRuling[] {
  const grid: Grid = { data, length: width, lines: height, along: 1, across: width };
  const runs = longRuns(grid, Math.round(how.across * dpi));
  return tracedRulings(runs, grid, dpi, SHORTEST, how).map((line) => ({ horizontal: true, ...line }));
}

/** The upright ones, which stand alone only where they are long; `level`: those that the others run between. */
export function uprightRulings(
  { width, height, data }: Bitmap,
  dpi: number,
  how: Wholeness,
  level: readonly PixelRuling[],
): PixelRuling[] {
  const grid: Grid = { data, length: height, lines: width, along: width, across: 1 };
  const runs = uprightRuns(grid, Math.round(how.down * dpi));
  const down = tracedRulings(runs, grid, dpi, SHORTEST_BETWEEN, how);
  const side = how.reach * dpi;
  const meets = ([middle = 0]: Int32Array, end: number, gap: number) =>
    level.some(({ rows, from, to }) => {
      if (middle <= from - side || middle >= to + side) return false;
      const at = rows[Math.min(Math.max(middle - from, 0), rows.length - 1)] ?? 0;
      return Math.abs(at - end) <= gap;
    });
  return down.flatMap((line) => {
    const length = line.to - line.from;
    const gap = length >= SHORTEST * dpi ? side : TOUCH * dpi;
    const isPlausible =
      length >= SHORTEST_ALONE * dpi || (meets(line.rows, line.from, gap) && meets(line.rows, line.to, gap));
    return isPlausible ? [{ horizontal: false, ...line }] : [];
  });
}

/** A bitmap as the lines that are looked along: its rows, or its columns. Steps from pixel to pixel and from line to line. */
interface Grid {
  data: Uint8Array;
  /** Pixels of a line. */
  length: number;
  lines: number;
  along: number;
  across: number;
}

interface Run {
  row: number;
  from: number;
  to: number;
}

function tracedRulings(
  runs: Run[],
  grid: Grid,
  dpi: number,
  shortest: number,
  { gap, filled }: Wholeness,
): Omit<PixelRuling, 'horizontal'>[] {
  const thickest = Math.max(3, Math.round(THICKEST * dpi));
  return linked(runs, Math.round(gap * dpi)).flatMap((set) => {
    if (extent(set) < shortest * dpi) return [];
    const line = traced(set, grid, thickest, filled);
    return line !== null && line.to - line.from >= shortest * dpi ? [line] : [];
  });
}

function extent(runs: Run[]): number {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const run of runs) {
    if (run.from < from) from = run.from;
    if (run.to > to) to = run.to;
  }
  return to - from;
}

/** Stretches of ink along the rows, at least `shortest` long, by row. */
function longRuns({ data, length, lines }: Grid, shortest: number): Run[] {
  const runs: Run[] = [];
  for (let row = 0; row < lines; row++) {
    const base = row * length;
    for (let x = shortest - 1; x < length; x += shortest) {
      if (data[base + x] === 0) continue;
      let from = x;
      while (from > 0 && data[base + from - 1] !== 0) from--;
      let to = x + 1;
      while (to < length && data[base + to] !== 0) to++;
      if (to - from >= shortest) runs.push({ row, from, to });
      x = Math.max(x, to - 1);
    }
  }
  return runs;
}

/** The same along the columns, which are looked at row by row, as they lie in memory: every such stretch meets a row in `shortest`. */
function uprightRuns({ data, length, lines, along }: Grid, shortest: number): Run[] {
  const runs: Run[] = [];
  const ends = new Int32Array(lines);
  for (let y = shortest - 1; y < length; y += shortest)
    for (let row = 0, p = y * along; row < lines; row++, p++) {
      if (data[p] === 0 || ends[row]! > y) continue;
      let from = y;
      for (let q = p - along; from > 0 && data[q] !== 0; q -= along) from--;
      let to = y + 1;
      for (let q = p + along; to < length && data[q] !== 0; q += along) to++;
      ends[row] = to;
      if (to - from >= shortest) runs.push({ row, from, to });
    }
  return runs.sort((a, b) => a.row - b.row || a.from - b.from);
}

/** Runs that continue or lie against each other (at most two rows apart, `gap` along), put together. */
function linked(runs: Run[], gap: number): Run[][] {
  const parent = Int32Array.from(runs, (_, i) => i);
  let first = 0;
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]!;
    while (runs[first]!.row < run.row - 2) first++;
    for (let j = first; j < i; j++) {
      const other = runs[j]!;
      if (other.from <= run.to + gap && run.from <= other.to + gap) parent[rootOf(j, parent)] = rootOf(i, parent);
    }
  }
  const sets = new Map<number, Run[]>();
  for (let i = 0; i < runs.length; i++) {
    const key = rootOf(i, parent);
    const set = sets.get(key);
    if (set) set.push(runs[i]!);
    else sets.set(key, [runs[i]!]);
  }
  return [...sets.values()];
}

/** The straight line through the runs, if they make one that is thin, unbroken and free of print along it. */
function traced(
  runs: Run[],
  { data, lines, along, across: step }: Grid,
  thickest: number,
  filled: number,
): Omit<PixelRuling, 'horizontal'> | null {
  const rowAt = straight(runs, thickest);
  const kept = runs.filter((run) => Math.abs(run.row - rowAt((run.from + run.to) / 2)) <= thickest);
  if (kept.length === 0) return null;
  const from = Math.min(...kept.map((run) => run.from));
  const to = Math.max(...kept.map((run) => run.to));
  const rows = new Int32Array(to - from);
  const across: number[] = [];
  let free = 0;
  for (let x = from; x < to; x++) {
    const middle = Math.round(rowAt(x));
    rows[x - from] = middle;
    const ink = (row: number) => row >= 0 && row < lines && data[x * along + row * step] === 1;
    let at = middle;
    for (let d = 0; d <= 2 && !ink(at); d++) at = ink(middle - d) ? middle - d : middle + d;
    if (!ink(at)) continue;
    let top = at;
    while (ink(top - 1) && at - top <= thickest) top--;
    let bottom = at;
    while (ink(bottom + 1) && bottom - at <= thickest) bottom++;
    across.push(bottom - top + 1);
    if (bottom - top >= thickest) continue;
    rows[x - from] = Math.round((top + bottom) / 2);
    if (!ink(top - 2) && !ink(bottom + 2)) free++;
  }
  const thickness = Int32Array.from(across).sort()[across.length >> 1] ?? thickest + 1;
  const length = to - from;
  if (thickness > thickest || across.length < length * filled || free < length * FREE) return null;
  return { from, to, rows, thickness };
}

/** Least squares through the runs' middles weighted by length, once more without those that lie off. */
function straight(runs: Run[], reach: number): (x: number) => number {
  let rowAt = (_: number): number => 0;
  let used = runs;
  for (let pass = 0; pass < 2; pass++) {
    let n = 0;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    for (const run of used) {
      const length = run.to - run.from;
      const x = (run.from + run.to) / 2;
      n += length;
      sx += length * x;
      sy += length * run.row;
      sxx += length * (x * x + (length * length) / 12);
      sxy += length * x * run.row;
    }
    const spread = sxx - (sx * sx) / n;
    const slope = spread > 0 ? (sxy - (sx * sy) / n) / spread : 0;
    const start = sy / n - (slope * sx) / n;
    rowAt = (x) => start + slope * x;
    const near = used.filter((run) => Math.abs(run.row - rowAt((run.from + run.to) / 2)) <= reach);
    if (near.length > 0) used = near;
  }
  return rowAt;
}

/** The same as one straight line each, in points. */
export function rulingsInPoints(rulings: readonly PixelRuling[], dpi: number): Ruling[] {
  const perPixel = 72 / dpi;
  return rulings.map(({ horizontal, from, to, rows }) => ({
    horizontal,
    at: (rows.reduce((sum, row) => sum + row, 0) / rows.length + 0.5) * perPixel,
    from: from * perPixel,
    to: to * perPixel,
  }));
}

/** Paints the lines white, in place in both, but leaves strokes of print that cross or touch them. */
export function eraseRulings(image: GrayImage, bitmap: Bitmap, rulings: PixelRuling[]): void {
  const { width, height } = image;
  const erased: number[] = [];
  for (const line of rulings) {
    const reach = Math.ceil(line.thickness / 2) + 2;
    const along = line.horizontal ? 1 : width;
    const across = line.horizontal ? width : 1;
    const limit = line.horizontal ? height : width;
    for (let i = 0; i < line.rows.length; i++) {
      const middle = line.rows[i]!;
      const base = (line.from + i) * along;
      const ink = (row: number) => row >= 0 && row < limit && bitmap.data[base + row * across] === 1;
      if (ink(middle - reach - 1) && ink(middle + reach + 1)) continue;
      const top = ink(middle - reach - 1) ? middle : middle - reach;
      const bottom = ink(middle + reach + 1) ? middle : middle + reach;
      for (let row = Math.max(0, top); row <= Math.min(limit - 1, bottom); row++) erased.push(base + row * across);
    }
  }
  // Not before all are seen: a line that crosses another tells what is print by its ink.
  for (const p of erased) {
    image.data[p] = 255;
    bitmap.data[p] = 0;
  }
}
