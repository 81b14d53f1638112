import type { FileKind, PlanFile } from '../document.ts';
import { decodeImage } from '../ocr/decode.ts';
import { chooseEngine, type EngineOption, type OcrEngine } from '../ocr/engine.ts';
import type { RasterImage } from '../ocr/raster.ts';
import { recognizePage } from '../ocr/recognize-page.ts';
import type { Page } from '../page.ts';
import { openPdf, type PdfFile } from '../pdf/file.ts';

// What this module imports is what a recognised page depends on: its version is that of the pages kept.

export interface PageInput {
  file: Pick<PlanFile, 'path'>;
  kind: FileKind;
  /** From 1. */
  page: number;
  options: { engine: Exclude<EngineOption, 'auto'> };
}

let engine: { option: EngineOption; engine: Promise<OcrEngine> } | null = null;

async function engineOf(option: EngineOption, onPart: () => void): Promise<OcrEngine> {
  if (engine?.option !== option) engine = { option, engine: chooseEngine(option) };
  const kept = await engine.engine;
  return {
    ...kept,
    async recognize(image, regions) {
      const words = await kept.recognize(image, regions);
      onPart();
      return words;
    },
  };
}

/**
 * Recognises one page of a picture or a PDF. The engine is kept for the next page of this process; one that fails is begun
 * anew and asked once more. `onPart` is told when parts of the page are read.
 */
export async function recognize(
  { file, kind, page, options }: PageInput,
  onPart: () => void = () => undefined,
): Promise<Page> {
  const { image, size } = await imageOf(file.path, kind, page);
  onPart();
  try {
    return await recognizePage(image, page, await engineOf(options.engine, onPart), size);
  } catch {
    await (await engine?.engine)?.close();
    engine = null;
    return recognizePage(image, page, await engineOf(options.engine, onPart), size);
  }
}

interface PageImage {
  image: RasterImage;
  size?: { width: number; height: number };
}

async function imageOf(path: string, kind: FileKind, page: number): Promise<PageImage> {
  if (kind === 'image') return { image: await (await decodeImage(path)).page(page) };
  try {
    const pdf = await pdfOf(path);
    const { width, height } = (await pdf.readPage(page)).page;
    const image = await pdf.pageImage(page);
    const found = width !== null && height !== null ? { image, size: { width, height } } : { image };
    closing = setTimeout(() => void closePdf(), KEPT_OPEN).unref();
    return found;
  } catch (cause) {
    await closePdf();
    throw cause;
  }
}

/** The PDF of the last page stays open: a long scan is not read whole for each of its pages. */
let opened: { path: string; pdf: PdfFile } | null = null;
let closing: NodeJS.Timeout | undefined;
/** Milliseconds for which it stays open behind its last page. */
const KEPT_OPEN = 10_000;

async function pdfOf(path: string): Promise<PdfFile> {
  clearTimeout(closing);
  if (opened?.path === path) return opened.pdf;
  await closePdf();
  opened = { path, pdf: await openPdf(path) };
  return opened.pdf;
}

async function closePdf(): Promise<void> {
  const last = opened;
  opened = null;
  await last?.pdf.close().catch(() => undefined);
}
