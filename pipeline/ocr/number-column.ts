import type { Grid, GridCell } from '../layout/geometry.ts';
import type { Bitmap } from './bitmap.ts';
import type { OcrEngine, OcrRegion, OcrWord } from './engine.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { countUpright } from './numerals.ts';
import { stacked } from './stacked.ts';

/** Inches: a number is one line high, and no wider than this. */
const LOWEST = 0.05;
const HIGHEST = 0.25;
const WIDEST = 0.7;
/** Inches left out along a cell's sides. */
const INSET = 0.012;
/** The line that the numbers are set in: white about it in pixels; white about a dash, a dash, its thickness, its height
 * above the foot of the numbers in inches. */
const MARGIN = 14;
const GAP = 0.05;
const DASH = 0.06;
const THICK = 0.01;
const RAISED = 0.045;
const INK = 30;
/** A number that counts on is believed this much at least; one that only one of two readings knows, this much at most. */
const COUNTED = 0.9;
const ONE_READING = 0.6;
const DOUBTFUL = 0.3;

const NUMBER = /^\d{1,3}(?:\.\d{1,3})*[.)]?$/;
const POINTED = /\d\.\d/;
/** What engines make of I, II and III. */
const STROKES = /^[IlL|HTiU1]{1,4}[.,]?$/u;

interface NumberCell {
  /** Of the ink, pixels. */
  rect: PixelRect;
  /** Indexes of the words read in the cell. */
  words: number[];
  own: string;
}

/**
 * Numbers alone in a table's first column are too short for engines to be read well one by one. They are set side by side in
 * one line, with dashes between, and read once more; of two readings the one that counts on is right. Roman numbers of
 * groups are told by their strokes. Gives all words of the page, those cells' own ones replaced.
 */
export async function readNumberColumns(
  { image, bitmap }: { image: GrayImage; bitmap: Bitmap },
  grids: readonly Grid[],
  words: OcrWord[],
  engine: OcrEngine,
): Promise<OcrWord[]> {
  const columns = grids
    .filter((grid) => grid.columns > 2)
    .map((grid) => numberCells(grid, image, bitmap, words))
    .filter((cells) => cells.length > 1);
  const settled = settleGroups(grids, image, bitmap, words);
  if (columns.length === 0) return settled;
  const lines = columns.map((cells) => inOneLine(cells, image));
  const { sheet, places } = stacked(lines);
  const regions = places.map((rect): OcrRegion => ({ mode: 'line', rect }));
  const read = await engine.recognize(sheet, regions);
  const replaced = new Map<number, OcrWord[]>();
  columns.forEach((cells, at) => {
    const parts = partsOf(read[at] ?? []);
    if (parts.length !== cells.length) return;
    const numbers = counted(
      cells.map(({ own }) => own),
      parts,
    );
    cells.forEach((cell, index) => {
      const number = numbers[index];
      if (!number || number.text === cell.own) return;
      const [first, ...others] = cell.words;
      const known = first === undefined ? undefined : words[first];
      const word = { ...wordAt(cell.rect, known), ...number };
      if (first === undefined) replaced.set(words.length + replaced.size, [word]);
      else replaced.set(first, [word]);
      for (const other of others) replaced.set(other, []);
    });
  });
  const added = [...replaced].flatMap(([index, own]) => (index >= words.length ? own : []));
  return [...settled.flatMap((word, index) => replaced.get(index) ?? [word]), ...added];
}

function wordAt(rect: PixelRect, known: OcrWord | undefined): OcrWord {
  const height = rect.y1 - rect.y0;
  return {
    ...{ text: '', rect, baseline: rect.y1, lineHeight: height * 1.3, line: 0, confidence: ONE_READING },
    ...(known ? { baseline: known.baseline, lineHeight: known.lineHeight, line: known.line } : {}),
    ...(known?.bold ? { bold: true } : {}),
  };
}

function cellRect(cell: GridCell, dpi: number): PixelRect {
  const [factor, inset] = [dpi / 72, INSET * dpi];
  return {
    x0: Math.round(cell.rect.x0 * factor + inset),
    y0: Math.round(cell.rect.y0 * factor + inset),
    x1: Math.round(cell.rect.x1 * factor - inset),
    y1: Math.round(cell.rect.y1 * factor - inset),
  };
}

