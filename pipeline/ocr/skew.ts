import { binarize } from './bitmap.ts';
import { type GrayImage, scale } from './gray.ts';

/** Widest lean looked for, degrees. */
const WIDEST = 3;
/** Pixels an inch of the copy that is measured. */
const MEASURED_DPI = 75;

/**
 * How far the lines of print lean, degrees (positive: they fall to the right), from -3 to 3 in steps of 0.05; 0 for a page
 * with too little on it. The angle sought is the one under which the rows' sums of ink differ most from row to row.
 */
export function skewAngle(image: GrayImage): number {
  const small = binarize(image.dpi > MEASURED_DPI * 1.2 ? scale(image, MEASURED_DPI / image.dpi) : image);
  const xs: number[] = [];
  const ys: number[] = [];
  const margin = Math.round(small.width * 0.03);
  for (let y = margin; y < small.height - margin; y++)
    for (let x = margin; x < small.width - margin; x++)
      if (small.data[y * small.width + x]) {
        xs.push(x - small.width / 2);
        ys.push(y);
      }
  if (xs.length < 400) return 0;
  const sharpness = profile(Float32Array.from(xs), Float32Array.from(ys), small.height, small.width);
  let best = 0;
  for (const step of [0.5, 0.1, 0.05]) {
    const reach = step === 0.5 ? WIDEST : step === 0.1 ? 0.5 : 0.1;
    const middle = best;
    let greatest = sharpness(middle);
    for (let k = -Math.round(reach / step); k <= Math.round(reach / step); k++) {
      const angle = middle + k * step;
      if (Math.abs(angle) > WIDEST) continue;
      const value = sharpness(angle);
      if (value > greatest) {
        greatest = value;
        best = angle;
      }
    }
  }
  return Math.round(best * 20) / 20;
}

/** Sum of squared differences between neighbouring rows of the ink seen under an angle. */
function profile(xs: Float32Array, ys: Float32Array, height: number, width: number): (degrees: number) => number {
  const pad = Math.ceil(width * Math.tan((WIDEST * Math.PI) / 180)) + 2;
  const rows = new Float32Array(height + 2 * pad);
  return (degrees) => {
    rows.fill(0);
    const slope = Math.tan((degrees * Math.PI) / 180);
    for (let i = 0; i < xs.length; i++) {
      rows[Math.round(ys[i]! - xs[i]! * slope) + pad]!++;
    }
    let sum = 0;
    for (let row = 1; row < rows.length; row++) sum += (rows[row]! - rows[row - 1]!) ** 2;
    return sum;
  };
}
