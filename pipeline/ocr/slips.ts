import type { Size } from '../layout/geometry.ts';
import { type Line, lineText, type Word } from '../page.ts';
import { formLine } from './form-lines.ts';
import { isNoQuarter, romanQuarter } from './quarters.ts';

/** What engines make of the "-" before an item. */
const DASH = /^[–—−‐‑~«»•·_=]$/u;
/** A star heads a passage; one that is flat is a dash: width by height. */
const FLAT = 1.6;
/** The same, run together with the item's first word ("—Xây"). */
const DASH_BEFORE = /^[–—−‐‑~«](?=\p{Lu})/u;
/** A vowel with marks read twice ("ứứng", "nướỚc"): no Vietnamese syllable has one. */
const TWICE = /([ăâêôơưà-ãè-êìíò-õùúýĩũạ-ỹ])\1+/giu;
/** Capital vowels with marks after a small letter ("vỤ", "nƯỚc") or before one ("SƠn"): the size of the mark misled the engine. */
const MARKED_CAPITALS = '[ĂÂÊÔƠƯÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĨŨẠ-Ỹ]+';
const CAPITALS_WITHIN = new RegExp(
  `(?<=\\p{Ll})${MARKED_CAPITALS}|(?<=(?<!\\p{L})\\p{Lu})${MARKED_CAPITALS}(?=\\p{Ll})`,
  'gu',
);

/** The one abbreviation of the field that begins with I and is read with a figure. */
const ONE_SO = /^([("“]?)1SO(?!\p{L})/u;

const QUARTER = /^\P{L}*quý$/iu;
/** A number that cannot be right is no surer than this. */
const DOUBTFUL = 0.3;

/** The head of the recipients' list, whose first word stands in bold italics. */
const RECIPIENTS = /^\S{1,8} nhận ?:$/u;

/** Corrects what is no word's doing but the engine's, in `text`; `raw` stays as read. `size`: of the page. Icelandic Ð is Đ. */
export function correctSlips(lines: Iterable<Line>, size: Size): void {
  let before = '';
  for (const line of lines) {
    const { words } = line;
    words.forEach((word, i) => {
      let text = word.raw;
      if (i === 0 && words.length > 1) text = isDash(word, size) ? '-' : text.replace(DASH_BEFORE, '-');
      word.text = text
        .replaceAll('\u00D0', 'Đ')
        .replaceAll('\u00F0', 'đ')
        .replace(ONE_SO, '$1ISO')
        .replace(TWICE, '$1')
        .replace(CAPITALS_WITHIN, (letters) => letters.toLowerCase());
      if (QUARTER.test(before)) {
        word.text = romanQuarter(word.text);
        if (isNoQuarter(word.text)) word.confidence = Math.min(word.confidence, DOUBTFUL);
      }
      before = word.text;
    });
    const [first] = words;
    if (first && RECIPIENTS.test(lineText(line))) first.text = 'Nơi';
    formLine(words)?.forEach((text, i) => {
      words[i]!.text = text;
    });
  }
}

function isDash({ raw, box }: Word, size: Size): boolean {
  if (raw !== '*' || box === null) return DASH.test(raw);
  const [x0, y0, x1, y1] = box;
  return (x1 - x0) * size.width > FLAT * (y1 - y0) * size.height;
}
