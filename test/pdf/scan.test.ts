import { readFile } from 'node:fs/promises';
import { createCanvas } from '@napi-rs/canvas';
import { degrees, PDFDocument, type PDFPage } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { openPdf } from '../../pipeline/pdf/file.ts';
import { openScans } from '../../pipeline/pdf/scan.ts';
import { save } from './make.ts';

const [WIDTH, HEIGHT] = [620, 877];

/** A page with its upper left quarter black. */
function jpeg(): Buffer {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = '#000';
  context.fillRect(0, 0, WIDTH / 2, HEIGHT / 2);
  return canvas.toBuffer('image/jpeg', 90);
}

/** Pages of one picture from edge to edge, and what `change` does to the last of them. */
async function scans(pages = 1, change: (page: PDFPage) => void = () => {}, useObjectStreams = true): Promise<string> {
  const document = await PDFDocument.create();
  const picture = await document.embedJpg(jpeg());
  for (let i = 1; i <= pages; i++) {
    const page = document.addPage([595.2, 841.92]);
    page.drawImage(picture, { x: 0, y: 0, width: 595.2, height: 841.92 });
    if (i === pages) change(page);
  }
  return save(await document.save({ useObjectStreams }));
}

function isScan(path: string, page = 1): boolean {
  const file = openScans(path);
  const found = file?.page(page) != null;
  file?.close();
  return found;
}

describe('a page that is one JPEG', () => {
  test.each([true, false])('is found without pdf.js, its lists packed: %s', async (packed) => {
    const file = openScans(await scans(3, undefined, packed));
    expect(file?.pageCount).toBe(3);
    const page = file?.page(3);
    expect(page).toMatchObject({ size: { width: 595.2, height: 841.92 }, width: WIDTH, height: HEIGHT, channels: 3 });
    expect(page?.rect).toEqual({ x0: 0, y0: 0, x1: 595.2, y1: 841.92 });
    expect(page?.jpeg().equals(jpeg())).toBe(true);
    expect(file?.page(4)).toBeNull();
    file?.close();
  });

  test('is read as pdf.js reads it', async () => {
    const own = await openPdf(await scans());
    // A line of text of no size: no scan, and nothing to see.
    const other = await openPdf(await scans(1, (page) => page.drawText('x', { x: -50, y: -50, size: 4 })));
    expect([isScan(await scans()), own.pageCount, own.damaged]).toEqual([true, 1, false]);
    expect(await own.readPage(1)).toEqual(await other.readPage(1));
    const [image, theirs] = [await own.pageImage(1), await other.pageImage(1)];
    expect([image.width, image.height, image.dpi]).toEqual([theirs.width, theirs.height, theirs.dpi]);
    const pixel = ({ channels, data }: typeof image, x: number, y: number) => data[(y * WIDTH + x) * channels];
    for (const [x, y] of [
      [10, 10],
      [600, 10],
      [10, 800],
    ] as const)
      expect(pixel(image, x, y)).toBe(pixel(theirs, x, y));
    await own.close();
    await other.close();
  });

  test('is one only where nothing else is on it', async () => {
    const changes: Record<string, (page: PDFPage) => void> = {
      turned: (page) => page.setRotation(degrees(90)),
      written: (page) => page.drawText('Ke hoach', { x: 50, y: 50 }),
      framed: (page) => page.drawRectangle({ x: 10, y: 10, width: 50, height: 50 }),
    };
    for (const [name, change] of Object.entries(changes))
      expect([name, isScan(await scans(1, change))]).toEqual([name, false]);
    expect(isScan(await scans(2, changes.written), 1)).toBe(true);
  });

  test('keeps its place on a page that is cut', async () => {
    const path = await scans(1, (page) => page.setCropBox(100, 0, 495.2, 841.92));
    const file = openScans(path);
    expect(file?.page(1)?.rect).toEqual({ x0: -100, y0: 0, x1: expect.closeTo(495.2), y1: 841.92 });
    file?.close();
    const pdf = await openPdf(path);
    expect((await pdf.readPage(1)).page).toMatchObject({ width: 495.2, height: 841.92 });
    await pdf.close();
  });
});

test('a file that is not whole is left to pdf.js', async () => {
  const whole = await readFile(await scans());
  expect(isScan(await save(whole.subarray(0, whole.length - 40)))).toBe(false);
  const moved = Buffer.from(whole.toString('latin1').replace(/startxref\n\d+/, 'startxref\n17'), 'latin1');
  expect(isScan(await save(moved))).toBe(false);
  const pdf = await openPdf(await save(moved));
  expect([pdf.pageCount, (await pdf.readPage(1)).needsRecognition]).toEqual([1, true]);
  await pdf.close();
});

test('a scan whose JPEG cannot be decoded is what pdf.js makes of the page', async () => {
  const bytes = await readFile(await scans(1, undefined, false));
  const start = bytes.indexOf(Buffer.from([0xff, 0xda])) + 200;
  bytes.fill(0xff, start, start + 400);
  const pdf = await openPdf(await save(bytes));
  const image = await pdf.pageImage(1);
  expect([image.width, image.height, image.dpi]).toEqual([1653, 2338, 200]);
  await pdf.close();
});
