import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream } from 'pdf-lib';
import { encodeGray } from '../corpus/make/jpeg.ts';
import { imagesToPdf } from '../corpus/make/print.ts';
import { random } from '../corpus/make/random.ts';
import { rasterise } from '../corpus/make/raster.ts';
import { jpegQuality, toPicture, wear } from '../corpus/make/wear.ts';
import type { PlanRecord } from '../output/record.ts';
import { colourOf, type RasterImage } from '../pipeline/ocr/raster.ts';
import { openPdf } from '../pipeline/pdf/file.ts';
import { importInto, ROOT } from './processes.ts';

export const DPI = 200;
const LEVEL = 1;
/** Pages of a PDF: as many as plans of communes have. */
export const PDF_PAGES = 6;
/** Times that a born-digital plan is worn at most, to have pages enough. */
const COPIES = 4;
const PLANS = join(ROOT, 'corpus/plans');

/** Pages of scans, as the PDFs of a folder and as the pictures in them. */
export interface ScanSet {
  folder: string;
  pdfs: string[];
  images: string[];
}

export interface Scans {
  plain: ScanSet;
  /** Pages with a task table. */
  tables: ScanSet;
}

/** PDFs of a folder, those of the corpus where none is named. */
export async function pdfsOf(folder: string | undefined): Promise<string[]> {
  const from = folder ?? PLANS;
  const names = (await readdir(from)).filter((name) => extname(name).toLowerCase() === '.pdf').sort();
  if (names.length === 0) throw new Error(`${from} has no PDF`);
  return names.map((name) => join(from, name));
}

/** Whether a PDF has text to be read; a scan has none. */
export async function isBornDigital(path: string): Promise<boolean> {
  const pdf = await openPdf(path);
  try {
    return !(await pdf.readPage(1)).needsRecognition;
  } finally {
    await pdf.close();
  }
}

interface PageImage {
  jpeg: Uint8Array;
  /** Points. */
  width: number;
  height: number;
}

/** The pages of a PDF as pictures of a worn scan, with what `draw` does to them before. `copy`: from 0, each worn otherwise. */
async function worn(pdf: Uint8Array, copy = 0, draw: (canvas: Canvas) => void = () => undefined): Promise<PageImage[]> {
  const images: PageImage[] = [];
  for await (const { canvas, width, height } of rasterise(pdf, DPI)) {
    draw(canvas);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const { planes } = wear(
      toPicture(data, canvas.width, canvas.height, false),
      LEVEL,
      random(1000 * copy + images.length + 1),
    );
    const gray = planes[0] as Float32Array;
    images.push({ jpeg: encodeGray(gray, canvas.width, canvas.height, jpegQuality(LEVEL), DPI), width, height });
  }
  return images;
}

