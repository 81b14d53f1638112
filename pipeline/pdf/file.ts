import { readFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { PlanError } from '../../output/issues.ts';
import type { RasterImage } from '../ocr/raster.ts';
import type { Page } from '../page.ts';
import { PDF_ASSETS } from './assets.ts';
import { isCutOff } from './damage.ts';
import { isWholePage, pageImage, scanImage } from './image.ts';
import { readPage, scannedPage } from './read.ts';
import { withPageList } from './salvage.ts';
import { openScans, type ScanPage } from './scan.ts';
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
    loading ??= loadFile(path, maxImagePixels).then((found) => {
      damaged ||= found.damaged;
      return found;
    });
    return loading;
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
        return scan ? scannedPage(scan, number) : onPage(number, (page) => readPage(page, fonts));
      },
      pageImage: async (number) => {
        const scan = scanOf(number);
        const image = scan && scanImage(scan);
        if (image) return image;
        return onPage(number, async (page) => pageImage(page, (await loaded()).document, maxRenderPixels));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Loaded {
  task: PDFDocumentLoadingTask;
  document: PDFDocumentProxy;
  /** The file is cut off. */
  damaged: boolean;
}

async function loadFile(path: string, maxImagePixels: number): Promise<Loaded> {
  const bytes = new Uint8Array(await readFile(path));
  const damaged = isCutOff(bytes, bytes.length);
  try {
    return { ...(await load(bytes, maxImagePixels)), damaged };
  } catch (error) {
    if (!(error instanceof PlanError) || error.code !== 'damaged') throw error;
    // pdf.js keeps the bytes that it was given.
    const mended = withPageList(new Uint8Array(await readFile(path)));
    if (!mended) throw error;
    return { ...(await load(mended, maxImagePixels)), damaged: true };
  }
}

async function load(data: Uint8Array, maxImageSize: number): Promise<Omit<Loaded, 'damaged'>> {
  const task = getDocument({
    ...PDF_ASSETS,
    ...{ data, maxImageSize },
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
  });
  try {
    const document = await task.promise;
    if (document.numPages > 0) return { task, document };
  } catch (cause) {
    await task.destroy();
    if (cause instanceof Error && cause.name === 'PasswordException')
      throw new PlanError(
        'read',
        'encrypted',
        'The PDF asks for a password. Save a copy without one and import that.',
        {
          cause,
        },
      );
    throw damagedFile(cause);
  }
  await task.destroy();
  throw damagedFile(undefined);
}

function damagedFile(cause: unknown): PlanError {
  const message = 'The PDF is damaged or cut off and cannot be opened. Fetch or scan it again.';
  return new PlanError('read', 'damaged', message, { cause });
}
