import { readFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { PlanError } from '../../output/issues.ts';
import type { RasterImage } from '../ocr/raster.ts';
import type { Page } from '../page.ts';
import { PDF_ASSETS } from './assets.ts';
import { isCutOff } from './damage.ts';
import { pageImage } from './image.ts';
import { readPage } from './read.ts';
import { withPageList } from './salvage.ts';
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
  const bytes = new Uint8Array(await readFile(path));
  let damaged = isCutOff(bytes);
  const { task, document } = await load(bytes, maxImagePixels).catch(async (error: unknown) => {
    if (!(error instanceof PlanError) || error.code !== 'damaged') throw error;
    // pdf.js keeps the bytes that it was given.
    const mended = withPageList(new Uint8Array(await readFile(path)));
    if (!mended) throw error;
    damaged = true;
    return load(mended, maxImagePixels);
  });
  const fonts: FontStyles = new Map();

  let held: PDFPageProxy | undefined;

  /** The page stays in memory until another is opened: recognition asks for its image right after it was read. */
  async function open(number: number): Promise<PDFPageProxy> {
    if (held?.pageNumber !== number) held?.cleanup();
    held = await document.getPage(number);
    return held;
  }

  async function onPage<Result>(number: number, use: (page: PDFPageProxy) => Promise<Result>): Promise<Result> {
    try {
      return await use(await open(number));
    } catch (cause) {
      damaged = true;
      const message = `Page ${number} of the PDF cannot be read. Open the file in a PDF viewer and save or print it as a new PDF.`;
      throw new PlanError('read', 'page-unreadable', message, { page: number, cause });
    }
  }

  return {
    pageCount: document.numPages,
    get damaged() {
      return damaged;
    },
    readPage: (number) => onPage(number, (page) => readPage(page, fonts)),
    pageImage: (number) => onPage(number, (page) => pageImage(page, document, maxRenderPixels)),
    close: async () => {
      held?.cleanup();
      await task.destroy();
    },
  };
}

interface Loaded {
  task: PDFDocumentLoadingTask;
  document: PDFDocumentProxy;
}

async function load(data: Uint8Array, maxImageSize: number): Promise<Loaded> {
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
