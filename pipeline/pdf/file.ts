import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { PlanError } from '../../output/issues.ts';
import type { RasterImage } from '../ocr/raster.ts';
import type { Page } from '../page.ts';
import type { Loaded } from './load.ts';
import { openScans, type ScanPage } from './scan.ts';
import { isWholePage, scanImage, scannedPage } from './scanned.ts';
import type { FontStyles } from './words.ts';

export interface PdfLimits {
  /** Images in the file with more pixels than this are not decoded. Default 100 million. */
  maxImagePixels?: number;
  /** A page is rendered with no more pixels than this. Default 40 million. */
  maxRenderPixels?: number;
}

export interface ReadPage {
  page: Page;
  /** The page has no text layer, or none that can be used: recognise its image. */
  needsRecognition: boolean;
}

export interface PdfFile {
  pageCount: number;
  /** The file is cut off or a page could not be read; what was read is good. */
  readonly damaged: boolean;
  /** Pages count from 1. */
  readPage(number: number): Promise<ReadPage>;
  pageImage(number: number): Promise<RasterImage>;
  close(): Promise<void>;
}

export const PDF_LIMITS: Required<PdfLimits> = { maxImagePixels: 100_000_000, maxRenderPixels: 40_000_000 };

/** Opens a PDF; throws a PlanError `encrypted` or `damaged` where it cannot be read at all. */
export async function openPdf(path: string, limits: PdfLimits = {}): Promise<PdfFile> {
  const { maxImagePixels, maxRenderPixels } = { ...PDF_LIMITS, ...limits };
  const scans = openScans(path);
  let damaged = false;
  let loading: Promise<Loaded> | undefined;
  const fonts: FontStyles = new Map();

  /** A file of scans alone is read without pdf.js. */
  function loaded(): Promise<Loaded> {
    loading ??= load();
    return loading;
  }

  async function load(): Promise<Loaded> {
    const { loadFile } = await import('./load.ts');
    const found = await loadFile(path, maxImagePixels);
    damaged ||= found.damaged;
    return found;
  }

  function scanOf(number: number): ScanPage | null {
    const scan = scans?.page(number);
    return scan && isWholePage(scan, Math.min(maxImagePixels, maxRenderPixels)) ? scan : null;
  }

  let held: PDFPageProxy | undefined;

  /** The page stays in memory until another is opened: recognition asks for its image right after it was read. */
  async function open(number: number): Promise<PDFPageProxy> {
    if (held?.pageNumber !== number) held?.cleanup();
    held = await (await loaded()).document.getPage(number);
    return held;
  }

  async function onPage<Result>(number: number, use: (page: PDFPageProxy) => Promise<Result>): Promise<Result> {
    await loaded();
    try {
      return await use(await open(number));
    } catch (cause) {
      damaged = true;
      const message = `Page ${number} of the PDF cannot be read. Open the file in a PDF viewer and save or print it as a new PDF.`;
      throw new PlanError('read', 'page-unreadable', message, { page: number, cause });
    }
  }

  async function close(): Promise<void> {
    scans?.close();
    held?.cleanup();
    await (await loading?.catch(() => undefined))?.task.destroy();
  }

  try {
    const pageCount = scanOf(1) && scans ? scans.pageCount : (await loaded()).document.numPages;
    return {
      pageCount,
      get damaged() {
        return damaged;
      },
      readPage: async (number) => {
        const scan = scanOf(number);
        if (scan) return scannedPage(scan, number);
        const { readPage } = await import('./read.ts');
        return onPage(number, (page) => readPage(page, fonts));
      },
      pageImage: async (number) => {
        const scan = scanOf(number);
        const image = scan && scanImage(scan);
        if (image) return image;
        const { pageImage } = await import('./image.ts');
        return onPage(number, async (page) => pageImage(page, (await loaded()).document, maxRenderPixels));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