function png(raster: RasterImage): Buffer {
  const { width, height } = raster;
  const colourAt = colourOf(raster);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(i % width, Math.floor(i / width));
    image.data.set([colour >> 16, (colour >> 8) & 255, colour & 255, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas.toBuffer('image/png');
}

/** Numbers, from 1, of the pages that have rows of a task table. */
function pagesWithRows({ taskTables }: PlanRecord): Set<number> {
  return new Set(taskTables.flatMap(({ rows }) => rows.flatMap(({ evidence }) => evidence.map(({ page }) => page))));
}

/** The JPEG that a page is, as it lies in the PDF; null where it is no single one. */
function jpegOf(page: PDFPage | undefined): Uint8Array | null {
  const objects = page?.node.Resources()?.lookupMaybe(PDFName.of('XObject'), PDFDict);
  const streams = (objects?.entries() ?? []).map(([name]) => objects?.lookup(name));
  const [stream] = streams;
  if (streams.length !== 1 || !(stream instanceof PDFRawStream)) return null;
  return stream.dict.lookup(PDFName.of('Filter')) === PDFName.of('DCTDecode') ? stream.contents : null;
}

interface PageOf {
  pdf: string;
  /** From 0. */
  index: number;
}

interface ScannedPage extends PageOf {
  /** Of a task table. */
  hasRows: boolean;
}

async function setOf(pages: readonly PageOf[], name: string, folder: string): Promise<ScanSet> {
  const set: ScanSet = { folder: join(folder, name), pdfs: [], images: [] };
  await mkdir(set.folder);
  for (let from = 0; from < pages.length; from += PDF_PAGES) {
    const all = await PDFDocument.create();
    for (const { pdf, index } of pages.slice(from, from + PDF_PAGES)) {
      const [page] = await all.copyPages(await PDFDocument.load(await readFile(pdf)), [index]);
      if (page) all.addPage(page);
      const image = join(folder, `${name}-${String(set.images.length + 1).padStart(3, '0')}`);
      const jpeg = jpegOf(page);
      if (jpeg) {
        await writeFile(`${image}.jpg`, jpeg);
        set.images.push(`${image}.jpg`);
        continue;
      }
      const file = await openPdf(pdf);
      await writeFile(`${image}.png`, png(await file.pageImage(index + 1)));
      await file.close();
      set.images.push(`${image}.png`);
    }
    const path = join(set.folder, `${set.pdfs.length + 1}.pdf`);
    await writeFile(path, await all.save());
    set.pdfs.push(path);
  }
  return set;
}

/**
 * Scans of the PDFs of a folder, or of the corpus: scans as they are, born-digital ones worn, as often as there are pages
 * too few. No more pages of each kind than said, taken from all documents in turn.
 */
export async function makeScans(
  from: string | undefined,
  most: { plain: number; tables: number },
  folder: string,
): Promise<Scans> {
  const plain: PageOf[] = [];
  const tables: PageOf[] = [];
  for (let copy = 0; copy < COPIES && (plain.length < most.plain || tables.length < most.tables); copy++) {
    const found = await scansOf(from, copy, join(folder, `copy-${copy}`));
    if (found.length === 0) break;
    const inTurn = found.sort((a, b) => a.index - b.index);
    plain.push(...inTurn.filter(({ hasRows }) => !hasRows));
    tables.push(...inTurn.filter(({ hasRows }) => hasRows));
  }
  return {
    plain: await setOf(plain.slice(0, most.plain), 'plain', folder),
    tables: await setOf(tables.slice(0, most.tables), 'tables', folder),
  };
}

/** The pages of all documents, those that are scans already only in the first copy. */
async function scansOf(from: string | undefined, copy: number, folder: string): Promise<ScannedPage[]> {
  const scanned = join(folder, 'scanned');
  await mkdir(scanned, { recursive: true });
  for (const path of await pdfsOf(from)) {
    const bytes = await readFile(path);
    const to = join(scanned, basename(path));
    if (await isBornDigital(path)) await writeFile(to, await imagesToPdf(await worn(bytes, copy)));
    else if (copy === 0) await writeFile(to, bytes);
  }
  if ((await readdir(scanned)).length === 0) return [];
  const results = join(folder, 'read');
  const { documents } = await importInto(results, scanned);
  const pages: ScannedPage[] = [];
  for (const { folder: name, source } of documents) {
    const record = JSON.parse(await readFile(join(results, name, 'document.json'), 'utf8')) as PlanRecord;
    const withRows = pagesWithRows(record);
    for (let index = 0; index < record.source.pages; index++)
      pages.push({ pdf: join(scanned, source), index, hasRows: withRows.has(index + 1) });
  }
  return pages;
}

/** Copies of PDFs until they have so many pages; each has other bytes, so that none is known from another. Returns the pages. */
export async function copyPdfs(paths: readonly string[], pages: number, folder: string): Promise<number> {
  await mkdir(folder);
  let done = 0;
  for (let copy = 1; done < pages; copy++) {
    for (const path of paths) {
      const pdf = await PDFDocument.load(await readFile(path));
      pdf.setSubject(`Copy ${copy}`);
      await writeFile(join(folder, `${copy}-${basename(path)}`), await pdf.save());
      done += pdf.getPageCount();
      if (done >= pages) break;
    }
  }
  return done;
}

/** The texts of the corpus in reading order. */
export async function corpusTexts(): Promise<string[]> {
  const gold = join(ROOT, 'corpus/gold');
  const names = (await readdir(gold)).sort();
  return Promise.all(names.map((name) => readFile(join(gold, name, 'text.txt'), 'utf8')));
}

/** A scan of so many pages: each a full sheet with the head of a page on it, so that reading takes memory but little time. */
export async function longScan(pages: number, path: string): Promise<void> {
  const images = await worn(await readFile(join(PLANS, 'thach-lang.pdf')), 0, (canvas) => {
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, canvas.height / 8, canvas.width, canvas.height);
  });
  const all = Array.from({ length: pages }, (_, i) => images[i % images.length] as PageImage);
  await writeFile(path, await imagesToPdf(all));
}
