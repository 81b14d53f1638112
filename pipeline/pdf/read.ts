import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { PlacedWord, Size } from '../layout/geometry.ts';
import { gridsFromRulings } from '../layout/grid.ts';
import { layoutPage } from '../layout/page.ts';
import type { Page } from '../page.ts';
import { type Drawing, readDrawing } from './drawing.ts';
import type { ReadPage } from './file.ts';
import { judgeText, type TextJudgement } from './quality.ts';
import { mayHoldTable } from './table-hint.ts';
import { type FontStyles, placeWords } from './words.ts';

/** Fewer words than this beside a page-wide image are a stamp on a scan. */
const STAMP_WORDS = 40;
/** Share of the page an image covers on a scan. */
const COVERED = 0.6;
/** Vietnamese text has a mark in most words; a layer below this share was made by a reader that knows none. */
const MARKED = 0.25;
/** More painted paths than this on a page without words are letters drawn as outlines. */
const OUTLINES = 200;

const NOTHING: Drawing = { rulings: [], images: [], paths: 0 };

/** Reads a page's text layer and ruling lines. `fonts` remembers the document's fonts from page to page. */
export async function readPage(page: PDFPageProxy, fonts: FontStyles): Promise<ReadPage> {
  const view = page.getViewport({ scale: 1 });
  const size: Size = { width: view.width, height: view.height };
  const content = await page.getTextContent();
  const unstyled = content.items.some((item) => 'fontName' in item && !fonts.has(item.fontName));
  let words = visible(placeWords(content, view, fonts), size);
  const judgement = judgeText(words.map((word) => word.text));
  let drawing = NOTHING;
  if (unstyled || words.length < STAMP_WORDS || !judgement.usable || mayHoldTable(words)) {
    drawing = readDrawing(await page.getOperatorList(), view, size);
    if (unstyled) {
      learnFonts(page, Object.keys(content.styles), fonts);
      words = visible(placeWords(content, view, fonts), size);
    }
  }
  return {
    page: pageOf(page.pageNumber, words, drawing, size, judgement.quality),
    needsRecognition: needsRecognition(words.length, judgement, drawing, size),
  };
}

function pageOf(number: number, words: PlacedWord[], drawing: Drawing, size: Size, quality: number): Page {
  return {
    number,
    width: Math.round(size.width * 100) / 100,
    height: Math.round(size.height * 100) / 100,
    textSource: 'text-layer',
    quality: Math.round(quality * 1000) / 1000,
    engine: null,
    ...layoutPage(words, gridsFromRulings(drawing.rulings), size),
  };
}

function visible(words: PlacedWord[], { width, height }: Size): PlacedWord[] {
  return words.filter(({ rect }) => rect.x1 > 0 && rect.x0 < width && rect.y1 > 0 && rect.y0 < height);
}

/** pdf.js knows a font's real name only once it has listed a page's operators. */
function learnFonts(page: PDFPageProxy, names: string[], fonts: FontStyles): void {
  for (const name of names) {
    if (!page.commonObjs.has(name)) continue;
    const real: string = page.commonObjs.get(name)?.name ?? '';
    fonts.set(name, { bold: /bold|black|heavy|semibd/i.test(real), italic: /italic|oblique/i.test(real) });
  }
}

function needsRecognition(words: number, judgement: TextJudgement, drawing: Drawing, size: Size): boolean {
  const scanned = coverage(drawing, size) >= COVERED;
  if (words === 0) return scanned || drawing.images.length > 1 || drawing.paths > OUTLINES;
  if (words < STAMP_WORDS && scanned) return true;
  return !judgement.usable || (scanned && judgement.marked < MARKED);
}

/** Share of the page under images; strips of one scan add up. */
function coverage({ images }: Drawing, { width, height }: Size): number {
  const area = images.reduce((sum, { rect }) => sum + (rect.x1 - rect.x0) * (rect.y1 - rect.y0), 0);
  return area / (width * height);
}
