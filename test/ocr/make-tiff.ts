/** A page of one strip. */
export interface TiffPage {
  width: number;
  height: number;
  data: Uint8Array;
  /** Bits a sample. */
  bits: number;
  /** 0 white is zero, 1 black is zero, 6 YCbCr (three samples). */
  photometric: number;
  compression: number;
  /** Pixels an inch across and down. */
  dpi?: [number, number];
  orientation?: number;
}

/** A little-endian TIFF file; its first directory stands at byte 8. */
export function tiff(pages: TiffPage[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  pages.forEach((page, i) => {
    const tags = [
      [256, page.width],
      [257, page.height],
      [258, page.bits],
      [259, page.compression],
      [262, page.photometric],
      [273, 0],
      [274, page.orientation ?? 1],
      [277, page.photometric === 6 ? 3 : 1],
      [278, page.height],
      [279, page.data.length],
      ...(page.dpi ? [[282, 0] as const, [283, 0] as const] : []),
    ] as const;
    const entries = 2 + tags.length * 12 + 4;
    const length = entries + (page.dpi ? 16 : 0);
    const directory = Buffer.alloc(length);
    page.dpi?.forEach((dpi, k) => {
      directory.writeUInt32LE(dpi, entries + k * 8);
      directory.writeUInt32LE(1, entries + k * 8 + 4);
    });
    directory.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, value], k) => {
      directory.writeUInt16LE(tag, 2 + k * 12);
      const isFraction = tag === 282 || tag === 283;
      directory.writeUInt16LE(isFraction ? 5 : 4, 4 + k * 12);
      directory.writeUInt32LE(1, 6 + k * 12);
      const offset = at + entries + (tag === 283 ? 8 : 0);
      directory.writeUInt32LE(isFraction ? offset : tag === 273 ? at + length : value, 10 + k * 12);
    });
    const next = at + length + page.data.length;
    directory.writeUInt32LE(i + 1 < pages.length ? next : 0, entries - 4);
    parts.push(directory, Buffer.from(page.data));
    at = next;
  });
  return Buffer.concat(parts);
}
