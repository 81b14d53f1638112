import type { PDFPageProxy, TextContent } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { Size } from '../layout/geometry.ts';
import { gridsFromRulings } from '../layout/grid.ts';
import { layoutPage } from '../layout/page.ts';
import { convertRuns } from '../legacy/convert-runs.ts';
import { type Annotations, readAnnotations } from './annotations.ts';
import { type Drawing, readDrawing } from './drawing.ts';
import type { ReadPage } from './file.ts';
import { judgeText, type TextJudgement } from './quality.ts';
import { withSoftHyphens } from './soft-hyphens.ts';
import { mayHoldTable } from './table-hint.ts';
import { type FontStyles, placeWords, styleWords, type TextWord } from './words.ts';

/** Fewer words than this beside a page-wide image are a stamp on a scan. */
const STAMP_WORDS = 40;
/** Share of the page an image covers on a scan. */
const COVERED = 0.6;
/** Vietnamese text has a mark in most words; a layer below this share was made by a reader that knows none. */
const MARKED = 0.25;
/** More painted paths than this on a page without words are letters drawn as outlines. */
const OUTLINES = 200;

/** Share of the page's height below which a page break may cut. */
const BLEED = 0.85;

const NOTHING: Drawing = { rulings: [], images: [], paths: 0 };

/** Reads a page's text layer and ruling lines. `fonts` remembers the document's fonts from page to page. */
export async function readPage(page: PDFPageProxy, fonts: FontStyles): Promise<ReadPage> {
  const view = page.getViewport({ scale: 1 });
  const size: Size = { width: view.width, height: view.height };
  const content = await page.getTextContent();
  const unstyled = content.items.some((item) => 'fontName' in item && !fonts.has(item.fontName));
  const operators = unstyled ? await page.getOperatorList() : null;
  if (operators) learnFonts(page, Object.keys(content.styles), fonts);
  const unicode = await withoutLegacyFonts(content, fonts, page);
  const words = withoutBleed(visible(placeWords(unicode, view), size), size);
  const judgement = judgeText(words.map((word) => word.text));
  let drawing = NOTHING;
  let notes: Annotations = { words: [], regions: [] };
  if (operators || words.length < STAMP_WORDS || !judgement.usable || mayHoldTable(words)) {
    const drawn = operators ?? (await page.getOperatorList());
    drawing = readDrawing(drawn, view, size);
    notes = readAnnotations(drawn, view, size);
  }
  const layout = layoutPage([...styleWords(words, fonts), ...notes.words], gridsFromRulings(drawing.rulings), size);
  return {
    page: {
      number: page.pageNumber,
      width: Math.round(size.width * 100) / 100,
      height: Math.round(size.height * 100) / 100,
      textSource: 'text-layer',
      quality: Math.round(judgement.quality * 1000) / 1000,
      engine: null,
      items: layout.items,
      regions: [...layout.regions, ...notes.regions],
    },
    needsRecognition: needsRecognition(words.length, judgement, drawing, size),
  };
}

/** Text in fonts from before Unicode as Unicode; a soft hyphen is one of their letters, which pdf.js leaves out. */
async function withoutLegacyFonts(content: TextContent, fonts: FontStyles, page: PDFPageProxy): Promise<TextContent> {
  const converted = convertContent(content, fonts);
  if (converted === content || converted.items.some((item) => 'str' in item && /ư/i.test(item.str))) return converted;
  return convertContent(withSoftHyphens(content, await page.getOperatorList()), fonts);
}

function convertContent(content: TextContent, fonts: FontStyles): TextContent {
  const items = content.items.flatMap((item) => ('str' in item ? [item] : []));
  const runs = items.map((item) => ({
    text: item.str + (item.hasEOL ? '\n' : ''),
    font: fonts.get(item.fontName)?.name ?? item.fontName,
  }));
  const converted = convertRuns(runs);
  if (converted === runs) return content;
  return {
    ...content,
    items: items.map((item, index) => ({ ...item, str: converted[index]?.text.replace(/\n$/, '') ?? item.str })),
  };
}

function visible(words: TextWord[], { width, height }: Size): TextWord[] {
  return words.filter(({ rect }) => rect.x1 > 0 && rect.x0 < width && rect.y1 > 0 && rect.y0 < height);
}

/** Marks of the next page's first line that stand above the page break are drawn by browsers on this page, as letters of their own. */
function withoutBleed(words: TextWord[], size: Size): TextWord[] {
  const lowest = Math.max(...words.map((word) => word.rect.y1));
  const last = words.filter((word) => word.rect.y1 > lowest - word.size / 2);
  const bleeds =
    lowest > size.height * BLEED && last.every((word) => /^\p{L}\p{M}+$/u.test(word.text.normalize('NFD')));
  return bleeds ? words.filter((word) => !last.includes(word)) : words;
}

/** pdf.js knows a font's real name only once it has listed a page's operators. */
function learnFonts(page: PDFPageProxy, names: string[], fonts: FontStyles): void {
  for (const name of names) {
    if (!page.commonObjs.has(name)) continue;
    const real: string = page.commonObjs.get(name)?.name ?? '';
    fonts.set(name, { bold: /bold|black|heavy|semibd/i.test(real), italic: /italic|oblique/i.test(real), name: real });
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
