import { type Canvas, createCanvas, DOMMatrix, ImageData, Path2D } from '@napi-rs/canvas';

/** pdf.js brings another copy of the canvas; the two cannot draw on each other, so it is given ours before it looks for its own. */
Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');

/** Canvases for what pdf.js draws aside. */
class CanvasFactory {
  create(width: number, height: number): { canvas: Canvas | null; context: unknown } {
    const canvas = createCanvas(Math.max(1, width), Math.max(1, height));
    return { canvas, context: canvas.getContext('2d') };
  }

  reset(held: { canvas: Canvas | null }, width: number, height: number): void {
    if (!held.canvas) return;
    held.canvas.width = width;
    held.canvas.height = height;
  }

  destroy(held: { canvas: Canvas | null; context: unknown }): void {
    held.canvas = null;
    held.context = null;
  }
}

/** A page drawn at some resolution. */
export interface RasterPage {
  canvas: Canvas;
  /** Points. */
  width: number;
  height: number;
  /** Pixels of a point. */
  scale: number;
  /** The words on it with the place of their baseline's beginning, in pixels from the top left corner. */
  words: { text: string; x: number; y: number }[];
}

/** The pages of a PDF as pictures, one after the other, so that only one is held at a time. */
export async function* rasterise(pdf: Uint8Array, dpi: number): AsyncGenerator<RasterPage> {
  const scale = dpi / 72;
  const task = getDocument({
    data: Uint8Array.from(pdf),
    CanvasFactory,
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  const document = await task.promise;
  try {
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const viewport = page.getViewport({ scale });
      const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      await page.render({ canvas: canvas as never, viewport }).promise;
      const words: RasterPage['words'] = [];
      for (const item of (await page.getTextContent()).items) {
        if (!('str' in item) || item.str.trim() === '') continue;
        const transform = item.transform as number[];
        words.push({
          text: item.str,
          x: (transform[4] ?? 0) * scale,
          y: viewport.height - (transform[5] ?? 0) * scale,
        });
      }
      yield { canvas, width: viewport.width / scale, height: viewport.height / scale, scale, words };
      page.cleanup();
    }
  } finally {
    await task.destroy();
  }
}