function wordsIn(rect: PixelRect, words: OcrWord[]): number[] {
  return words.flatMap((word, index) => {
    const [x, y] = [(word.rect.x0 + word.rect.x1) / 2, (word.rect.y0 + word.rect.y1) / 2];
    return x >= rect.x0 && x <= rect.x1 && y >= rect.y0 && y <= rect.y1 ? [index] : [];
  });
}

/** Cells of the first column with one short line of ink. */
function numberCells(grid: Grid, image: GrayImage, bitmap: Bitmap, words: OcrWord[]): NumberCell[] {
  return grid.cells
    .filter((cell) => cell.column === 0 && cell.columnSpan === 1)
    .sort((a, b) => a.row - b.row)
    .flatMap((cell) => {
      const inner = cellRect(cell, image.dpi);
      const rect = inkBounds(bitmap, inner);
      if (!rect || rect.x1 - rect.x0 > WIDEST * image.dpi) return [];
      const high = (rect.y1 - rect.y0) / image.dpi;
      if (high < LOWEST || high > HIGHEST) return [];
      const own = wordsIn(inner, words);
      return [{ rect, words: own, own: own.map((index) => words[index]?.text).join('') }];
    });
}

function inkBounds({ width, height, data }: Bitmap, within: PixelRect): PixelRect | null {
  const bounds = { x0: Infinity, y0: Infinity, x1: -1, y1: -1 };
  for (let y = Math.max(0, Math.floor(within.y0)); y < Math.min(height, within.y1); y++)
    for (let x = Math.max(0, Math.floor(within.x0)); x < Math.min(width, within.x1); x++) {
      if (!data[y * width + x]) continue;
      bounds.x0 = Math.min(bounds.x0, x);
      bounds.x1 = Math.max(bounds.x1, x + 1);
      bounds.y0 = Math.min(bounds.y0, y);
      bounds.y1 = y + 1;
    }
  return bounds.x1 > 0 ? bounds : null;
}

/** The cells' ink on one foot, a dash behind each. */
function inOneLine(cells: NumberCell[], image: GrayImage): GrayImage {
  const inches = (length: number) => Math.max(1, Math.round(length * image.dpi));
  const [gap, dash, thick, raised] = [inches(GAP), inches(DASH), inches(THICK), inches(RAISED)];
  const height = Math.max(...cells.map(({ rect }) => rect.y1 - rect.y0)) + 2 * MARGIN;
  const width = cells.reduce((sum, { rect }) => sum + rect.x1 - rect.x0 + 2 * gap + dash, 2 * MARGIN);
  const data = new Uint8Array(width * height).fill(255);
  const foot = height - MARGIN;
  let left = MARGIN;
  for (const { rect } of cells) {
    for (let y = rect.y0 - 1; y < rect.y1 + 1; y++)
      for (let x = rect.x0 - 1; x < rect.x1 + 1; x++) {
        if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
        data[(foot + y - rect.y1) * width + left + x - rect.x0] = image.data[y * image.width + x] ?? 255;
      }
    left += rect.x1 - rect.x0 + gap;
    for (let y = foot - raised; y < foot - raised + thick; y++)
      data.fill(INK, y * width + left, y * width + left + dash);
    left += dash + gap;
  }
  return { width, height, data, dpi: image.dpi };
}

/** What stands between the dashes. */
function partsOf(words: OcrWord[]): string[] {
  return words
    .map(({ text }) => text)
    .join('')
    .replace(/[-–—_~]+$/, '')
    .split(/[-–—_~]+/)
    .map((part) => part.replace(/,/g, '.'));
}

interface Counted {
  text: string;
  confidence: number;
  doubt?: string;
}

const digits = (text: string): string => text.replace(/\D/g, '');
const bare = (text: string): string => text.replace(/[.)]$/, '');

