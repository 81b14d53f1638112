import { PlanError } from '../../output/issues.ts';
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

/** Milliseconds that one call of an engine may take. */
const CALL = 180_000;

async function engineOf(option: EngineOption, onPart: () => void, call: number): Promise<OcrEngine> {
  if (engine?.option !== option) engine = { option, engine: chooseEngine(option) };
  const kept = await engine.engine;
  return {
    ...kept,
    async recognize(image, regions) {
      const words = await answerWithin(call, kept, kept.recognize(image, regions));
      onPart();
      return words;
    },
  };
}

/** An engine that does not answer in time is ended: the page fails, and the process goes on to the next. */
async function answerWithin<Answer>(limit: number, engine: OcrEngine, answer: Promise<Answer>): Promise<Answer> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    clock = setTimeout(() => {
      const message = `The engine gave no answer for ${Math.round(limit / 1000)} s, twice, and was stopped: scan the page again, or try the other --engine.`;
      reject(new PlanError('recognize', 'timeout', message));
      void engine.close().catch(() => undefined);
    }, limit);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(clock);
  }
}

/**
 * Recognises one page of a picture or a PDF. The engine is kept for the next page of this process; one that fails is begun
 * anew and asked once more. `onPart` is told when parts of the page are read. `call`: milliseconds that an engine has for
 * each answer. Throws PlanError 'timeout' where it has given none, twice.
 */
export async function recognize(
  { file, kind, page, options }: PageInput,
  onPart: () => void = () => undefined,
  call = CALL,
): Promise<Page> {
  const { image, size } = await imageOf(file.path, kind, page);
  onPart();
  try {
    return await recognizePage(image, page, await engineOf(options.engine, onPart, call), size);
  } catch {
    await endEngine();
    onPart();
    return recognizePage(image, page, await engineOf(options.engine, onPart, call), size);
  }
}

/** Ends the engine that is kept, if there is one. */
export async function endEngine(): Promise<void> {
  await (await engine?.engine)?.close();
  engine = null;
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
