import type { GrayImage } from './gray.ts';

/** Side of the squares the paper's brightness is taken from, inches. */
const SQUARE = 0.1;
/** Paper darker than this stays dark: it is print (a photograph, a black border), not shade. */
const DARKEST_PAPER = 96;

/** Bits behind the point: sums of a pixel and its gain fit in 32. */
const FRACTION = 16;

/**
 * Even light: every pixel divided by the paper's brightness about it, so that paper is white whatever the shade, and the
 * grain of the paper with it. In place.
 */
export function flattenLight(image: GrayImage): void {
  const { width, height, data } = image;
  const side = Math.max(8, Math.round(SQUARE * image.dpi));
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const paper = smooth(brightest(image, side, columns, rows), columns, rows);
  for (let y = 0; y < height; y++) {
    const gy = Math.min(rows - 1, Math.max(0, (y + 0.5) / side - 0.5));
    const top = Math.floor(gy);
    const fy = gy - top;
    const above = top * columns;
    const below = Math.min(rows - 1, top + 1) * columns;
    let from = gainOf(paper[above]! * (1 - fy) + paper[below]! * fy);
    for (let column = 0, p = y * width; column <= columns; column++) {
      const right = Math.min(columns - 1, column);
      const to = gainOf(paper[above + right]! * (1 - fy) + paper[below + right]! * fy);
      const end = y * width + Math.min(width, Math.round((column + 0.5) * side));
      const step = Math.round((to - from) / side);
      for (let gain = from; p < end; p++, gain += step) {
        const value = Math.imul(data[p]!, gain) >> FRACTION;
        // 255 for what is more, without a branch: on paper it would go either way at random.
        data[p] = value | ((255 - value) >> 31);
      }
      from = to;
    }
  }
}

/** What a pixel is multiplied by, in whole parts of 2 ** -FRACTION: a little more than makes paper of this level white. */
const gainOf = (level: number): number => Math.round((262 * (1 << FRACTION)) / level);

/** The brightness that nine tenths of each square's pixels do not pass. */
function brightest(image: GrayImage, side: number, columns: number, rows: number): Float32Array {
  const { width, height, data } = image;
  const out = new Float32Array(columns * rows);
  const counts = new Uint32Array(256);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      counts.fill(0);
      let total = 0;
      for (let y = row * side; y < Math.min(height, (row + 1) * side); y += 2)
        for (let x = column * side; x < Math.min(width, (column + 1) * side); x += 2) {
          counts[data[y * width + x]!]!++;
          total++;
        }
      let level = 255;
      for (let above = counts[255]!; above < total * 0.1 && level > 0; ) above += counts[--level]!;
      out[row * columns + column] = level;
    }
  return out;
}

/** Median of the 3 × 3 squares about each, so that a dark patch of print does not pass for paper. */
function smooth(levels: Float32Array, columns: number, rows: number): Float32Array {
  const out = new Float32Array(levels.length);
  const near = new Float32Array(9);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let count = 0;
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          const level = levels[y * columns + x]!;
          let at = count++;
          for (; at > 0 && near[at - 1]! > level; at--) near[at] = near[at - 1]!;
          near[at] = level;
        }
      const median = near[count >> 1]!;
      out[row * columns + column] = median < DARKEST_PAPER ? 255 : median;
    }
  return out;
}
