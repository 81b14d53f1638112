import { findQuote } from '../../output/diff/locate.ts';
import { foldWords } from '../../output/fold.ts';
import type { Box, Evidence, LayoutRecord } from '../../output/record.ts';
import type { ResultDocument } from '../../output/results.ts';
import { reviewItems } from '../../output/review/items.ts';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

function union(boxes: readonly Box[]): Box | null {
  if (!boxes.length) return null;
  const side = (at: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
    round(pick(...boxes.map((box) => box[at])));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

/** The box around the quote's words where they stand one after the other in the page's reading order. */
function boxOnPage(page: LayoutRecord['pages'][number], quote: string): Box | null {
  const wanted = foldWords(quote);
  const words = page.lines.flatMap((line) =>
    line.words.flatMap(({ text, box }) => foldWords(text).map((word) => ({ word, box }))),
  );
  const first = words.findIndex((_, at) => wanted.every((word, i) => words[at + i]?.word === word));
  if (first < 0 || !wanted.length) return null;
  return union(words.slice(first, first + wanted.length).flatMap(({ box }) => (box ? [box] : [])));
}

/** The page of each line of text.txt, as the evidence of the records tells it; null before the first. */
function linePages({ record, lines }: ResultDocument): number[] {
  const pages: number[] = [];
  for (const { evidence } of reviewItems(record)) for (const { page, line } of evidence) pages[line[0]] = page;
  let page = 1;
  return Array.from({ length: (lines?.length ?? 0) + 1 }, (_, line) => {
    page = pages[line] ?? page;
    return page;
  });
}

/**
 * Where words stand in a document: on `page` if they are there too. Empty where they do not stand in its text one
 * after the other. `box` is the place marked on the page's picture, where one was.
 */
export function locateWords(document: ResultDocument, quote: string, page: number | null, box: Box | null): Evidence[] {
  const lines = document.lines ?? [];
  const pages = linePages(document);
  const found: { from: number; to: number; page: number }[] = [];
  for (let start = 0; start < lines.length; ) {
    const spans = findQuote(lines.slice(start), quote);
    const used = spans?.flatMap((span, i) => (span ? [start + i + 1] : [])) ?? [];
    const [from, to] = [used[0], used.at(-1)];
    if (from === undefined || to === undefined) break;
    found.push({ from, to, page: pages[from] ?? 1 });
    start = from;
  }
  const best = found.find((place) => place.page === page) ?? found[0];
  if (!best) return [];
  const layouts = document.layout?.pages ?? [];
  const near = [page, best.page, best.page + 1].flatMap(
    (number) => layouts.find((layout) => layout.number === number) ?? [],
  );
  const drawn = near
    .map((layout) => ({ page: layout.number, box: boxOnPage(layout, quote) }))
    .find((place) => place.box);
  const place = box && page ? { page, box } : (drawn ?? { page: best.page, box: null });
  return [{ ...place, line: [best.from, best.to] }];
}
