/** Factors that a transform after Arai, Agui and Nakajima (1988) leaves to the quantisation tables. */
const SCALE = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16)));

/** What a coefficient at `place` (row × 8 + column) is multiplied by, beside its quantisation, before `paint`. */
export const scaleAt = (place: number): number => ((SCALE[place >> 3] ?? 0) * (SCALE[place & 7] ?? 0)) / 8;

/** The inverse cosine transform of a block into a plane of pixels. */
export function paint(block: Float32Array, last: number, plane: Uint8ClampedArray, to: number, stride: number): void {
  if (last === 0) {
    for (let y = 0; y < 8; y++) plane.fill(block[0]! + 128, to + y * stride, to + y * stride + 8);
    return;
  }
  for (let x = 0; x < 8; x++) turnBack(block, x, 8);
  for (let y = 0; y < 8; y++) turnBack(block, 8 * y, 1);
  for (let y = 0, at = 0, p = to; y < 8; y++, p += stride - 8)
    for (let x = 0; x < 8; x++) plane[p++] = block[at++]! + 128;
}

const ROOT = Math.SQRT2;
const FIRST = 2 * Math.cos(Math.PI / 8);
const SECOND = 2 * (Math.cos(Math.PI / 8) - Math.cos((3 * Math.PI) / 8));
const THIRD = 2 * (Math.cos(Math.PI / 8) + Math.cos((3 * Math.PI) / 8));

/** The same for the eight values from `at` in steps of `by`, in place: Arai, Agui and Nakajima's way with five products. */
function turnBack(values: Float32Array, at: number, by: number): void {
  const b = at + by;
  const c = b + by;
  const d = c + by;
  const e = d + by;
  const f = e + by;
  const g = f + by;
  const h = g + by;
  const [v1, v2, v3, v4] = [values[b]!, values[c]!, values[d]!, values[e]!];
  const [v0, v5, v6, v7] = [values[at]!, values[f]!, values[g]!, values[h]!];
  if (v1 === 0 && v2 === 0 && v3 === 0 && v4 === 0 && v5 === 0 && v6 === 0 && v7 === 0) {
    values[b] = v0;
    values[c] = v0;
    values[d] = v0;
    values[e] = v0;
    values[f] = v0;
    values[g] = v0;
    values[h] = v0;
    return;
  }
  const sum = v2 + v6;
  const turned = (v2 - v6) * ROOT - sum;
  const even0 = v0 + v4 + sum;
  const even3 = v0 + v4 - sum;
  const even1 = v0 - v4 + turned;
  const even2 = v0 - v4 - turned;
  const outer = v1 + v7;
  const inner = v5 + v3;
  const low = v5 - v3;
  const high = v1 - v7;
  const both = (low + high) * FIRST;
  const odd0 = outer + inner;
  const odd1 = both - THIRD * low - odd0;
  const odd2 = (outer - inner) * ROOT - odd1;
  const odd3 = SECOND * high - both + odd2;
  values[at] = even0 + odd0;
  values[b] = even1 + odd1;
  values[c] = even2 + odd2;
  values[d] = even3 - odd3;
  values[e] = even3 + odd3;
  values[f] = even2 - odd2;
  values[g] = even1 - odd1;
  values[h] = even0 - odd0;
}
