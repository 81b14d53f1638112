import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../pipeline/ocr/decode.ts';
import type { RasterImage } from '../../pipeline/ocr/raster.ts';
import { tempFolder } from '../temp.ts';
import { tiff } from './make-tiff.ts';

const folder = tempFolder();

function file(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

/** White, its left quarter black (or red). */
function picture(width: number, height: number, colour = '#000') {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = colour;
  context.fillRect(0, 0, width / 4, height);
  return canvas;
}

function pixel(image: RasterImage, x: number, y: number): number[] {
  const at = (y * image.width + x) * image.channels;
  return [...image.data.subarray(at, at + image.channels)];
}

describe('PNG', () => {
  it('is decoded, gray with one channel, coloured with three', async () => {
    const gray = await (await decodeImage(file('a.png', picture(400, 500).toBuffer('image/png')))).page(1);
    expect([gray.width, gray.height, gray.channels]).toEqual([400, 500, 1]);
    expect([pixel(gray, 5, 5), pixel(gray, 399, 5)]).toEqual([[0], [255]]);
    const red = await (await decodeImage(file('b.png', picture(400, 500, '#f00').toBuffer('image/png')))).page(1);
    expect([pixel(red, 5, 5), pixel(red, 399, 5)]).toEqual([
      [255, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('without a resolution is an A4 page, upright or across', async () => {
    const tall = await (await decodeImage(file('c.png', picture(1654, 2339).toBuffer('image/png')))).page(1);
    const wide = await (await decodeImage(file('d.png', picture(2339, 1654).toBuffer('image/png')))).page(1);
    expect([tall.dpi, wide.dpi]).toEqual([expect.closeTo(200, 0), expect.closeTo(200, 0)]);
  });

  it('of 30,000 × 30,000 pixels is refused before it is decoded', async () => {
    const small = picture(8, 8).toBuffer('image/png');
    small.writeUInt32BE(30_000, 16);
    small.writeUInt32BE(30_000, 20);
    const before = process.memoryUsage().rss;
    const image = await decodeImage(file('bomb.png', small));
    await expect(image.page(1)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/200-300 dpi/),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  });

  it('cut off is damaged', async () => {
    const whole = picture(400, 500).toBuffer('image/png');
    const image = await decodeImage(file('cut.png', whole.subarray(0, whole.length - 20)));
    await expect(image.page(1)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('JPEG', () => {
  const jpeg = picture(1240, 1754).toBuffer('image/jpeg');

  it('has the resolution of its JFIF header, if that makes a page', async () => {
    const at = jpeg.indexOf('JFIF') + 7;
    for (const [written, expected] of [
      [150, 150],
      [1, 150],
    ] as const) {
      const bytes = Buffer.from(jpeg);
      bytes[at] = 1;
      bytes.writeUInt16BE(written, at + 1);
      bytes.writeUInt16BE(written, at + 3);
      expect((await (await decodeImage(file('j.jpg', bytes))).page(1)).dpi).toBeCloseTo(expected, 0);
    }
  });

  it('is turned as its EXIF orientation says', async () => {
    const tag = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
    const directory = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...tag, 0, 0, 0, 0];
    const exif = Buffer.from([0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0', 'latin1'), ...directory]);
    const image = await decodeImage(file('exif.jpg', Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)])));
    const page = await image.page(1);
    expect([page.width, page.height]).toEqual([1754, 1240]);
    expect([pixel(page, 900, 5)[0], pixel(page, 900, 1235)[0]]).toEqual([0, 255]);
  });

  it('cut off is damaged', async () => {
    const image = await decodeImage(file('cut.jpg', jpeg.subarray(0, jpeg.length * 0.7)));
    await expect(image.page(1)).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('TIFF', () => {
  const jpeg = picture(64, 96, '#f00').toBuffer('image/jpeg');
  const gray = new Uint8Array(64 * 96).map((_, i) => (i % 64 < 16 ? 0 : 255));
  const bits = new Uint8Array(8 * 96).map((_, i) => (i % 8 < 2 ? 255 : 0));
  const packed = new Uint8Array(Array.from({ length: 96 }, () => [255, 255, 256 - 5, 0]).flat());
  /** One line by horizontal mode (white 0, black 16, white 48), the others each equal to the one above it. */
  const group4 = bitsOf(
    `001${'00110101'}${'0000010111'}001${'00001011'}${'0000110111'}${'1'.repeat(3 * 95)}${'000000000001'.repeat(2)}`,
  );

  it.each([
    ['uncompressed gray', tiff([{ width: 64, height: 96, data: gray, bits: 8, photometric: 1, compression: 1 }])],
    ['bilevel', tiff([{ width: 64, height: 96, data: bits, bits: 1, photometric: 0, compression: 1 }])],
    ['PackBits', tiff([{ width: 64, height: 96, data: packed, bits: 1, photometric: 0, compression: 32773 }])],
    ['CCITT group 4', tiff([{ width: 64, height: 96, data: group4, bits: 1, photometric: 0, compression: 4 }])],
  ])('%s is decoded', async (name, bytes) => {
    const image = await decodeImage(file(`${name}.tif`, bytes));
    const page = await image.page(1);
    expect([page.width, page.height, page.channels]).toEqual([64, 96, 1]);
    expect([0, 15, 16, 63].flatMap((x) => [pixel(page, x, 0), pixel(page, x, 95)].flat())).toEqual([
      0, 0, 0, 0, 255, 255, 255, 255,
    ]);
  });

  it('may hold JPEG, and several pages', async () => {
    const page = { width: 64, height: 96, data: jpeg, bits: 8, photometric: 6, compression: 7 };
    const image = await decodeImage(file('pages.tif', tiff([page, { ...page }])));
    expect(image.pages).toBe(2);
    const second = await image.page(2);
    expect(second.channels).toBe(3);
    expect(pixel(second, 4, 50)[0]).toBeGreaterThan(240);
    expect(pixel(second, 4, 50)[1]).toBeLessThan(20);
  });

  it('of a fax, with fewer pixels down an inch than across, has square ones', async () => {
    const fax = { width: 64, height: 96, data: gray, bits: 8, photometric: 1, compression: 1 };
    const image = await decodeImage(file('fax.tif', tiff([{ ...fax, dpi: [204, 98] }])));
    const page = await image.page(1);
    expect([page.width, page.height]).toEqual([64, 200]);
    expect([pixel(page, 15, 199)[0], pixel(page, 16, 199)[0]]).toEqual([0, 255]);
  });

  /** Black on the left quarter as stored: where it stands once the orientation is followed. */
  it.each([
    [1, [64, 96], 'left'],
    [2, [64, 96], 'right'],
    [3, [64, 96], 'right'],
    [4, [64, 96], 'left'],
    [5, [96, 64], 'top'],
    [6, [96, 64], 'top'],
    [7, [96, 64], 'bottom'],
    [8, [96, 64], 'bottom'],
  ])('of orientation %i is set upright', async (orientation, size, side) => {
    const stored = { width: 64, height: 96, data: gray, bits: 8, photometric: 1, compression: 1 };
    const page = await (await decodeImage(file('o.tif', tiff([{ ...stored, orientation }])))).page(1);
    expect([page.width, page.height]).toEqual(size);
    const [right, bottom] = [page.width - 3, page.height - 3];
    const [across, down] = [page.width >> 1, page.height >> 1];
    const ends = { left: [2, down], right: [right, down], top: [across, 2], bottom: [across, bottom] };
    for (const [name, [x = 0, y = 0]] of Object.entries(ends))
      expect(pixel(page, x, y)[0], name).toBe(name === side ? 0 : 255);
  });

  it('is refused when a page is too large, and damaged when its data is not there', async () => {
    const large = tiff([{ width: 40_000, height: 40_000, data: bits, bits: 1, photometric: 0, compression: 4 }]);
    await expect((await decodeImage(file('l.tif', large))).page(1)).rejects.toMatchObject({ code: 'too-large' });
    const cut = tiff([{ width: 64, height: 96, data: gray, bits: 8, photometric: 1, compression: 1 }]).subarray(
      0,
      1000,
    );
    await expect((await decodeImage(file('c.tif', cut))).page(1)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('whose directories make a ring is damaged', async () => {
    const ring = tiff([{ width: 64, height: 96, data: gray, bits: 8, photometric: 1, compression: 1 }]);
    ring.writeUInt32LE(8, 8 + 2 + 12 * ring.readUInt16LE(8));
    await expect(decodeImage(file('ring.tif', ring))).rejects.toMatchObject({ code: 'damaged' });
  });
});

it('what is no image is said to be none', async () => {
  await expect(decodeImage(file('x.png', Buffer.from('hello')))).rejects.toMatchObject({ code: 'unknown-format' });
  await expect(decodeImage(file('empty.png', Buffer.alloc(0)))).rejects.toMatchObject({ code: 'empty-file' });
});

function bitsOf(code: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(code.length / 8));
  for (let i = 0; i < code.length; i++) if (code[i] === '1') bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (0x80 >> (i & 7));
  return bytes;
}
