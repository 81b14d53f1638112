import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../pipeline/ocr/jpeg.ts';
import { colourOf, decodeEncoded, type RasterImage, turned } from '../../pipeline/ocr/raster.ts';

const SCANS = join(import.meta.dirname, '../../corpus/scans');

/** A picture with edges, slopes and colours; its sides are no multiples of 16. */
function coloured(): Buffer {
  const canvas = createCanvas(213, 155);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 213, 155);
  const slope = context.createLinearGradient(0, 0, 213, 155);
  slope.addColorStop(0, '#222');
  slope.addColorStop(1, '#eee');
  context.fillStyle = slope;
  context.fillRect(20, 20, 120, 90);
  context.fillStyle = 'rgb(200, 40, 50)';
  context.fillRect(150, 60, 40, 70);
  context.fillStyle = 'rgb(30, 60, 180)';
  context.fillRect(0, 120, 80, 35);
  return canvas.toBuffer('image/jpeg', 90);
}

/** Largest and mean difference of the pixels' red, green and blue. */
function difference(one: RasterImage, other: RasterImage): { most: number; mean: number } {
  let [most, sum] = [0, 0];
  const [colourAt, theirs] = [colourOf(one), colourOf(other)];
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++) {
      const [a, b] = [colourAt(x, y), theirs(x, y)];
      for (const shift of [0, 8, 16]) {
        const apart = Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
        most = Math.max(most, apart);
        sum += apart;
      }
    }
  return { most, mean: sum / (one.width * one.height * 3) };
}

/** Gray, 8 × 8 pixels of one level a block; a mark to begin anew behind each `restart` blocks. */
function blocks(levels: number[], across: number, restart: number): Buffer {
  const segment = (marker: number, bytes: number[]) => [0xff, marker, 0, bytes.length + 2, ...bytes];
  const [width, height] = [across * 8, (levels.length / across) * 8];
  const bytes = [0xff, 0xd8, ...segment(0xdb, [0, ...Array<number>(64).fill(1)])];
  bytes.push(...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
  // The first coefficient's codes: 16 of 5 bits, for as many sizes; the others': one of one bit, for the end of the block.
  const lengths = (at: number, count: number) => Array.from({ length: 16 }, (_, i) => (i === at - 1 ? count : 0));
  bytes.push(...segment(0xc4, [0x00, ...lengths(5, 16), ...Array(16).keys()]));
  bytes.push(...segment(0xc4, [0x10, ...lengths(1, 1), 0]));
  if (restart > 0) bytes.push(...segment(0xdd, [0, restart]));
  bytes.push(...segment(0xda, [1, 1, 0, 0, 63, 0]));
  let [bits, before] = ['', 0];
  const flush = () => {
    const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
    for (let i = 0; i < whole.length; i += 8) {
      const byte = Number.parseInt(whole.slice(i, i + 8), 2);
      bytes.push(byte, ...(byte === 0xff ? [0] : []));
    }
    [bits, before] = ['', 0];
  };
  levels.forEach((level, i) => {
    if (restart > 0 && i > 0 && i % restart === 0) {
      flush();
      bytes.push(0xff, 0xd0 + ((i / restart - 1) % 8));
    }
    const value = (level - 128) * 8 - before;
    before += value;
    const size = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
    const own = value < 0 ? value + 2 ** size - 1 : value;
    bits += `${size.toString(2).padStart(5, '0')}${size > 0 ? own.toString(2).padStart(size, '0') : ''}0`;
  });
  flush();
  return Buffer.from([...bytes, 0xff, 0xd9]);
}

describe('JPEG', () => {
  it('in gray gives the pixels that others find', async () => {
    const file = readFileSync(join(SCANS, '150-dpi/son-huan.jpg'));
    const image = decodeJpeg(file, 150);
    expect(image).toMatchObject({ channels: 1, dpi: 150 });
    expect(difference(image as RasterImage, await decodeEncoded(file, 150)).most).toBeLessThanOrEqual(1);
  });

  it('in colours, which are half as fine, too', async () => {
    const image = decodeJpeg(coloured(), 100);
    expect(image).toMatchObject({ width: 213, height: 155, channels: 1, tint: { width: 107, height: 78 } });
    expect(difference(image as RasterImage, await decodeEncoded(coloured(), 100)).mean).toBeLessThan(0.6);
  });

  it('in colours can be turned', () => {
    const image = decodeJpeg(coloured(), 100) as RasterImage;
    const [before, after] = [colourOf(image), colourOf(turned(image, 6))];
    for (const [x, y] of [
      [170, 90],
      [30, 140],
      [60, 60],
    ] as const)
      expect(after(image.height - 1 - y, x)).toBe(before(x, y));
  });

  it('of any levels is decoded, with marks to begin anew or without', () => {
    const picture = fc.record({
      levels: fc
        .array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 36 })
        .map((all) => all.slice(0, all.length - (all.length % 3))),
      restart: fc.nat(4),
    });
    fc.assert(
      fc.property(picture, ({ levels, restart }) => {
        const image = decodeJpeg(blocks(levels, 3, restart), 100);
        const found = levels.map((_, i) => image?.data[(Math.floor(i / 3) * 8 + 4) * 24 + (i % 3) * 8 + 4]);
        expect(found).toEqual(levels);
      }),
    );
  });

  it('that is damaged is an image, none, or an error in words', () => {
    const whole = coloured();
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(flips, fc.boolean(), (changes, isInHeader) => {
        const file = Buffer.from(whole);
        for (const [at, byte] of changes) file[isInHeader ? 163 + (at % 460) : at] = byte;
        try {
          const image = decodeJpeg(file, 100);
          expect(image === null || image.data.length === image.width * image.height * image.channels).toBe(true);
        } catch (error) {
          expect((error as Error).message).toMatch(/header|picture/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('that ends before its pixels do is none', () => {
    const file = readFileSync(join(SCANS, '150-dpi/son-huan.jpg'));
    expect(decodeJpeg(file.subarray(0, file.length / 2), 150)).toBeNull();
    expect(() => decodeJpeg(file.subarray(0, 300), 150)).toThrow();
  });
});
