import { PlanError } from '../../output/issues.ts';
import {
  centerX,
  centerY,
  contains,
  overlap,
  type PlacedWord,
  type Rect,
  type Size,
  toBox,
  union,
} from '../layout/geometry.ts';
import { gridsFromRulings } from '../layout/grid.ts';
import { layoutPage } from '../layout/page.ts';
import { type Page, pageLines, type Region } from '../page.ts';
import { settleBlanks } from './blanks.ts';
import { markBold } from './bold.ts';
import { type CleanPage, cleanPage } from './clean.ts';
import { columnsOf, readColumns } from './columns.ts';
import type { OcrEngine, OcrWord } from './engine.ts';
import { foldOf, halvesOf, joinHalves } from './facing.ts';
import { isIncomingStamp, stampFrames } from './frames.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { missedLines } from './missed.ts';
import { withoutSpecks, withoutStrokes } from './noise.ts';
import { readNumberColumns } from './number-column.ts';
import { settleNumerals } from './numerals.ts';
import { isUnreadable, pageQuality } from './page-quality.ts';
import { type RasterImage, turned } from './raster.ts';
import { leaveOut, pageRegions } from './regions.ts';
import { rulingsInPoints } from './rulings.ts';
import { lookAgain } from './second-look.ts';
import { NARROW, readingFactor, readSized } from './sized.ts';
import { correctSlips } from './slips.ts';
import { tableColumnsOf } from './table-columns.ts';
import { mayLieWrong, ORIENTATION, uprightTurn } from './turn.ts';
import { leanBack } from './upright.ts';

/** Share of the em from the top of b to the bottom of p in the Times faces of official papers. */
const LINE_HEIGHT = 0.9;

/**
 * One page image as text in reading order. `size`: the page's size in points where it is known better than from the image's
 * dpi. Boxes are those of the image given, leaning or not; of one that lies on its side or head, those of the image turned.
 */
export async function recognizePage(
  image: RasterImage,
  number: number,
  engine: OcrEngine,
  size?: Size,
  mayTurn = true,
): Promise<Page> {
  const page = cleanPage(image);
  const parts = foldOf(page);
  if (parts !== null) {
    const read = await facingPages(image, parts / page.image.width, number, engine, size);
    if (read) return read;
  }
  const perPixel = 72 / page.image.dpi;
  const upright = { width: page.image.width * perPixel, height: page.image.height * perPixel };
  const grids = gridsFromRulings(rulingsInPoints(page.rulings, page.image.dpi));
  const frames = stampFrames(page.rulings, page.image.dpi)
    .map((frame) => inPoints(frame, perPixel))
    .filter((frame) => !grids.some((grid) => contains(grid.rect, centerX(frame), centerY(frame))));
  for (const frame of frames) leaveOut(page, frame);
  const printed = linesInPoints(page, perPixel).filter((line) => !grids.some((grid) => meets(grid.rect, union(line))));
  const tables = tableColumnsOf(printed, upright.width);
  const apart = columnsOf(printed, upright.width).filter(
    (rect) => !tables.flat().some((column) => meets(column, rect)),
  );
  const columns = [...apart.map((rect) => [rect]), ...tables].map((group) =>
    group.map((rect) => inPixels(rect, page.image)),
  );
  const { outside, around, cells } = pageRegions(page, grids);
  const factor = readingFactor(page.lines);
  const even = { x: factor, y: factor };
  const first = [
    ...(await readSized(outside, around, { ...even, x: factor * NARROW }, engine)),
    ...(await readSized(page.image, cells, even, engine)),
  ];
  if (mayTurn && mayLieWrong(first.flat())) {
    const turn = await uprightTurn(page.image, engine);
    if (turn !== 0) {
      const stood = turn === 180 || size === undefined ? size : { width: size.height, height: size.width };
      const read = await recognizePage(turned(image, ORIENTATION[turn]), number, engine, stood, false);
      return { ...read, turned: turn };
    }
  }
  const { dpi } = page.image;
  const parted = await readColumns(page.image, first, columns, engine);
  const sized = parted.map((region) => withoutSpecks(region, dpi));
  const missed = missedLines(page.bitmap, sized.flat(), dpi);
  const read = await lookAgain(page.image, sized, missed, factor, engine);
  const left = read.map((region) => withoutSpecks(withoutStrokes(region), dpi));
  markBold(page.image, left);
  const { lines, left: handwritten } = await settleBlanks(page.image, left, engine);
  const told = lines.flatMap((line, i) => line.map((word) => ({ ...word, line: i + 1 })));
  const numbered = await readNumberColumns(page, grids, told, engine);
  const words = settleNumerals(numbered, page.bitmap);
  const text = page.lines.filter((line) => !frames.some((frame) => meets(frame, inPoints(union(line), perPixel))));
  if (isUnreadable(words, text)) throw unreadable(number);
  const all = words.map((word) => placed(word, perPixel));
  const incoming = grids.filter(({ rect }) =>
    isIncomingStamp(textIn(all, rect), (rect.x1 - rect.x0) / 72, (rect.y1 - rect.y0) / 72),
  );
  const { items, regions } = layoutPage(
    all.filter((word) => !incoming.some(({ rect }) => isIn(word, rect))),
    grids.filter((grid) => !incoming.includes(grid)),
    upright,
  );
  const stamps = [...frames, ...incoming.map((grid) => grid.rect)];
  const byHand = handwritten.map((rect) => ({ kind: 'signature' as const, ...rect }));
  const marks: Region[] = [...page.marks, ...byHand].map((mark) => ({
    kind: mark.kind,
    box: toBox(inPoints(mark, perPixel), upright),
  }));
  const { width, height } = size ?? upright;
  const result: Page = {
    ...{ number, width, height, textSource: 'ocr', quality: pageQuality(words, text), engine: engine.info },
    ...{
      items,
      regions: [...regions, ...marks, ...stamps.map((rect) => ({ kind: 'stamp' as const, box: toBox(rect, upright) }))],
    },
  };
  correctSlips(pageLines(result), upright);
  leanBack(result, page.angle, upright);
  return result;
}

