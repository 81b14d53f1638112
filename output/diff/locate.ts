import { matchingBlocks } from '../eval/matcher.ts';
import { locateWords } from '../fold.ts';
import type { LayoutRecord } from '../record.ts';

/** [start, end) offsets within one line. */
export type Span = [start: number, end: number];

/** Words that restoration changed, neighbours joined: what stood there and what it became. */
export interface Restored {
  raw: string;
  text: string;
}

type LayoutWord = LayoutRecord['pages'][number]['lines'][number]['words'][number];

interface Placed {
  word: string;
  line: number;
  start: number;
  end: number;
}

/**
 * Where a quote's words stand one after the other in the lines, one span a line they touch; null where they do not.
 * Case, punctuation and line ends do not count; the quote's own outer marks ("%", brackets) belong to the span.
 */
export function findQuote(lines: readonly string[], quote: string): (Span | undefined)[] | null {
  const placed: Placed[] = lines.flatMap((text, line) => locateWords(text).map((word) => ({ ...word, line })));
  const printed = quote.normalize('NFC');
  const wanted = locateWords(printed);
  const [opening, closing] = [wanted[0], wanted.at(-1)];
  if (!opening || !closing) return null;
  const first = placed.findIndex((_, at) => wanted.every(({ word }, i) => placed[at + i]?.word === word));
  if (first < 0) return null;
  const spans: (Span | undefined)[] = lines.map(() => undefined);
  const found = placed.slice(first, first + wanted.length);
  for (const { line, start, end } of found) {
    const span = spans[line];
    if (span) span[1] = end;
    else spans[line] = [start, end];
  }
  const [before, after] = [printed.slice(0, opening.start), printed.slice(closing.end)];
  const [head, tail] = [found[0], found.at(-1)] as [Placed, Placed];
  const [headSpan, tailSpan] = [spans[head.line], spans[tail.line]] as [Span, Span];
  if (lines[head.line]?.slice(0, head.start).endsWith(before)) headSpan[0] -= before.length;
  if (lines[tail.line]?.slice(tail.end).startsWith(after)) tailSpan[1] += after.length;
  return spans;
}

/** The words of `words` that have no place in the text's own order. */
export function missingWords(words: readonly string[], text: readonly string[]): string[] {
  const missing = new Set(words.keys());
  for (const block of matchingBlocks(words, text)) {
    for (let i = 0; i < block.size; i++) missing.delete(block.a + i);
  }
  return words.filter((_, i) => missing.has(i));
}

/** How far a line's words may lie beside where the longest common run puts them: words split or left out by assembly. */
const SLACK = 8;

/** The page's words that a line of text.txt was made of, by text: plain text has no boxes, and a paragraph many lines. */
function pageWordsOf(line: string, page: readonly LayoutWord[]): boolean[] {
  const parts = page.flatMap((word, index) =>
    locateWords(word.text.normalize('NFC')).map((part) => ({ ...part, index })),
  );
  const words = locateWords(line).map(({ word }) => word);
  const anchor = matchingBlocks(
    words,
    parts.map(({ word }) => word),
  ).reduce((best, block) => (block.size > best.size ? block : best));
  const used = page.map(() => false);
  if (!anchor.size) return used;
  const low = Math.max(0, anchor.b - anchor.a - SLACK);
  const window = parts.slice(low, anchor.b - anchor.a + words.length + SLACK);
  for (const block of matchingBlocks(
    words,
    window.map(({ word }) => word),
  )) {
    for (const { index } of window.slice(block.b, block.b + block.size)) used[index] = true;
  }
  return used;
}

/** The words of a line that restoration changed on a page, in reading order. */
export function restoredOn(line: string, page: LayoutRecord['pages'][number]): Restored[] {
  const words = page.lines.flatMap((layoutLine) => layoutLine.words);
  if (words.every(({ raw, text }) => raw === text)) return [];
  const used = pageWordsOf(line, words);
  const runs: Restored[] = [];
  let open = false;
  for (const [index, { raw, text }] of words.entries()) {
    const changed = used[index] === true && raw !== text;
    const last = runs.at(-1);
    if (changed && open && last) {
      last.raw += ` ${raw}`;
      last.text += ` ${text}`;
    } else if (changed) runs.push({ raw, text });
    open = changed;
  }
  return runs;
}
