import { type Bitmap, inFours } from './bitmap.ts';
import type { PixelRect } from './gray.ts';

/** Ink that hangs together, also over corners. Pixels. */
export interface Component extends PixelRect {
  /** Pixels of ink. */
  ink: number;
  /** Its stretches of ink along rows: how many, and the first; `Components.next` leads on. */
  stretches: number;
  first: number;
}

export interface Components {
  /** As `rowRuns` gives them. */
  runs: Int32Array;
  /** By stretch: the next of the same component, or -1. */
  next: Int32Array;
  all: Component[];
}

/** Stretches of a page above which it is a picture or noise, and not looked at. */
const MOST_RUNS = 1_500_000;

/** The connected parts of the ink; none for a page that is all noise. */
export function components(bitmap: Bitmap): Components {
  const runs = rowRuns(bitmap);
  const count = runs.length / 3;
  const parent = new Int32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  let above = 0;
  for (let i = 0; i < count; i++) {
    const row = runs[3 * i]!;
    const from = runs[3 * i + 1]!;
    const to = runs[3 * i + 2]!;
    while (runs[3 * above]! < row - 1 || (runs[3 * above]! === row - 1 && runs[3 * above + 2]! < from)) above++;
    for (let k = above; runs[3 * k]! === row - 1 && runs[3 * k + 1]! <= to; k++) {
      const a = rootOf(k, parent);
      const b = rootOf(i, parent);
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  }
  const all: Component[] = [];
  const numberOf = new Int32Array(count);
  const next = new Int32Array(count).fill(-1);
  const last: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = runs[3 * i]!;
    const from = runs[3 * i + 1]!;
    const to = runs[3 * i + 2]!;
    const root = rootOf(i, parent);
    if (root === i) {
      numberOf[i] = all.push({ x0: from, y0: row, x1: to, y1: row + 1, ink: to - from, stretches: 1, first: i }) - 1;
      last.push(i);
      continue;
    }
    const number = numberOf[root]!;
    const component = all[number]!;
    next[last[number]!] = i;
    last[number] = i;
    if (from < component.x0) component.x0 = from;
    if (to > component.x1) component.x1 = to;
    component.y1 = row + 1;
    component.ink += to - from;
    component.stretches++;
  }
  return { runs, next, all };
}

/** The first stretch that hangs together with the one at `i`; the way there is made shorter. */
function rootOf(i: number, parent: Int32Array): number {
  let at = i;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/**
 * Row, first column and column behind the last of each stretch of ink along a row, three numbers a stretch, in reading order;
 * none for a page that is all noise.
 */
export function rowRuns({ width, data }: Bitmap): Int32Array {
  const fours = inFours(data);
  let runs = new Int32Array(300_000);
  let used = 0;
  let row = 0;
  let base = 0;
  for (let p = 0; p < data.length; ) {
    if (data[p] === 0) {
      p++;
      if (p % 4 === 0) while (fours[p >> 2] === 0) p += 4;
      continue;
    }
    while (p >= base + width) {
      base += width;
      row++;
    }
    const from = p;
    while (p < base + width && data[p] !== 0) p++;
    if (used + 3 > runs.length) {
      if (runs.length >= 3 * MOST_RUNS) return new Int32Array(0);
      const larger = new Int32Array(Math.min(runs.length * 2, 3 * MOST_RUNS));
      larger.set(runs);
      runs = larger;
    }
    runs[used++] = row;
    runs[used++] = from - base;
    runs[used++] = p - base;
  }
  return runs.subarray(0, used);
}
