import type { FileKind, PlanFile } from '../document.ts';
import { decodeImage } from '../ocr/decode.ts';
import { chooseEngine, type EngineOption, type OcrEngine } from '../ocr/engine.ts';
import type { RasterImage } from '../ocr/raster.ts';
import { recognizePage } from '../ocr/recognize-page.ts';
import type { Page } from '../page.ts';
import { openPdf } from '../pdf/file.ts';

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

async function imageOf(
  path: string,
  kind: FileKind,
  page: number,
): Promise<{ image: RasterImage; size?: { width: number; height: number } }> {
  if (kind === 'image') return { image: await (await decodeImage(path)).page(page) };
  const pdf = await openPdf(path);
  try {
    const { page: read } = await pdf.readPage(page);
    const image = await pdf.pageImage(page);
    return read.width !== null && read.height !== null
      ? { image, size: { width: read.width, height: read.height } }
      : { image };
  } finally {
    await pdf.close();
  }
}
