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

/** Set upright by the EXIF and TIFF tag Orientation: 1 as it is, 3, 6 and 8 turned, 2, 4, 5 and 7 mirrored too. */
export function turned(image: RasterImage, orientation: number): RasterImage {
  if (!(orientation >= 2 && orientation <= 8)) return image;
  const { width, height, channels, data, dpi } = image;
  const isAcross = orientation >= 5;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = fromRight ? width - 1 - x : x;
      const row = fromBottom ? height - 1 - y : y;
      const from = (y * width + x) * channels;
      const to = (isAcross ? column * height + row : row * width + column) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  return { width: isAcross ? height : width, height: isAcross ? width : height, channels, data: out, dpi };
}

/** With square pixels: rows put in between where there are `across` pixels an inch in a row and fewer, `down`, in a column. */
export function squared(image: RasterImage, across: number, down: number): RasterImage {
  const { width, channels, data, dpi } = image;
  const height = Math.round((image.height * across) / down);
  const stride = width * channels;
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const at = Math.min(image.height - 1, Math.max(0, ((y + 0.5) * down) / across - 0.5));
    const above = Math.floor(at);
    const below = Math.min(image.height - 1, above + 1);
    for (let i = 0; i < stride; i++) {
      const top = data[above * stride + i]!;
      out[y * stride + i] = Math.round(top + (data[below * stride + i]! - top) * (at - above));
    }
  }
  return { width, height, channels, data: out, dpi };
}
