import { createRequire } from 'node:module';
import type UTIF from 'utif2';

const require = createRequire(import.meta.url);
/** Loaded where a picture has EXIF tags. */
const utif = (): typeof UTIF => require('utif2');

/** What an image file says of itself before its pixels are decoded. `dpi`: as written there, or null. */
export interface ImageHeader {
  width: number;
  height: number;
  dpi: number | null;
  /** How it must be turned to stand upright, as the EXIF tag says: 1 not at all. */
  orientation: number;
  /** The file goes on to its end mark. */
  whole: boolean;
}

/** Pixels an inch from pixels a metre, a centimetre. */
const INCH = { metre: 0.0254, centimetre: 2.54 };

/** PNG (ISO 15948): IHDR, pHYs, IEND. Null where there is no header. */
export function pngHeader(file: Buffer): ImageHeader | null {
  if (file.length < 33 || file.toString('latin1', 12, 16) !== 'IHDR') return null;
  const header = {
    width: file.readUInt32BE(16),
    height: file.readUInt32BE(20),
    dpi: null as number | null,
    orientation: 1,
    whole: false,
  };
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const kind = file.toString('latin1', at + 4, at + 8);
    if (kind === 'IEND') header.whole = true;
    if (kind === 'pHYs' && at + 17 <= file.length && file[at + 16] === 1)
      header.dpi = file.readUInt32BE(at + 8) * INCH.metre;
  }
  return header;
}

/** JPEG (ITU-T T.81): frame header, JFIF or EXIF resolution, end of image. Null where there is no frame. */
export function jpegHeader(file: Buffer): ImageHeader | null {
  let dpi: number | null = null;
  let orientation = 1;
  let size: { width: number; height: number } | null = null;
  for (let at = 2; at + 9 < file.length && file[at] === 0xff; ) {
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = file.readUInt16BE(at + 2);
    const body = file.subarray(at + 4, at + 2 + length);
    if (marker === 0xe0) dpi ??= jfifDpi(body);
    if (marker === 0xe1) {
      const tags = exifTags(body);
      dpi = (tags && resolution(tags)) ?? dpi;
      orientation = Number((tags?.t274 as number[] | undefined)?.[0] ?? orientation);
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      size = { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    at += 2 + length;
    if (marker === 0xda)
      return size && { ...size, dpi, orientation, whole: file.lastIndexOf(Buffer.from([0xff, 0xd9])) >= at };
  }
  return size && { ...size, dpi, orientation, whole: false };
}

function jfifDpi(body: Buffer): number | null {
  if (body.length < 12 || body.toString('latin1', 0, 4) !== 'JFIF') return null;
  const perUnit = body.readUInt16BE(8);
  if (body[7] === 1) return perUnit;
  return body[7] === 2 ? perUnit * INCH.centimetre : null;
}

function exifTags(body: Buffer): UTIF.IFD | null {
  if (body.toString('latin1', 0, 4) !== 'Exif') return null;
  try {
    return utif().decode(Buffer.from(body.subarray(6)))[0] ?? null;
  } catch {
    return null;
  }
}

/** Pixels an inch from the tags XResolution (282, a fraction) and ResolutionUnit (296) of TIFF 6.0, or null. */
export function resolution(tags: UTIF.IFD, tag: 't282' | 't283' = 't282'): number | null {
  const [fraction] = (tags[tag] ?? []) as unknown as [number, number][];
  const [unit = 2] = (tags.t296 ?? []) as number[];
  if (!Array.isArray(fraction) || !(fraction[0] > 0 && fraction[1] > 0) || unit === 1) return null;
  const perUnit = fraction[0] / fraction[1];
  return unit === 3 ? perUnit * INCH.centimetre : perUnit;
}
