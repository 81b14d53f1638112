import type { Rect, Size } from '../layout/geometry.ts';
import { jpegHeader } from '../ocr/image-header.ts';
import { decodeJpeg } from '../ocr/jpeg.ts';
import type { RasterImage } from '../ocr/raster.ts';
import type { PlacedImage } from './drawing.ts';
import type { ReadPage } from './file.ts';
import type { ScanPage } from './scan.ts';

// Pages that are pictures and nothing else: pdf.js, which takes long to load, is not needed for them.

/** Share of the page's sides by which an image may miss it and still be the page. */
const MISFIT = 0.02;

/** What reading gives of a page that is a picture and nothing else. */
export function scannedPage({ size }: ScanPage, number: number): ReadPage {
  return {
    page: {
      number,
      width: Math.round(size.width * 100) / 100,
      height: Math.round(size.height * 100) / 100,
      textSource: 'text-layer',
      quality: 0,
      engine: null,
      items: [],
      regions: [],
    },
    needsRecognition: true,
  };
}

/** Whether the picture of a scan is the whole page, with no more pixels than may be decoded. */
export function isWholePage({ rect, size, width, height }: ScanPage, maxPixels: number): boolean {
  return fits(rect, size) && width * height <= maxPixels;
}

/** The picture of a scan; null where it must be decoded otherwise. */
export function scanImage(scan: ScanPage): RasterImage | null {
  try {
    const jpeg = scan.jpeg();
    const header = jpegHeader(jpeg);
    if (header?.width !== scan.width || header.height !== scan.height) return null;
    const image = decodeJpeg(jpeg, dpiOf(scan));
    return image && (image.tint ? 3 : 1) === scan.channels ? image : null;
  } catch {
    return null;
  }
}

export const areaOf = (rect: Rect): number => (rect.x1 - rect.x0) * (rect.y1 - rect.y0);

/** Dots an inch of an image as it lies on its page. */
export function dpiOf(image: Pick<PlacedImage, 'rect' | 'width'>): number {
  return Math.round((image.width * 72) / Math.max(image.rect.x1 - image.rect.x0, 1));
}

/** Whether an image is the whole page. */
export function fits(rect: Rect, { width, height }: Size): boolean {
  return (
    Math.abs(rect.x0) <= MISFIT * width &&
    Math.abs(rect.x1 - width) <= MISFIT * width &&
    Math.abs(rect.y0) <= MISFIT * height &&
    Math.abs(rect.y1 - height) <= MISFIT * height
  );
}
