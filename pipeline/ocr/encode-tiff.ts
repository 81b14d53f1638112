import type { GrayImage } from './gray.ts';

/** Bytes before the pixels: the head, one directory of ten entries and the two fractions of the resolution. */
const HEAD = 8 + 2 + 10 * 12 + 4 + 2 * 8;
const [SHORT, LONG, RATIONAL] = [3, 4, 5];

/** An uncompressed TIFF (6.0, baseline, little-endian): Leptonica takes its pixels whole, those of a PGM byte by byte. */
export function encodeTiff({ width, height, data, dpi }: GrayImage): Buffer {
  const file = Buffer.alloc(HEAD + data.length);
  const fractions = HEAD - 16;
  const entries: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, HEAD],
    [278, LONG, height],
    [279, LONG, data.length],
    [282, RATIONAL, fractions],
    [283, RATIONAL, fractions + 8],
  ];
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, value], i) => {
    const at = 10 + i * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  for (const at of [fractions, fractions + 8]) {
    file.writeUInt32LE(Math.round(dpi), at);
    file.writeUInt32LE(1, at + 4);
  }
  file.set(data, HEAD);
  return file;
}
