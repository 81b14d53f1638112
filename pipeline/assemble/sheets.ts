import type { Box } from '../../output/record.ts';
import type { Line, Page, Table } from '../page.ts';
import type { Assembled } from './assemble.ts';

/** Where a sheet of paper lies on the page that was scanned: the page's number, and the shares of its width. */
interface Place {
  page: number;
  from: number;
  to: number;
}

/**
 * The sheets of paper that the pages show, numbered from 1, with boxes of their own: two for a page of two that were scanned
 * side by side. `places`: by the sheets' numbers; null where each page is a sheet.
 */
export function sheetsOf(pages: readonly Page[]): { sheets: readonly Page[]; places: Map<number, Place> | null } {
  if (pages.every((page) => page.fold === undefined)) return { sheets: pages, places: null };
  const places = new Map<number, Place>();
  const sheets = pages.flatMap((page) => {
    const { fold } = page;
    const parts =
      fold === undefined
        ? [{ from: 0, to: 1 }]
        : [
            { from: 0, to: fold },
            { from: fold, to: 1 },
          ];
    return parts.map(({ from, to }, part) => {
      const number = places.size + 1;
      places.set(number, { page: page.number, from, to });
      if (fold === undefined) return { ...page, number };
      const items = page.items.filter(({ box }) => part === (box && (box[0] + box[2]) / 2 >= fold ? 1 : 0));
      const width = page.width && page.width * (to - from);
      return { ...page, number, width, items: items.map((item) => moved(item, (x) => (x - from) / (to - from))) };
    });
  });
  return { sheets, places };
}

/** What was assembled of sheets, with the numbers and boxes of the pages. */
export function onPages({ paragraphs, words }: Assembled, places: Map<number, Place> | null): Assembled {
  if (places === null) return { paragraphs, words };
  const of = (sheet: number): Place => places.get(sheet) ?? { page: sheet, from: 0, to: 1 };
  return {
    paragraphs: paragraphs.map((paragraph) => ({ ...paragraph, page: of(paragraph.page).page })),
    words: words.map((spans) =>
      spans.map((span) => {
        const { page, from, to } = of(span.page);
        return { ...span, page, box: across(span.box, (x) => from + x * (to - from)) };
      }),
    ),
  };
}

const across = (box: Box | null, to: (x: number) => number): Box | null =>
  box && [to(box[0]), box[1], to(box[2]), box[3]];

function moved(item: Line | Table, to: (x: number) => number): Line | Table {
  const line = (one: Line): Line => ({
    ...one,
    box: across(one.box, to),
    words: one.words.map((word) => ({ ...word, box: across(word.box, to) })),
  });
  if (item.kind === 'line') return line(item);
  const cells = item.cells.map((cell) => ({ ...cell, box: across(cell.box, to), lines: cell.lines.map(line) }));
  return { ...item, box: across(item.box, to), cells };
}
