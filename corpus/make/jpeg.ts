/**
 * A baseline JPEG encoder for gray pictures (one component, the Huffman tables of Annex K), because the canvas writes colour only
 * and an office scanner set to gray does not.
 */

const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];
const QUANTA = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const DC_BITS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_VALUES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_BITS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d];
const AC_VALUES = [
  ...Buffer.from(
    '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a53' +
      '5455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9' +
      'cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    'hex',
  ),
];

/** Code and length of each symbol of a Huffman table. */
function huffman(bits: readonly number[], values: readonly number[]): Map<number, [code: number, length: number]> {
  const table = new Map<number, [number, number]>();
  let code = 0;
  let next = 0;
  for (const [index, count] of bits.entries()) {
    for (let i = 0; i < count; i++) table.set(values[next++] ?? 0, [code++, index + 1]);
    code <<= 1;
  }
  return table;
}

const DC = huffman(DC_BITS, DC_VALUES);
const AC = huffman(AC_BITS, AC_VALUES);

/** COSINES[u * 8 + x]: the basis of the transform, with its scale. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const u = i >> 3;
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * (i & 7) + 1) * u * Math.PI) / 16);
});

/** Rows, then columns of a block of 8 by 8. */
function transform(block: Float64Array, half: Float64Array, out: Float64Array): void {
  for (let y = 0; y < 8; y++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += (block[y * 8 + x] as number) * (COSINES[u * 8 + x] as number);
      half[y * 8 + u] = sum;
    }
  }
  for (let u = 0; u < 8; u++) {
    for (let v = 0; v < 8; v++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += (half[y * 8 + u] as number) * (COSINES[v * 8 + y] as number);
      out[v * 8 + u] = sum;
    }
  }
}

/** Collects bits into bytes; after 0xff comes a zero. */
class BitWriter {
  private readonly bytes: number[] = [];
  private held = 0;
  private count = 0;

  put(code: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.held = (this.held << 1) | ((code >> i) & 1);
      if (++this.count < 8) continue;
      this.bytes.push(this.held);
      if (this.held === 0xff) this.bytes.push(0);
      this.held = 0;
      this.count = 0;
    }
  }

  end(): Uint8Array {
    while (this.count > 0) this.put(1, 1);
    return Uint8Array.from(this.bytes);
  }
}

function putValue(out: BitWriter, table: typeof DC, run: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value));
  const [code, length] = table.get((run << 4) | size) ?? [0, 0];
  out.put(code, length);
  if (size > 0) out.put(value < 0 ? value + (1 << size) - 1 : value, size);
}

function segment(marker: number, content: readonly number[]): number[] {
  const length = content.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...content];
}

function headers(width: number, height: number, quanta: readonly number[], dpi: number): number[] {
  return [
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 1, dpi >> 8, dpi & 255, dpi >> 8, dpi & 255, 0, 0]),
    ...segment(0xdb, [0, ...ZIGZAG.map((i) => quanta[i] ?? 1)]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0, ...DC_BITS, ...DC_VALUES]),
    ...segment(0xc4, [0x10, ...AC_BITS, ...AC_VALUES]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
  ];
}

/** A gray picture as JPEG. `quality` from 1 to 100, as other encoders count it. */
export function encodeGray(
  plane: Float32Array,
  width: number,
  height: number,
  quality: number,
  dpi: number,
): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const quanta = QUANTA.map((q) => Math.max(1, Math.min(255, Math.floor((q * scale + 50) / 100))));
  const out = new BitWriter();
  const [block, half, spectrum] = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];
  let previous = 0;
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let i = 0; i < 64; i++) {
        const y = Math.min(height - 1, top + (i >> 3));
        const x = Math.min(width - 1, left + (i & 7));
        block[i] = Math.round(plane[y * width + x] ?? 255) - 128;
      }
      transform(block, half, spectrum);
      let run = 0;
      for (const [k, i] of ZIGZAG.entries()) {
        const value = Math.round((spectrum[i] ?? 0) / (quanta[i] ?? 1));
        if (k === 0) {
          putValue(out, DC, 0, value - previous);
          previous = value;
        } else if (value === 0) run++;
        else {
          for (; run > 15; run -= 16) out.put(...(AC.get(0xf0) as [number, number]));
          putValue(out, AC, run, value);
          run = 0;
        }
      }
      if (run > 0) out.put(...(AC.get(0) as [number, number]));
    }
  }
  return Buffer.concat([
    Uint8Array.from(headers(width, height, quanta, dpi)),
    out.end(),
    Uint8Array.from([0xff, 0xd9]),
  ]);
}
