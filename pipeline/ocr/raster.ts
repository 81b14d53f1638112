/** A page as pixels: row by row from the top left, `channels` bytes a pixel (gray, RGB or RGBA). `dpi`: pixels an inch. */
export interface RasterImage {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  data: Uint8Array | Uint8ClampedArray;
  dpi: number;
  /** Of a page in colour whose `data` is its light alone, as JPEG keeps it. */
  tint?: Tint;
}

/** How far blue and red are from the light (JFIF; 128: not at all), for each `across` × `down` pixels of the page. */
export interface Tint {
  width: number;
  height: number;
  across: number;
  down: number;
  blue: Uint8ClampedArray;
  red: Uint8ClampedArray;
}

/** What gives a pixel's red, green and blue as `red << 16 | green << 8 | blue`, transparency left out. */
export function colourOf({ width, channels, data, tint }: RasterImage): (x: number, y: number) => number {
  if (!tint)
    return (x, y) => {
      const p = (y * width + x) * channels;
      const [green, blue] = channels === 1 ? [p, p] : [p + 1, p + 2];
      return (data[p]! << 16) | (data[green]! << 8) | data[blue]!;
    };
  const shiftX = Math.log2(tint.across);
  const shiftY = Math.log2(tint.down);
  return (x, y) => {
    const k = (y >> shiftY) * tint.width + (x >> shiftX);
    return mixed(data[y * width + x]!, tint.blue[k]! - 128, tint.red[k]! - 128);
  };
}

/** Light and tint as red, green and blue (JFIF, which takes it from ITU-R BT.601); 16 bits behind the point. */
export function mixed(light: number, blue: number, red: number): number {
  const r = inByte(light + ((91881 * red + 32768) >> 16));
  const g = inByte(light - ((22554 * blue + 46802 * red + 32768) >> 16));
  return (r << 16) | (g << 8) | inByte(light + ((116130 * blue + 32768) >> 16));
}

const inByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/** The pixels of a PNG or JPEG file, turned as its EXIF orientation says, on white where it is transparent. */
export async function decodeEncoded(file: Buffer, dpi: number): Promise<RasterImage> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
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

/** A page of ink and paper as gray: one bit a pixel, rows padded to bytes; `paper`: the bit that is white, also what is missing. */
export function fromBits(
  bits: Uint8Array | Uint8ClampedArray,
  paper: 0 | 1,
  size: Omit<RasterImage, 'channels' | 'data'>,
) {
  const { width, height } = size;
  const data = new Uint8Array(width * height).fill(255);
  const stride = Math.ceil(width / 8);
  const white = paper === 1 ? 0xff : 0;
  for (let y = 0; y < height; y++)
    for (let i = 0; i < stride; i++) {
      const ink = (bits[y * stride + i] ?? white) ^ white;
      if (ink === 0) continue;
      for (let x = 8 * i; x < Math.min(width, 8 * i + 8); x++) if ((ink >> (7 - (x & 7))) & 1) data[y * width + x] = 0;
    }
  return { ...size, channels: 1 as const, data };
}

/** Set upright by the EXIF and TIFF tag Orientation: 1 as it is, 3, 6 and 8 turned, 2, 4, 5 and 7 mirrored too. */
export function turned(image: RasterImage, orientation: number): RasterImage {
  if (!(orientation >= 2 && orientation <= 8)) return image;
  const { width, height, channels, data, dpi, tint } = image;
  const isAcross = orientation >= 5;
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = fromRight ? width - 1 - x : x;
      const row = fromBottom ? height - 1 - y : y;
      const from = (y * width + x) * channels;
      const to = (isAcross ? column * height + row : row * width + column) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  const upright: RasterImage = {
    ...(isAcross ? { width: height, height: width } : { width, height }),
    ...{ channels, data: out, dpi },
  };
  if (!tint) return upright;
  const plane = (of: Uint8ClampedArray) =>
    turned({ ...tint, channels: 1, data: of, dpi }, orientation) as RasterImage & { data: Uint8ClampedArray };
  const [blue, red] = [plane(tint.blue), plane(tint.red)];
  const { across, down } = tint;
  return {
    ...upright,
    tint: {
      ...{ width: blue.width, height: blue.height, blue: blue.data, red: red.data },
      ...(isAcross ? { across: down, down: across } : { across, down }),
    },
  };
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
