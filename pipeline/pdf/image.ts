import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { Size } from '../layout/geometry.ts';
import { fromBits, type RasterImage } from '../ocr/raster.ts';
import { type PlacedImage, readDrawing } from './drawing.ts';
import { ImageKind } from './pdfjs.ts';
import { areaOf, dpiOf, fits } from './scanned.ts';

/** Dots an inch for pages that are drawn, and the most taken from the resolution of an image on them. */
const RENDER_DPI = 200;
const MAX_DPI = 300;
/** The page as pixels: the scan itself where the page is one, rendered otherwise. */
export async function pageImage(
  page: PDFPageProxy,
  document: PDFDocumentProxy,
  maxPixels: number,
): Promise<RasterImage> {
  const view = page.getViewport({ scale: 1 });
  const size: Size = { width: view.width, height: view.height };
  const { images } = readDrawing(await page.getOperatorList(), view, size);
  const largest = images.reduce<PlacedImage | null>(
    (best, image) => (best && areaOf(best.rect) >= areaOf(image.rect) ? best : image),
    null,
  );
  const dpi = largest ? dpiOf(largest) : RENDER_DPI;
  if (largest?.upright && largest.id && fits(largest.rect, size) && largest.width * largest.height <= maxPixels) {
    const raster = rasterOf(await imageData(page, largest.id), dpi);
    if (raster) return raster;
  }
  const scanned = largest !== null && areaOf(largest.rect) > 0.5 * size.width * size.height;
  return render(page, document, scanned ? Math.min(Math.max(dpi, RENDER_DPI), MAX_DPI) : RENDER_DPI, maxPixels);
}

/** An image as pdf.js decodes it. */
interface DecodedImage {
  width: number;
  height: number;
  kind?: number;
  data?: Uint8Array | Uint8ClampedArray | null;
}

function imageData(page: PDFPageProxy, id: string): Promise<DecodedImage | null> {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => {
    objects.get(id, resolve);
  });
}

function rasterOf(image: DecodedImage | null, dpi: number): RasterImage | null {
  if (!image?.data) return null;
  const { width, height, data } = image;
  switch (image.kind) {
    case ImageKind.GRAYSCALE_1BPP:
      return fromBits(data, 1, { width, height, dpi });
    case ImageKind.RGB_24BPP:
      return { width, height, channels: 3, data, dpi };
    case ImageKind.RGBA_32BPP:
      return { width, height, channels: 4, data, dpi };
    default:
      return null;
  }
}

/** What pdf.js's own factory for Node makes, an @napi-rs canvas. */
interface CanvasFactory {
  create(
    width: number,
    height: number,
  ): {
    canvas: unknown;
    context: {
      getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
    };
  };
  destroy(canvasAndContext: unknown): void;
}

async function render(
  page: PDFPageProxy,
  document: PDFDocumentProxy,
  dpi: number,
  maxPixels: number,
): Promise<RasterImage> {
  const view = page.getViewport({ scale: 1 });
  const scale = Math.min(dpi / 72, Math.sqrt(maxPixels / (view.width * view.height)));
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.floor(viewport.width));
  const height = Math.max(1, Math.floor(viewport.height));
  const factory = document.canvasFactory as CanvasFactory;
  const surface = factory.create(width, height);
  try {
    await page.render({ canvasContext: surface.context as never, canvas: surface.canvas as never, viewport }).promise;
    return {
      width,
      height,
      channels: 4,
      data: surface.context.getImageData(0, 0, width, height).data,
      dpi: Math.round(scale * 72),
    };
  } finally {
    factory.destroy(surface);
  }
}
