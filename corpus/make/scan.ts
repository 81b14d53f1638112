import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { FAMILY, type Typeface } from './fonts.ts';
import { encodeGray } from './jpeg.ts';
import { imagesToPdf } from './print.ts';
import { type Random, random } from './random.ts';
import { type RasterPage, rasterise } from './raster.ts';
import { seal } from './seal.ts';
import type { Plan, ScanOptions } from './source.ts';
import { jpegQuality, type Picture, toPicture, wear } from './wear.ts';

/** A colour picture as JPEG, written by the canvas. */
function encodeColour(picture: Picture, quality: number): Uint8Array {
  const { width, height, planes } = picture;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = Math.round(planes[k]?.[i] ?? 255);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toBuffer('image/jpeg', quality);
}

/** A picture as JPEG: gray where it has one plane. `quality` from 1 to 100. */
export function encodeJpeg(picture: Picture, quality: number, dpi: number): Uint8Array {
  const { width, height, planes } = picture;
  if (planes.length === 3) return encodeColour(picture, quality);
  return encodeGray(planes[0] as Float32Array, width, height, quality, Math.round(dpi));
}

/** A worn page with the size of the paper in points. */
export interface WornPage {
  picture: Picture;
  width: number;
  height: number;
}

/** What is drawn on a page before it is worn; true where the page is to keep its colours. */
export type Drawing = (page: RasterPage, rng: Random) => boolean;

/**
 * The pages of a born-digital PDF as pictures, drawn on and worn. The same options give the same pixels: each page has its own generator, from
 * the seed and the number of the page.
 */
export async function* wornPages(
  pdf: Uint8Array,
  { level, dpi, seed }: Omit<ScanOptions, 'seal'>,
  face: Typeface,
  draw: Drawing,
): AsyncGenerator<WornPage> {
  GlobalFonts.register(face.bold, FAMILY);
  let number = 0;
  for await (const page of rasterise(pdf, dpi)) {
    const rng = random(seed * 1000 + number++);
    const coloured = draw(page, rng);
    const { canvas, width, height } = page;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    yield { picture: wear(toPicture(data, canvas.width, canvas.height, coloured), level, rng), width, height };
  }
}

/** A born-digital PDF as its scan: a PDF of page images without any text. Pages are gray, but the page with the seal is in colour. */
export async function scan(
  pdf: Uint8Array,
  plan: Pick<Plan, 'left' | 'sign'>,
  options: ScanOptions,
  face: Typeface,
): Promise<Uint8Array> {
  const draw: Drawing = (page, rng) => options.seal && seal(page, plan.left[1] ?? '', plan.sign, rng);
  const images: { jpeg: Uint8Array; width: number; height: number }[] = [];
  for await (const { picture, width, height } of wornPages(pdf, options, face, draw))
    images.push({ jpeg: encodeJpeg(picture, jpegQuality(options.level), options.dpi), width, height });
  return imagesToPdf(images);
}
