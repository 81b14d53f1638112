import type { Bitmap } from './bitmap.ts';
import type { OcrWord } from './engine.ts';

/** A roman number that ends in strokes: engines drop one of two that stand close. */
const STROKES = /^(X{0,3}V?)(I{1,3})([.,]?)$/;
/** The band of the letter's height that is looked at: the serifs are outside. */
const BAND = { from: 0.32, to: 0.68 };
/** Share of the band's rows that a stem's column has inked. */
const INKED = 0.7;
/** A stem is no wider than this share of the letter's height. */
const WIDEST = 0.4;

/** Counts the upright strokes of a word in the page's bitmap; null where something else than strokes is there. */
export function countStems(bitmap: Bitmap, { rect }: OcrWord, band = BAND): number | null {
  const height = rect.y1 - rect.y0;
  const top = Math.round(rect.y0 + height * band.from);
  const bottom = Math.round(rect.y0 + height * band.to);
  if (bottom - top < 3) return null;
  let stems = 0;
  let width = 0;
  for (let x = Math.max(0, Math.floor(rect.x0) - 1); x <= Math.min(bitmap.width - 1, rect.x1); x++) {
    let ink = 0;
    for (let y = top; y < bottom; y++) ink += bitmap.data[y * bitmap.width + x] ?? 0;
    if (ink >= INKED * (bottom - top)) width++;
    else {
      if (width > 0) stems++;
      if (width > WIDEST * height) return null;
      width = 0;
    }
  }
  if (width > WIDEST * height) return null;
  return width > 0 ? stems + 1 : stems;
}

/** Share of the letter's height: the foot of L reaches further than this, the serif of I does not. */
const FOOT = 0.3;

/** The same for one to three letters I: null too where a bar joins the stems (H) or a foot stands out (L). */
export function countUpright(bitmap: Bitmap, word: OcrWord): number | null {
  const stems = countStems(bitmap, word);
  if (stems === null || stems < 1 || stems > 3) return null;
  const { x1, y0, y1 } = word.rect;
  const x0 = Math.floor(word.rect.x0);
  const height = y1 - y0;
  const isInked = (x: number, from: number, to: number): boolean => {
    for (let y = Math.round(y0 + height * from); y < y0 + height * to; y++)
      if (bitmap.data[y * bitmap.width + x]) return true;
    return false;
  };
  let last = -1;
  let before = -1;
  for (let x = Math.max(0, x0 - 1); x <= Math.min(bitmap.width - 1, x1); x++) {
    if (!isInked(x, BAND.from, BAND.to)) continue;
    if (before < 0) before = x;
    last = x;
  }
  let white = 0;
  for (let x = before; x <= last; x++) if (!isInked(x, BAND.from, BAND.to)) white++;
  let foot = last + 1;
  while (foot < x1 && isInked(foot, 0.75, 1)) foot++;
  return (stems === 1 || white > 0) && foot - last <= FOOT * height ? stems : null;
}

/** A quarter of strokes before its year, and the share of the word's width in which three strokes stand. */
const QUARTER = /^(I{1,3})\/\d{4}(?!\d)/;
const STROKES_WIDE = 0.36;
/** A slash and the strokes of V and X leave each column within so high a band; stems do not. */
const HIGH_BAND = { from: 0.15, to: 0.85 };
/** V and X are at least so wide, in heights: behind that only strokes are counted. */
const BEFORE = 0.95;
/** A quarter whose strokes are more than were read is no surer than this. */
const DOUBTFUL = 0.3;

/** The quarter "II/2026" by the strokes before its year where they are more than were read; with little confidence. */
function settleQuarter(word: OcrWord, strokes: string, bitmap: Bitmap): OcrWord {
  const { x0, x1 } = word.rect;
  const part = { ...word.rect, x1: Math.round(x0 + (x1 - x0) * STROKES_WIDE) };
  const stems = countStems(bitmap, { ...word, rect: part }, HIGH_BAND);
  if (stems === null || stems <= strokes.length || stems > 3) return word;
  const text = word.text.replace(strokes, 'I'.repeat(stems));
  return { ...word, text, confidence: Math.min(word.confidence, DOUBTFUL), doubt: word.text };
}

/** The word before a quarter's number, and a first quarter read as a figure. */
const QUARTER_NEXT = /^\P{L}*quý$/iu;
const FIGURE_ONE = /^1(?=$|[/.,;:)])/;
/** Shares of the stem's height: how far down its head is looked at, and how far the serifs of I reach there on either side (pixels at least). */
const HEAD = 0.14;
const SERIF = 0.05;
const LEAST_SERIF = 2;

/** Whether the first stem of a word has serifs on both sides of its head: I has, the figure 1 has a flag on its left alone. */
function beginsWithLetterI(bitmap: Bitmap, { rect }: OcrWord): boolean {
  const isInked = (x: number, y: number): boolean => bitmap.data[y * bitmap.width + x] === 1;
  const middle = Math.round((rect.y0 + rect.y1) / 2);
  const end = Math.min(bitmap.width, Math.ceil(rect.x1));
  let from = Math.max(0, Math.floor(rect.x0) - 1);
  while (from < end && !isInked(from, middle)) from++;
  let to = from;
  while (to + 1 < end && isInked(to + 1, middle)) to++;
  const stem = (from + to) >> 1;
  if (!isInked(stem, middle)) return false;
  let [top, bottom] = [middle, middle];
  while (top > 0 && isInked(stem, top - 1)) top--;
  while (bottom + 1 < bitmap.height && isInked(stem, bottom + 1)) bottom++;
  const height = bottom - top + 1;
  const reach = (x: number, step: -1 | 1): number => {
    let furthest = 0;
    for (let y = top; y < top + Math.max(2, HEAD * height); y++) {
      let i = 0;
      while (x + step * (i + 1) >= 0 && x + step * (i + 1) < bitmap.width && isInked(x + step * (i + 1), y)) i++;
      furthest = Math.max(furthest, i);
    }
    return furthest;
  };
  const serif = Math.max(LEAST_SERIF, SERIF * height);
  return height > 0.5 * (rect.y1 - rect.y0) && reach(from, -1) >= serif && reach(to, 1) >= serif;
}

/**
 * Puts numbers of strokes right by the strokes there are: "I." with two stems is "II.", "1" behind "quý" with the serifs of
 * the letter is "I".
 */
export function settleNumerals(words: readonly OcrWord[], bitmap: Bitmap): OcrWord[] {
  return words.map((word, i) => {
    if (FIGURE_ONE.test(word.text) && QUARTER_NEXT.test(words[i - 1]?.text ?? ''))
      return beginsWithLetterI(bitmap, word) ? { ...word, text: word.text.replace(FIGURE_ONE, 'I') } : word;
    const [, quarter] = QUARTER.exec(word.text) ?? [];
    if (quarter) return settleQuarter(word, quarter, bitmap);
    const match = STROKES.exec(word.text);
    if (!match) return word;
    const [, before = '', strokes = '', stop = ''] = match;
    const { x0, y0, y1 } = word.rect;
    const behind = { ...word.rect, x0: Math.round(x0 + before.length * BEFORE * (y1 - y0)) };
    const stems = before ? countStems(bitmap, { ...word, rect: behind }, HIGH_BAND) : countStems(bitmap, word);
    if (stems === null || stems <= strokes.length || stems > 3) return word;
    return { ...word, text: `${before}${'I'.repeat(stems)}${stop}` };
  });
}
