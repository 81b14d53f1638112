/** A page as pixels: row by row from the top left, `channels` bytes a pixel (gray, RGB or RGBA). `dpi`: pixels an inch. */
export interface RasterImage {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  data: Uint8Array | Uint8ClampedArray;
  dpi: number;
}
