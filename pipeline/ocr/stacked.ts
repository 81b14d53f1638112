import type { GrayImage, PixelRect } from './gray.ts';

/** Images one below the other on a white sheet, and where each lies on it. At least one; the first one's resolution. */
export function stacked(images: readonly GrayImage[]): { sheet: GrayImage; places: PixelRect[] } {
  const [first] = images;
  const width = Math.max(...images.map((image) => image.width));
  const height = images.reduce((sum, image) => sum + image.height, 0);
  let top = 0;
  const places = images.map((image) => {
    top += image.height;
    return { x0: 0, y0: top - image.height, x1: image.width, y1: top };
  });
  if (images.length === 1) return { sheet: first!, places };
  const data = new Uint8Array(width * height).fill(255);
  images.forEach((image, i) => {
    for (let y = 0; y < image.height; y++)
      data.set(image.data.subarray(y * image.width, (y + 1) * image.width), (places[i]!.y0 + y) * width);
  });
  return { sheet: { width, height, data, dpi: first!.dpi }, places };
}
