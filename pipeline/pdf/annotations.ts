import { type PlacedWord, type Rect, type Size, toBox } from '../layout/geometry.ts';
import type { Region } from '../page.ts';
import { cleanText, splitWidths } from './characters.ts';
import type { OperatorList } from './drawing.ts';
import { OPS, Util } from './pdfjs.ts';
import type { View } from './words.ts';

/** What is laid over the page: filled-in blanks (a number, a day) as words, stamps of electronic signatures as regions. */
export interface Annotations {
  words: PlacedWord[];
  regions: Region[];
}

/** Points and characters: what is no bigger fills a blank of the form. */
const BLANK_HEIGHT = 24;
const BLANK_LENGTH = 24;

interface Note {
  rect: Rect;
  lines: string[];
  /** Points. */
  size: number;
}

/** Document systems write a plan's number and day as annotations, which the text layer does not have. */
export function readAnnotations(list: OperatorList, view: View, size: Size): Annotations {
  const found: Annotations = { words: [], regions: [] };
  for (const note of notes(list, view)) {
    const lines = note.lines.map((line) => cleanText(line).trim()).filter(Boolean);
    const text = lines.join(' ');
    const height = note.rect.y1 - note.rect.y0;
    if (lines.length === 1 && text.length <= BLANK_LENGTH && height <= BLANK_HEIGHT)
      found.words.push(...blank(note, text));
    else if (text !== '') found.regions.push({ kind: 'stamp', box: toBox(note.rect, size), text });
  }
  return found;
}

function* notes(list: OperatorList, view: View): Generator<Note> {
  let note: Note | null = null;
  for (const [index, operator] of list.fnArray.entries()) {
    const args = list.argsArray[index];
    if (operator === OPS.beginAnnotation) note = { rect: onPage(args[1], view), lines: [''], size: 0 };
    else if (!note) continue;
    else if (operator === OPS.endAnnotation) {
      yield note;
      note = null;
    } else if (operator === OPS.setFont) note.size = Math.abs(args[1]);
    else if (operator === OPS.showText) note.lines[note.lines.length - 1] += shown(args[0]);
    else if (operator === OPS.moveText || operator === OPS.setTextMatrix || operator === OPS.nextLine)
      note.lines.push('');
  }
}

function onPage(rect: number[], view: View): Rect {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect;
  const corners = [
    Util.transform(view.transform, [1, 0, 0, 1, x0, y0]),
    Util.transform(view.transform, [1, 0, 0, 1, x1, y1]),
  ];
  const xs = corners.map((corner: number[]) => corner[4] ?? 0);
  const ys = corners.map((corner: number[]) => corner[5] ?? 0);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

/** Glyphs and, between them, shifts in thousandths of the font size, backwards when positive. */
function shown(glyphs: ({ unicode?: string } | number)[]): string {
  return glyphs
    .map((glyph) => (typeof glyph === 'number' ? (glyph < -200 ? ' ' : '') : (glyph.unicode ?? '')))
    .join('');
}

function blank({ rect, size }: Note, text: string): PlacedWord[] {
  const letters = Math.min(size > 1 ? size : Infinity, rect.y1 - rect.y0);
  const baseline = rect.y1 - 0.22 * letters;
  return splitWidths(text).map(({ token, from, to }) => ({
    text: token.normalize('NFC'),
    rect: {
      x0: rect.x0 + (rect.x1 - rect.x0) * from,
      y0: baseline - 0.89 * letters,
      x1: rect.x0 + (rect.x1 - rect.x0) * to,
      y1: rect.y1,
    },
    baseline,
    size: letters,
    confidence: 1,
  }));
}
