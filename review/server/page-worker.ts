import { createCanvas, ImageData } from '@napi-rs/canvas';
import { decodeImage } from '../../pipeline/ocr/decode.ts';
import type { RasterImage } from '../../pipeline/ocr/raster.ts';
import { openPdf } from '../../pipeline/pdf/file.ts';

export interface PictureRequest {
  path: string;
  kind: 'pdf' | 'image';
  page: number;
  /** The picture's width in pixels; a page with fewer is not made larger. */
  width: number;
  format: 'jpeg' | 'webp';
  /** 0 to 100. */
  quality: number;
}

export type PictureAnswer = { bytes: Uint8Array } | { error: string };

interface OpenFile {
  path: string;
  page(number: number): Promise<RasterImage>;
  close(): Promise<void>;
}

let held: OpenFile | undefined;

async function open({ path, kind }: PictureRequest): Promise<OpenFile> {
  if (held?.path === path) return held;
  await held?.close();
  held = undefined;
  if (kind === 'pdf') {
    const file = await openPdf(path);
    held = { path, page: (number) => file.pageImage(number), close: () => file.close() };
  } else {
    const file = await decodeImage(path);
    held = { path, page: (number) => file.page(number), close: async () => undefined };
  }
  return held;
}

function rgba({ width, height, channels, data }: RasterImage): Uint8ClampedArray {
  if (channels === 4) return new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0, p = 0, q = 0; i < width * height; i++, p += channels, q += 4) {
    const gray = data[p] ?? 255;
    out[q] = gray;
    out[q + 1] = channels === 3 ? (data[p + 1] ?? 255) : gray;
    out[q + 2] = channels === 3 ? (data[p + 2] ?? 255) : gray;
  }
  return out;
}

async function picture(request: PictureRequest): Promise<Uint8Array> {
  const image = await (await open(request)).page(request.page);
  const full = createCanvas(image.width, image.height);
  full.getContext('2d').putImageData(new ImageData(rgba(image), image.width, image.height), 0, 0);
  const scale = Math.min(1, request.width / image.width);
  const canvas = createCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(full, 0, 0, canvas.width, canvas.height);
  return request.format === 'jpeg' ? canvas.encode('jpeg', request.quality) : canvas.encode('webp', request.quality);
}

process.on('message', async (request: PictureRequest) => {
  const answer: PictureAnswer = await picture(request).then(
    (bytes) => ({ bytes }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  if (process.connected) process.send?.(answer, () => undefined);
});

process.on('disconnect', () => process.exit(0));

// Of a damaged PDF, pdf.js leaves rejections that nobody waits for.
process.on('unhandledRejection', () => undefined);

// Ctrl-C reaches the whole group; the reviewer's page ends this process when it closes.
process.on('SIGINT', () => undefined);
