import { readFile } from 'node:fs/promises';
import { PlanError } from '../../output/issues.ts';
import { type ImageHeader, jpegHeader, pngHeader } from './image-header.ts';
import { decodeJpeg } from './jpeg.ts';
import { checkSize, likelyDpi } from './page-size.ts';
import { decodeEncoded, type RasterImage, turned } from './raster.ts';

/** An image file. `page(1)` decodes its first page, anew at each call. */
export interface ImageFile {
  pages: number;
  page(number: number): Promise<RasterImage>;
}

/**
 * Opens a PNG, JPEG or TIFF file. Sizes are read from its headers before a pixel is decoded.
 * Throws PlanError: too-large, damaged (cut off, or nothing that can be decoded), unknown-format, empty-file.
 */
export async function decodeImage(path: string): Promise<ImageFile> {
  const file = await readFile(path);
  if (file.length === 0) throw new PlanError('read', 'empty-file', 'The file is empty (0 bytes).');
  const magic = file.toString('latin1', 0, 4);
  if (magic === '\x89PNG') return single(file, 'PNG', () => pngHeader(file));
  if (magic.startsWith('\xff\xd8\xff')) return single(file, 'JPEG', () => jpegHeader(file));
  if (magic === 'II*\0' || magic === 'MM\0*') return tiff(file);
  throw new PlanError('read', 'unknown-format', 'The file is no PNG, JPEG or TIFF image, whatever its name says.');
}

function single(file: Buffer, kind: string, header: () => ImageHeader | null): ImageFile {
  return {
    pages: 1,
    page: () =>
      undamaged(kind, async () => {
        const found = header();
        if (found === null) throw new Error('it has no header');
        checkSize(found.width, found.height, 1);
        if (!found.whole) throw new Error('it is cut off');
        const dpi = likelyDpi(found.dpi, found.width, found.height);
        const image = kind === 'JPEG' ? decodeJpeg(file, dpi) : null;
        return image ? turned(image, found.orientation) : decodeEncoded(file, dpi);
      }),
  };
}

async function tiff(file: Buffer): Promise<ImageFile> {
  const { decodeTiffPage, tiffPages } = await import('./tiff.ts');
  const pages = await undamaged('TIFF', async () => {
    const found = tiffPages(file);
    if (found.length === 0) throw new Error('it has no image');
    return found;
  });
  return {
    pages: pages.length,
    page: (number) =>
      undamaged('TIFF', async () => {
        const ifd = pages[number - 1];
        if (ifd === undefined) throw new RangeError(`page ${number} of ${pages.length}`);
        return decodeTiffPage(file, { ...ifd }, number);
      }),
  };
}

async function undamaged<T>(kind: string, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    if (cause instanceof PlanError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlanError('read', 'damaged', `The ${kind} image cannot be decoded: ${reason}. Scan or export it again.`, {
      cause,
    });
  }
}
