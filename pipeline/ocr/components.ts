import { type Bitmap, inFours } from './bitmap.ts';
import type { PixelRect } from './gray.ts';

/** Ink that hangs together, also over corners. Pixels. */
export interface Component extends PixelRect {
  /** Pixels of ink. */
  ink: number;
  /** Its stretches of ink along rows, as indexes into `Components.runs`. */
  runs: number[];
}

export interface Components {
  /** Row, first column and column behind the last of each stretch, three numbers a stretch, in reading order. */
  runs: Int32Array;
  all: Component[];
}

/** Stretches of a page above which it is a picture or noise, and not looked at. */
const MOST_RUNS = 1_500_000;

/** The connected parts of the ink; none for a page that is all noise. */
export function components(bitmap: Bitmap): Components {
  const runs = rowRuns(bitmap);
  if (runs === null) return { runs: new Int32Array(0), all: [] };
  const count = runs.length / 3;
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  let above = 0;
  for (let i = 0; i < count; i++) {
    const [row, from, to] = [runs[3 * i]!, runs[3 * i + 1]!, runs[3 * i + 2]!];
    while (runs[3 * above]! < row - 1 || (runs[3 * above]! === row - 1 && runs[3 * above + 2]! < from)) above++;
    for (let k = above; runs[3 * k]! === row - 1 && runs[3 * k + 1]! <= to; k++) {
      const [a, b] = [root(k), root(i)];
      if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const all: Component[] = [];
  const numberOf = new Int32Array(count).fill(-1);
  for (let i = 0; i < count; i++) {
    const key = root(i);
    if (numberOf[key]! < 0)
      numberOf[key] = all.push({ x0: bitmap.width, y0: bitmap.height, x1: 0, y1: 0, ink: 0, runs: [] }) - 1;
    const component = all[numberOf[key]!]!;
    const [row, from, to] = [runs[3 * i]!, runs[3 * i + 1]!, runs[3 * i + 2]!];
    component.x0 = Math.min(component.x0, from);
    component.x1 = Math.max(component.x1, to);
    component.y0 = Math.min(component.y0, row);
    component.y1 = Math.max(component.y1, row + 1);
    component.ink += to - from;
    component.runs.push(i);
  }
  return { runs, all };
}

function rowRuns({ width, data }: Bitmap): Int32Array | null {
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
      if (runs.length >= 3 * MOST_RUNS) return null;
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
