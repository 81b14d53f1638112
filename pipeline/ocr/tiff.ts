import UTIF from 'utif2';
import { PlanError } from '../../output/issues.ts';
import { resolution } from './image-header.ts';
import { checkSize, likelyDpi } from './page-size.ts';
import { compact, decodeEncoded, fromBits, type RasterImage, squared, turned } from './raster.ts';

/** Tags of TIFF 6.0 used here. */
const TAG = {
  kind: 't254',
  width: 't256',
  height: 't257',
  bits: 't258',
  compression: 't259',
  photometric: 't262',
  stripOffsets: 't273',
  orientation: 't274',
  samples: 't277',
  stripBytes: 't279',
  tileOffsets: 't324',
  tileBytes: 't325',
};
const JPEG = 7;
/** A fax has up to four times as many pixels across an inch as down one. */
const UNEQUAL = { least: 1.1, most: 4.2 };
/** Pages of one file; more is a chain of directories that bites its tail. */
const MOST_PAGES = 10_000;

/** The pages of a TIFF file: its image directories, thumbnails left out. */
export function tiffPages(file: Buffer): UTIF.IFD[] {
  checkChain(file);
  return UTIF.decode(file).filter((ifd) => first(ifd, TAG.width, 0) > 0 && (first(ifd, TAG.kind, 0) & 1) === 0);
}

export async function decodeTiffPage(file: Buffer, ifd: UTIF.IFD, number: number): Promise<RasterImage> {
  const width = first(ifd, TAG.width, 0);
  const height = first(ifd, TAG.height, 0);
  checkSize(width, height, number);
  if (!isWhole(file, ifd))
    throw new PlanError('read', 'damaged', `Page ${number} of the TIFF file is cut off.`, { page: number });
  const across = resolution(ifd);
  const down = resolution(ifd, 't283');
  const isFlat = across !== null && down !== null && across / down > UNEQUAL.least && across / down < UNEQUAL.most;
  const high = isFlat ? Math.round((height * across) / down) : height;
  checkSize(width, high, number);
  const image = await pixels(file, ifd, width, height, likelyDpi(across, width, high));
  return turned(isFlat ? squared(image, across, down) : image, first(ifd, TAG.orientation, 1));
}

/** Follows the directories’ chain as far as it goes; the decoder would follow a ring for ever. */
function checkChain(file: Buffer): void {
  const little = file[0] === 0x49;
  const short = (at: number) => (little ? file.readUInt16LE(at) : file.readUInt16BE(at));
  const long = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
  let pages = 0;
  for (let at = long(4); at !== 0; at = long(at + 2 + 12 * short(at)))
    if (++pages > MOST_PAGES) throw new Error('the chain of image directories has no end');
}

function isWhole(file: Buffer, ifd: UTIF.IFD): boolean {
  const offsets = (ifd[TAG.tileOffsets] ?? ifd[TAG.stripOffsets] ?? []) as number[];
  const bytes = (ifd[TAG.tileBytes] ?? ifd[TAG.stripBytes] ?? []) as number[];
  return offsets.length > 0 && offsets.every((offset, i) => offset + (bytes[i] ?? 0) <= file.length);
}

async function pixels(file: Buffer, ifd: UTIF.IFD, width: number, height: number, dpi: number): Promise<RasterImage> {
  const offsets = (ifd[TAG.stripOffsets] ?? []) as number[];
  if (first(ifd, TAG.compression, 1) === JPEG && offsets.length === 1 && ifd.t347 === undefined) {
    const [start = 0] = offsets;
    return decodeEncoded(file.subarray(start, start + first(ifd, TAG.stripBytes, 0)), dpi);
  }
  silently(() => UTIF.decodeImage(file, ifd));
  if (ifd.data === undefined) throw new Error('the compression of the TIFF image is not known');
  const isBilevel =
    first(ifd, TAG.bits, 1) === 1 && first(ifd, TAG.samples, 1) === 1 && first(ifd, TAG.photometric, 0) <= 1;
  if (isBilevel) return fromBits(ifd.data, first(ifd, TAG.photometric, 0) === 0 ? 0 : 1, { width, height, dpi });
  return compact({ width, height, channels: 4, data: UTIF.toRGBA8(ifd), dpi });
}

/** The decoder prints on standard output for tiled images, which would spoil the data that goes there. */
function silently(decode: () => void): void {
  const { log } = console;
  console.log = () => {};
  try {
    decode();
  } finally {
    console.log = log;
  }
}

function first(ifd: UTIF.IFD, tag: string, otherwise: number): number {
  const values = ifd[tag];
  const value = Array.isArray(values) ? Number(values[0]) : Number.NaN;
  return Number.isFinite(value) ? value : otherwise;
}
