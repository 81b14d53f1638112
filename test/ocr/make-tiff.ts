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
      [277, page.photometric === 6 ? 3 : 1],
      [278, page.height],
      [279, page.data.length],
    ] as const;
    const length = 2 + tags.length * 12 + 4;
    const directory = Buffer.alloc(length);
    directory.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, value], k) => {
      directory.writeUInt16LE(tag, 2 + k * 12);
      directory.writeUInt16LE(4, 4 + k * 12);
      directory.writeUInt32LE(1, 6 + k * 12);
      directory.writeUInt32LE(tag === 273 ? at + length : value, 10 + k * 12);
    });
    const next = at + length + page.data.length;
    directory.writeUInt32LE(i + 1 < pages.length ? next : 0, length - 4);
    parts.push(directory, Buffer.from(page.data));
    at = next;
  });
  return Buffer.concat(parts);
}
