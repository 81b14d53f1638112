import type { Line } from '../page.ts';

/** What engines make of the "-" before an item. */
const DASH = /^[–—−‐‑~*«»•·_=]$/u;
/** The same, run together with the item's first word ("—Xây"). */
const DASH_BEFORE = /^[–—−‐‑~«](?=\p{Lu})/u;
/** A vowel with marks read twice ("ứứng", "nướỚc"): no Vietnamese syllable has one. */
const TWICE = /([ăâêôơưà-ãè-êìíò-õùúýĩũạ-ỹ])\1+/giu;
/** A capital vowel with marks after a small letter ("vỤ"): the size of the mark misled the engine. */
const CAPITAL_WITHIN = /(?<=\p{Ll})[ĂÂÊÔƠƯÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĨŨẠ-Ỹ]/gu;

/** Corrects what is no word's doing but the engine's, in `text`; `raw` stays as read. */
export function correctSlips(lines: Iterable<Line>): void {
  for (const { words } of lines)
    words.forEach((word, i) => {
      let text = word.raw;
      if (i === 0 && words.length > 1) text = DASH.test(text) ? '-' : text.replace(DASH_BEFORE, '-');
      word.text = text.replace(TWICE, '$1').replace(CAPITAL_WITHIN, (letter) => letter.toLowerCase());
    });
}
