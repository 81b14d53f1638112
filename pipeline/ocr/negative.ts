import type { RasterImage } from './raster.ts';

/** One pixel in so many is looked at. */
const STEP = 61;
/** Brightness of print and paper, and the shares of pixels that are so dark at least, so bright at most, in a negative. */
const DARK = { below: 90, share: 0.75 };
const BRIGHT = { above: 160, share: 0.2 };

/** A page of white print on black, as some programs leave black and white scans, as black on white; others as they are. */
export function positive(image: RasterImage): RasterImage {
  const { data, channels } = image;
  let [dark, bright, seen] = [0, 0, 0];
  for (let p = 0; p < data.length; p += STEP * channels, seen++) {
    if (data[p]! < DARK.below) dark++;
    else if (data[p]! > BRIGHT.above) bright++;
  }
  // A sheet with no bright print at all is the lid of the scanner.
  if (dark < DARK.share * seen || bright > BRIGHT.share * seen || bright === 0 || channels === 4) return image;
  return { ...image, data: data.map((value) => 255 - value) };
}
