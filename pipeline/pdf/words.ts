import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { overlap, type PlacedWord, type Rect, union } from '../layout/geometry.ts';
import { cleanText, splitWidths } from './characters.ts';
import { Util } from './pdfjs.ts';

/** Style of a font, and the name that the file gives it, by pdf.js's name for it. */
export type FontStyles = Map<string, { bold: boolean; italic: boolean; name: string }>;

/** What of pdf.js's PageViewport is needed: PDF user space to points from the top left corner. */
export interface View {
  transform: number[];
}

/** Font sizes: pieces nearer than this are one word, unless they overlap by more than the second. */
const JOIN = 0.2;
const OVERLAP = 0.5;
/** Font sizes a superscript stands above its line. */
const RAISED = 0.15;

/** Part of a word: letters of one font in one run. */
interface Piece {
  text: string;
  /** Start on the baseline and direction of writing, points. */
  x: number;
  y: number;
  along: [number, number];
  length: number;
  size: number;
  ascent: number;
  descent: number;
  font: string;
  /** White space comes before it. */
  spaced: boolean;
}

/** A word and how many of its letters are of which font. */
export interface TextWord extends PlacedWord {
  fonts: { name: string; letters: number }[];
}

/** The words of a page's text layer in the order of its content stream, duplicates (shadows, false bold) left out. */
export function placeWords(content: TextContent, view: View): TextWord[] {
  const groups: Piece[][] = [];
  for (const piece of pieces(content, view)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && !piece.spaced && continues(last, piece)) group.push(piece);
    else groups.push([piece]);
  }
  return withoutDoubles(groups.map(wordFrom));
}

function* pieces(content: TextContent, view: View): Generator<Piece> {
  let spaced = true;
  for (const item of content.items) {
    if (!('str' in item) || item.str === '') continue;
    const text = cleanText(item.str);
    const run = runOf(item, content, view);
    for (const { token, from, to } of splitWidths(text)) {
      const start = from * run.length;
      const { along, size, ascent, descent, font } = run;
      yield {
        text: token,
        x: run.x + along[0] * start,
        y: run.y + along[1] * start,
        length: (to - from) * run.length,
        along,
        size,
        ascent,
        descent,
        font,
        spaced: spaced || from > 0,
      };
      spaced = false;
    }
    spaced = /\s$/.test(text) || (text === '' && spaced);
  }
}

function runOf(item: TextItem, content: TextContent, view: View): Omit<Piece, 'text' | 'spaced'> {
  const [a, b, c, d, x, y] = Util.transform(view.transform, item.transform) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const scale = Math.hypot(view.transform[0] ?? 1, view.transform[1] ?? 0);
  const across = Math.hypot(a, b) || 1;
  const style = content.styles[item.fontName];
  return {
    x,
    y,
    along: [a / across, b / across],
    length: item.width * scale,
    size: Math.hypot(c, d),
    ascent: within(style?.ascent, 0.7, 0.95, 0.89),
    descent: within(-(style?.descent ?? Number.NaN), 0.15, 0.25, 0.22),
    font: item.fontName,
  };
}

function within(value: number | undefined, low: number, high: number, otherwise: number): number {
  return value !== undefined && Number.isFinite(value) && value !== 0
    ? Math.min(Math.max(value, low), high)
    : otherwise;
}

function continues(last: Piece, next: Piece): boolean {
  const size = Math.max(last.size, next.size);
  const dx = next.x - last.x;
  const dy = next.y - last.y;
  const gap = dx * last.along[0] + dy * last.along[1] - last.length;
  const rise = dx * last.along[1] - dy * last.along[0];
  if (Math.abs(rise) > 0.5 * size || gap > JOIN * size || gap < -OVERLAP * size) return false;
  const raised = rise > RAISED * size && next.size < last.size * 0.9;
  return !raised || /^[(]?[ckdm]?m$/i.test(last.text);
}

function wordFrom(group: Piece[]): TextWord {
  const text = group
    .map((piece) => piece.text)
    .join('')
    .normalize('NFC');
  const main = group.reduce((best, piece) => (piece.size > best.size ? piece : best));
  return {
    text,
    rect: union(group.map(rectOf)),
    ...(Math.abs(main.along[1]) < 0.05 ? { baseline: main.y } : {}),
    size: main.size,
    confidence: 1,
    fonts: group.map((piece) => ({ name: piece.font, letters: piece.text.length })),
  };
}

/** Bold and italic where half of a word's letters are: the other half may come from a font that had to stand in. */
export function styleWords(words: TextWord[], styles: FontStyles): PlacedWord[] {
  return words.map(({ fonts, ...word }) => {
    const total = fonts.reduce((sum, font) => sum + font.letters, 0);
    const letters = (style: 'bold' | 'italic') =>
      fonts.reduce((sum, font) => sum + (styles.get(font.name)?.[style] ? font.letters : 0), 0);
    return {
      ...word,
      ...(letters('bold') * 2 >= total ? { bold: true } : {}),
      ...(letters('italic') * 2 >= total ? { italic: true } : {}),
    };
  });
}

function rectOf({ x, y, along: [right, down], length, size, ascent, descent }: Piece): Rect {
  const [endX, endY] = [x + right * length, y + down * length];
  const [upX, upY] = [down * ascent * size, -right * ascent * size];
  const [downX, downY] = [-down * descent * size, right * descent * size];
  return {
    x0: Math.min(x, endX) + Math.min(upX, downX),
    y0: Math.min(y, endY) + Math.min(upY, downY),
    x1: Math.max(x, endX) + Math.max(upX, downX),
    y1: Math.max(y, endY) + Math.max(upY, downY),
  };
}

function withoutDoubles(words: TextWord[]): TextWord[] {
  const byText = new Map<string, PlacedWord[]>();
  return words.filter((word) => {
    const same = byText.get(word.text) ?? [];
    if (same.some((other) => coincide(other.rect, word.rect))) return false;
    byText.set(word.text, [...same, word]);
    return true;
  });
}

function coincide(a: Rect, b: Rect): boolean {
  const shared = overlap(a.x0, a.x1, b.x0, b.x1) / (b.x1 - b.x0);
  return shared > 0.8 && overlap(a.y0, a.y1, b.y0, b.y1) / (b.y1 - b.y0) > 0.8;
}