/** Of each cell's two readings the number that counts on from the one before or to the one behind; null: leave the own. */
export function counted(own: readonly string[], other: readonly string[]): (Counted | null)[] {
  const found: (string | null)[] = own.map(() => null);
  let before: string | null = null;
  const agree = (index: number, expected: string[]): string | undefined =>
    expected.find((number) => bare(own[index] ?? '') === number || digits(other[index] ?? '') === digits(number));
  const pointed = own.filter((text, index) => POINTED.test(text) || POINTED.test(other[index] ?? '')).length;
  const inStyle = (number: string): string =>
    pointed * 3 >= own.length ? number.replace(/^(\d)([1-9])$/, '$1.$2') : number;
  for (const index of own.keys()) {
    const [first, second] = [own[index] ?? '', other[index] ?? ''];
    const isSame = NUMBER.test(first) && digits(first) === digits(second);
    const number: string | undefined = agree(index, following(before));
    found[index] = number ?? (isSame ? inStyle(bare(POINTED.test(second) ? second : first)) : null);
    before = found[index] ?? (digits(first) === '' ? before : null);
  }
  for (let index = own.length - 2; index >= 0; index--) {
    const behind = found[index + 1];
    if (found[index] === null && behind) found[index] = agree(index, preceding(behind)) ?? null;
  }
  return own.map((text, index) => {
    const second = other[index] ?? '';
    const number = found[index];
    const stop = /[.)]$/.exec(text) ?? /[.)]$/.exec(second);
    if (number) return number === bare(text) ? null : { text: `${number}${stop?.[0] ?? ''}`, confidence: COUNTED };
    if (NUMBER.test(text) && NUMBER.test(second) && digits(text) !== digits(second))
      return { text, confidence: DOUBTFUL, doubt: second };
    return NUMBER.test(second) && digits(text) === '' && !STROKES.test(text) && !/^\p{L}{2,}$/u.test(text)
      ? { text: second, confidence: ONE_READING }
      : null;
  });
}

/** "3" → "4", "1"; "2.3" → "2.4", "3.1", "3". */
function following(number: string | null): string[] {
  if (number === null) return ['1'];
  const parts = number.split('.').map(Number);
  const next = parts.map((_, depth) =>
    [...parts.slice(0, depth), (parts[depth] ?? 0) + 1, ...(depth + 1 < parts.length ? [1] : [])].join('.'),
  );
  return [...next.reverse(), String((parts[0] ?? 0) + 1), '1', `${number}.1`];
}

function preceding(number: string): string[] {
  const parts = number.split('.').map(Number);
  const last = parts.pop() ?? 0;
  return last > 1 ? [[...parts, last - 1].join('.')] : parts.length > 0 ? [parts.join('.')] : [];
}

/** Roman numbers of strokes that begin a group's row, in its first cell or across the table. */
function settleGroups(grids: readonly Grid[], image: GrayImage, bitmap: Bitmap, words: OcrWord[]): OcrWord[] {
  const changed = new Map<number, string>();
  for (const grid of grids)
    for (const cell of grid.cells) {
      if (cell.column !== 0 || grid.columns < 3) continue;
      const inner = cellRect(cell, image.dpi);
      const [first, second] = wordsIn(inner, words).sort(
        (a, b) => (words[a]?.line ?? 0) - (words[b]?.line ?? 0) || (words[a]?.rect.x0 ?? 0) - (words[b]?.rect.x0 ?? 0),
      );
      const word = first === undefined ? undefined : words[first];
      if (first === undefined || !word || !STROKES.test(word.text) || /^1+[.,]?$|^T+$/.test(word.text)) continue;
      const { rect } = word;
      const next = second === undefined ? undefined : words[second];
      // A second reading may have seen one stroke of several.
      const end = next && next.line === word.line && next.rect.x0 > rect.x1 ? next.rect.x0 - 1 : rect.x1;
      const ink = inkBounds(bitmap, { ...rect, x0: Math.max(inner.x0, rect.x0 - 1), x1: end });
      const strokes = ink && countUpright(bitmap, { ...word, rect: ink });
      if (strokes !== null) changed.set(first, `${'I'.repeat(strokes)}${/[.,]$/.test(word.text) ? '.' : ''}`);
    }
  return words.map((word, index) => ({ ...word, text: changed.get(index) ?? word.text }));
}
