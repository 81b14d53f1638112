import type { Line, Word } from '../page.ts';

/** What engines make of the "-" before an item. */
const DASH = /^[–—−‐‑~*«»•·_=]$/u;
/** The same, run together with the item's first word ("—Xây"). */
const DASH_BEFORE = /^[–—−‐‑~«](?=\p{Lu}\p{Ll}?)/u;

/** Writes a dash at the start of each line as "-": in `text`, `raw` stays as read. */
export function plainBullets(lines: Iterable<Line>): void {
  for (const line of lines) {
    const first: Word | undefined = line.words[0];
    if (first === undefined || line.words.length < 2) continue;
    if (DASH.test(first.raw)) first.text = '-';
    else if (DASH_BEFORE.test(first.raw)) first.text = first.raw.replace(DASH_BEFORE, '-');
  }
}