/** Two pages side by side, each read on its own; null where they do not stand upright. */
async function facingPages(
  image: RasterImage,
  share: number,
  number: number,
  engine: OcrEngine,
  size?: Size,
): Promise<Page | null> {
  const { left, right, fold } = halvesOf(image, share);
  const part = (of: number): Size | undefined => size && { width: size.width * of, height: size.height };
  const first = await recognizePage(left, number, engine, part(fold));
  if (first.turned) return null;
  return joinHalves(first, await recognizePage(right, number, engine, part(1 - fold), false), fold);
}

function unreadable(page: number): PlanError {
  const message = `Page ${page} is full of print, but none of it can be read. Scan it again, upright and at 300 dpi.`;
  return new PlanError('recognize', 'page-unreadable', message, { page });
}

function linesInPoints(page: CleanPage, perPixel: number): Rect[][] {
  return page.lines.map((line) => line.map((letter) => inPoints(letter, perPixel)));
}

function meets(a: Rect, b: Rect): boolean {
  return overlap(a.x0, a.x1, b.x0, b.x1) > 0 && overlap(a.y0, a.y1, b.y0, b.y1) > 0;
}

function inPoints(rect: PixelRect, perPixel: number): Rect {
  return { x0: rect.x0 * perPixel, y0: rect.y0 * perPixel, x1: rect.x1 * perPixel, y1: rect.y1 * perPixel };
}

/** Points as whole pixels of the image, within it. */
function inPixels({ x0, y0, x1, y1 }: Rect, { width, height, dpi }: GrayImage): PixelRect {
  const factor = dpi / 72;
  return {
    x0: Math.max(0, Math.round(x0 * factor)),
    y0: Math.max(0, Math.round(y0 * factor)),
    x1: Math.min(width, Math.round(x1 * factor)),
    y1: Math.min(height, Math.round(y1 * factor)),
  };
}

const isIn = (word: PlacedWord, rect: Rect): boolean => contains(rect, centerX(word.rect), centerY(word.rect));

function textIn(words: PlacedWord[], rect: Rect): string {
  return words.flatMap((word) => (isIn(word, rect) ? [word.text] : [])).join(' ');
}

function placed(word: OcrWord, perPixel: number) {
  return {
    text: word.text,
    rect: inPoints(word.rect, perPixel),
    baseline: word.baseline * perPixel,
    size: (word.lineHeight * perPixel) / LINE_HEIGHT,
    line: word.line,
    confidence: word.confidence,
    ...(word.bold ? { bold: true } : {}),
    ...(word.doubt ? { doubt: word.doubt } : {}),
  };
}
