import { encodeGroup4 } from './fax.ts';
import type { Picture } from './wear.ts';

const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;

/** How a page lies in its file. */
export interface TiffOptions {
  /** Dots an inch, across and down. */
  across: number;
  down: number;
  /** The tag of orientation: 1 as it is, 2 mirrored, 3 on its head. */
  orientation: number;
}

/** Black where the paper is darker than the middle between ink and paper; gray is scattered no further. */
export function bilevel(picture: Picture): Uint8Array {
  const plane = picture.planes[0] as Float32Array;
  return Uint8Array.from(plane, (value) => (value < 150 ? 1 : 0));
}

/** One page, black and white, as a TIFF of one strip in CCITT Group 4. */
export function encodeTiff(picture: Picture, { across, down, orientation }: TiffOptions): Uint8Array {
  const { width, height } = picture;
  const data = encodeGroup4(bilevel(picture), width, height);
  const entries: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 1],
    [259, SHORT, 4],
    [262, SHORT, 0],
    [273, LONG, 0],
    [274, SHORT, orientation],
    [277, SHORT, 1],
    [278, LONG, height],
    [279, LONG, data.length],
    [282, RATIONAL, across],
    [283, RATIONAL, down],
    [296, SHORT, 2],
  ];
  const directory = 8;
  const rationals = directory + 2 + 12 * entries.length + 4;
  const strip = rationals + 16;
  const head = Buffer.alloc(strip);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(directory, 4);
  head.writeUInt16LE(entries.length, directory);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = directory + 2 + 12 * index;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(1, at + 4);
    if (type === SHORT) head.writeUInt16LE(value, at + 8);
    else
      head.writeUInt32LE(tag === 273 ? strip : type === RATIONAL ? rationals + (tag === 283 ? 8 : 0) : value, at + 8);
  }
  for (const [index, value] of [across, down].entries()) {
    head.writeUInt32LE(value, rationals + 8 * index);
    head.writeUInt32LE(1, rationals + 8 * index + 4);
  }
  return Buffer.concat([head, data]);
}
