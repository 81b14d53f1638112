import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { FAMILY, type Typeface } from './fonts.ts';
import { encodeGray } from './jpeg.ts';
import { imagesToPdf } from './print.ts';
import { random } from './random.ts';
import { rasterise } from './raster.ts';
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

/**
 * A born-digital PDF as its scan: a PDF of page images without any text. Pages are gray, but the page with the seal is in colour. The same
 * options give the same pixels: each page has its own generator, from the seed and the number of the page.
 */
export async function scan(
  pdf: Uint8Array,
  plan: Pick<Plan, 'left' | 'sign'>,
  options: ScanOptions,
  face: Typeface,
): Promise<Uint8Array> {
  GlobalFonts.register(face.bold, FAMILY);
  const images: { jpeg: Uint8Array; width: number; height: number }[] = [];
  for await (const page of rasterise(pdf, options.dpi)) {
    const rng = random(options.seed * 1000 + images.length);
    const coloured = options.seal && seal(page, plan.left[1] ?? '', plan.sign, rng);
    const { canvas, width, height } = page;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const picture = wear(toPicture(data, canvas.width, canvas.height, coloured), options.level, rng);
    const quality = jpegQuality(options.level);
    const jpeg = coloured
      ? encodeColour(picture, quality)
      : encodeGray(picture.planes[0] as Float32Array, picture.width, picture.height, quality, Math.round(options.dpi));
    images.push({ jpeg, width, height });
  }
  return imagesToPdf(images);
}
