import { createCanvas, loadImage } from '@napi-rs/canvas';

/** A page as pixels: row by row from the top left, `channels` bytes a pixel (gray, RGB or RGBA). `dpi`: pixels an inch. */
export interface RasterImage {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  data: Uint8Array | Uint8ClampedArray;
  dpi: number;
}

/** The pixels of a PNG or JPEG file, turned as its EXIF orientation says, on white where it is transparent. */
export async function decodeEncoded(file: Buffer, dpi: number): Promise<RasterImage> {
  const image = await loadImage(file);
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  return compact({ width, height, channels: 4, data: context.getImageData(0, 0, width, height).data, dpi });
}

/** RGBA as RGB, or as gray where no pixel has a colour; transparent pixels lie on white. */
export function compact(image: RasterImage & { channels: 4 }): RasterImage {
  const { width, height, data, dpi } = image;
  const count = width * height;
  let channels: 1 | 3 = 1;
  for (let p = 0; p < count * 4 && channels === 1; p += 4)
    if (data[p] !== data[p + 1] || data[p] !== data[p + 2]) channels = 3;
  const out = new Uint8Array(count * channels);
  for (let i = 0, p = 0, q = 0; i < count; i++, p += 4) {
    const alpha = data[p + 3]!;
    for (let c = 0; c < channels; c++) out[q++] = 255 - Math.round(((255 - data[p + c]!) * alpha) / 255);
  }
  return { width, height, channels, data: out, dpi };
}

/** Turned upright by the EXIF and TIFF tag Orientation: 3 half a turn, 6 a quarter clockwise, 8 a quarter back; others as is. */
export function turned(image: RasterImage, orientation: number): RasterImage {
  if (orientation !== 3 && orientation !== 6 && orientation !== 8) return image;
  const { width, height, channels, data, dpi } = image;
  const quarter = orientation !== 3;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const toX = orientation === 3 ? width - 1 - x : orientation === 6 ? height - 1 - y : y;
      const toY = orientation === 3 ? height - 1 - y : orientation === 6 ? x : width - 1 - x;
      const from = (y * width + x) * channels;
      const to = (toY * (quarter ? height : width) + toX) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  return { width: quarter ? height : width, height: quarter ? width : height, channels, data: out, dpi };
}
