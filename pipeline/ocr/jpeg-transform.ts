/** Factors that a transform after Arai, Agui and Nakajima (1988) leaves to the quantisation tables. */
const SCALE = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16)));

/** What a coefficient at `place` (row × 8 + column) is multiplied by, beside its quantisation, before `paint`. */
export const scaleAt = (place: number): number => ((SCALE[place >> 3] ?? 0) * (SCALE[place & 7] ?? 0)) / 8;

/** By the place of its last coefficient, from the lowest frequency on: how many columns of a block have any. */
const FILLED = Uint8Array.from({ length: 64 }, (_, last) => Math.min(8, Math.floor((Math.sqrt(8 * last + 1) + 1) / 2)));

/**
 * The inverse cosine transform of a block into a plane of pixels; the block is all 0 afterwards. `last`: the place of its last
 * coefficient that is not 0. `to` and `stride` are multiples of 8.
 */
export function paint(block: Float32Array, last: number, plane: Plane, to: number, stride: number): void {
  if (last === 0) {
    const { bytes, words } = plane;
    bytes[to] = block[0]! + 128;
    block[0] = 0;
    const four = bytes[to]! * 0x1010101;
    for (let y = 0, at = to >> 2; y < 8; y++, at += stride >> 2) {
      words[at] = four;
      words[at + 1] = four;
    }
    return;
  }
  transform(block, FILLED[last]!, plane.bytes, to, stride);
  block.fill(0);
}

/** Pixels, 0 to 255 each: byte by byte, and four by four. */
export interface Plane {
  bytes: Uint8ClampedArray;
  words: Int32Array;
}

export function newPlane(length: number): Plane {
  const bytes = new Uint8ClampedArray(length);
  return { bytes, words: new Int32Array(bytes.buffer, 0, length >> 2) };
}

const ROOT = Math.SQRT2;
const FIRST = 2 * Math.cos(Math.PI / 8);
const SECOND = 2 * (Math.cos(Math.PI / 8) - Math.cos((3 * Math.PI) / 8));
const THIRD = 2 * (Math.cos(Math.PI / 8) + Math.cos((3 * Math.PI) / 8));

/** Columns, then rows: Arai, Agui and Nakajima's way with five products for eight values. */
function transform(block: Float32Array, columns: number, plane: Uint8ClampedArray, to: number, stride: number): void {
  for (let x = 0; x < columns; x++) {
    const v0 = block[x]!;
    const v1 = block[x + 8]!;
    const v2 = block[x + 16]!;
    const v3 = block[x + 24]!;
    const v4 = block[x + 32]!;
    const v5 = block[x + 40]!;
    const v6 = block[x + 48]!;
    const v7 = block[x + 56]!;
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
    block[x] = even0 + odd0;
    block[x + 8] = even1 + odd1;
    block[x + 16] = even2 + odd2;
    block[x + 24] = even3 - odd3;
    block[x + 32] = even3 + odd3;
    block[x + 40] = even2 - odd2;
    block[x + 48] = even1 - odd1;
    block[x + 56] = even0 - odd0;
  }
  for (let at = 0, p = to; at < 64; at += 8, p += stride) {
    const v0 = block[at]!;
    const v1 = block[at + 1]!;
    const v2 = block[at + 2]!;
    const v3 = block[at + 3]!;
    const v4 = block[at + 4]!;
    const v5 = block[at + 5]!;
    const v6 = block[at + 6]!;
    const v7 = block[at + 7]!;
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
    plane[p] = Math.fround(even0 + odd0) + 128;
    plane[p + 1] = Math.fround(even1 + odd1) + 128;
    plane[p + 2] = Math.fround(even2 + odd2) + 128;
    plane[p + 3] = Math.fround(even3 - odd3) + 128;
    plane[p + 4] = Math.fround(even3 + odd3) + 128;
    plane[p + 5] = Math.fround(even2 - odd2) + 128;
    plane[p + 6] = Math.fround(even1 - odd1) + 128;
    plane[p + 7] = Math.fround(even0 - odd0) + 128;
  }
}
