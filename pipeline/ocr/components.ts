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

/** The one that stands for all that hang together with `i`; the way there is made shorter. */
export function rootOf(i: number, parent: Int32Array): number {
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
export function rowRuns({ width, height, data }: Bitmap): Int32Array {
  const fours = inFours(data);
  const edges = new Int32Array(width + 1);
  let runs = new Int32Array(300_000);
  let used = 0;
  for (let row = 0; row < height; row++) {
    const count = rowEdges(data, fours, row * width, width, edges);
    if (used > 3 * MOST_RUNS) return new Int32Array(0);
    if (used + 3 * count > runs.length) {
      const larger = new Int32Array(2 * runs.length + 3 * width);
      larger.set(runs);
      runs = larger;
    }
    for (let i = 0; i < count; i += 2) {
      runs[used++] = row;
      runs[used++] = edges[i]!;
      runs[used++] = edges[i + 1]!;
    }
  }
  return runs.subarray(0, used);
}

/** The columns where ink begins and, by turns, ends in the row at `base`; gives how many they are. `fours`: `data` as such. */
function rowEdges(data: Uint8Array, fours: Int32Array, base: number, width: number, edges: Int32Array): number {
  const end = base + width;
  let count = 0;
  let ink = 0;
  let p = base;
  for (; p < end && p % 4 !== 0; p++)
    if (data[p] !== ink) {
      edges[count++] = p - base;
      ink ^= 1;
    }
  for (; p + 4 <= end; p += 4) {
    const four = fours[p >> 2]!;
    // Each pixel against the one before it, the lowest byte first.
    let changes = four ^ ((four << 8) | ink);
    ink = four >>> 24;
    for (; changes !== 0; changes &= changes - 1)
      edges[count++] = p - base + ((31 - Math.clz32(changes & -changes)) >> 3);
  }
  for (; p < end; p++)
    if (data[p] !== ink) {
      edges[count++] = p - base;
      ink ^= 1;
    }
  if (ink === 1) edges[count++] = width;
  return count;
}
