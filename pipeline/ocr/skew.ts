import { binarize } from './bitmap.ts';
import { rowRuns } from './components.ts';
import { type GrayImage, shrunk } from './gray.ts';

/** Widest lean looked for, degrees. */
const WIDEST = 3;
/** Pixels an inch of the copy that is measured, at least. */
const MEASURED_DPI = 90;
/** Square inches of ink from which it tells. */
const LEAST = 0.075;
/** Inches: longer stretches of ink are ruling lines and frames of stamps, which need not lie as the print does, unless there
 * are more of them to an inked pixel of print: those of a table. */
const RULED = { from: 0.3, most: 0.05 };
/** Degrees: steps, and how far they go from the best before; of the pixels of ink, each so-many-th is enough for it. */
const SEARCH = [
  { step: 0.5, reach: WIDEST, each: 8 },
  { step: 0.1, reach: 0.5, each: 2 },
  { step: 0.05, reach: 0.1, each: 1 },
];

/**
 * How far the lines of print lean, degrees (positive: they fall to the right), from -3 to 3 in steps of 0.05; 0 for a page
 * with too little on it. The angle sought is the one under which the rows' sums of ink differ most from row to row.
 */
export function skewAngle(image: GrayImage): number {
  const small = shrunk(image, Math.floor(image.dpi / MEASURED_DPI));
  const bitmap = binarize(small);
  const { width, height } = bitmap;
  const margin = Math.round(width * 0.03);
  const runs = rowRuns(bitmap);
  let ink = 0;
  for (let i = 0; i < runs.length; i += 3) ink += runs[i + 2]! - runs[i + 1]!;
  const xs = new Float32Array(ink);
  const ys = new Float32Array(ink);
  let count = 0;
  const longest = RULED.from * small.dpi;
  let ruled = ink;
  for (let i = 0; i < runs.length; i += 3) {
    const y = runs[i]!;
    if (y < margin || y >= height - margin) continue;
    const from = Math.max(margin, runs[i + 1]!);
    const to = Math.min(width - margin, runs[i + 2]!);
    for (let x = from; x < to; x++) {
      const at = to - from > longest ? --ruled : count++;
      xs[at] = x - width / 2;
      ys[at] = y;
    }
  }
  if (xs.length - ruled > RULED.most * count) {
    xs.copyWithin(count, ruled);
    ys.copyWithin(count, ruled);
    count += xs.length - ruled;
  }
  if (count < LEAST * small.dpi * small.dpi) return 0;
  const sharpness = profile(xs.subarray(0, count), ys.subarray(0, count), height, width);
  let best = 0;
  for (const { step, reach, each } of SEARCH) {
    const middle = best;
    let greatest = sharpness(middle, each);
    for (let k = -Math.round(reach / step); k <= Math.round(reach / step); k++) {
      const angle = middle + k * step;
      if (Math.abs(angle) > WIDEST) continue;
      const value = sharpness(angle, each);
      if (value > greatest) {
        greatest = value;
        best = angle;
      }
    }
  }
  return Math.round(best * 20) / 20;
}

/** Sum of squared differences between neighbouring rows of the ink seen under an angle; of the ink, each so-many-th pixel. */
function profile(
  xs: Float32Array,
  ys: Float32Array,
  height: number,
  width: number,
): (degrees: number, each: number) => number {
  const pad = Math.ceil(width * Math.tan((WIDEST * Math.PI) / 180)) + 2;
  const rows = new Int32Array(height + 2 * pad);
  return (degrees, each) => {
    rows.fill(0);
    const slope = Math.tan((degrees * Math.PI) / 180);
    for (let i = 0; i < xs.length; i += each) rows[(ys[i]! - xs[i]! * slope + pad + 0.5) | 0]!++;
    let sum = 0;
    for (let row = 1; row < rows.length; row++) sum += (rows[row]! - rows[row - 1]!) ** 2;
    return sum;
  };
}
