import type { CellRange, Paragraph } from '../../extractors/plan.ts';
import type { Box } from '../../output/record.ts';
import type { Line, Page, Table, Word } from '../page.ts';
import { alignTables } from './aligned-tables.ts';
import {
  continues,
  isCentered,
  type LineHabits,
  lineHabits,
  type PlacedLine,
  placeLine,
  placeLines,
} from './breaks.ts';
import { splitColumns } from './columns.ts';
import { joinTables } from './join-tables.ts';
import { isLayoutTable, tableLines } from './layout-tables.ts';
import { onPages, sheetsOf } from './sheets.ts';

/** A word of a paragraph: [start, end) offsets in its text, and where it stands. */
export interface WordSpan {
  start: number;
  end: number;
  page: number;
  box: Box | null;
  confidence: number;
  /** How surely it was read, where restoration changed it. */
  read?: number;
  raw: string;
}

export interface Assembled {
  /** In reading order. */
  paragraphs: Paragraph[];
  /** For each paragraph the words it is made of. */
  words: WordSpan[][];
}

interface Draft {
  words: { word: Word; page: number }[];
  paragraph: Omit<Paragraph, 'text'>;
}

/** Pages → paragraphs in reading order. A paragraph goes on over line, column and page breaks. */
export function assemblePages(pages: readonly Page[]): Assembled {
  const { sheets, places } = sheetsOf(pages);
  return onPages(assembleSheets(sheets), places);
}

function assembleSheets(pages: readonly Page[]): Assembled {
  const aligned = alignTables(pages);
  const prepared = aligned.map((page) => ({ ...page, items: splitColumns(layoutTablesAsLines(page)) }));
  const habits = lineHabits(prepared.flatMap((page) => placeLines(page).filter((p) => p.line.region === 'body')));
  const out: Assembled = { paragraphs: [], words: [] };
  const tables = joinTables(prepared);
  let open: { first: PlacedLine; last: PlacedLine; lines: PlacedLine[] } | null = null;
  const close = () => {
    if (open) addText(out, open.lines, habits);
    open = null;
  };
  for (const page of prepared) {
    for (const item of page.items) {
      if (item.kind === 'table') {
        // A paragraph may go on behind a table only in footers; rows always close it.
        close();
        const table = tables.get(item);
        if (table) for (const row of table.rows) addRow(out, row, table.number, table.columns);
        continue;
      }
      const placed = placeLine(item, page);
      if (placed.text.trim() === '') continue;
      // A table that lost its rows: one cell a line, a bar between. The bars say nothing but that the cells are apart.
      if (placed.text.trim() === '|') {
        close();
        continue;
      }
      if (open && continues(open.first, open.last, placed, habits)) {
        open.lines.push(placed);
        open.last = placed;
      } else {
        close();
        open = { first: placed, last: placed, lines: [placed] };
      }
    }
  }
  close();
  return out;
}

/** Letterheads and signature blocks set as tables are columns of lines, not tables. */
function layoutTablesAsLines(page: Page): (Line | Table)[] {
  return page.items.flatMap((item) => (item.kind === 'table' && isLayoutTable(item) ? tableLines(item) : [item]));
}

function addText(out: Assembled, lines: PlacedLine[], habits: LineHabits): void {
  const [first] = lines;
  if (!first) return;
  const words = lines.flatMap((placed) => placed.line.words.map((word) => ({ word, page: placed.page })));
  const bold = words.length > 0 && words.every(({ word }) => word.bold === true);
  finish(out, {
    words,
    paragraph: {
      kind: 'text',
      region: first.line.region,
      page: first.page,
      marked: bold || lines.every((placed) => placed.line.markedHeading === true),
      centered: lines.every((placed) => isCentered(placed, habits)),
      table: null,
      columns: 0,
      cells: [],
    },
  });
}

function spanOf({ text, box, confidence, read, raw }: Word, page: number, start: number): WordSpan {
  return { start, end: start + text.length, page, box, confidence, ...(read === undefined ? {} : { read }), raw };
}

function finish(out: Assembled, draft: Draft): void {
  let text = '';
  const spans: WordSpan[] = [];
  for (const { word, page } of draft.words) {
    if (word.text === '') continue;
    if (text !== '') text += ' ';
    const start = text.length;
    text += word.text;
    spans.push(spanOf(word, page, start));
  }
  if (text === '') return;
  out.paragraphs.push({ ...draft.paragraph, text });
  out.words.push(spans);
}

/** A row is one paragraph, its cells joined by " | "; a group row is just its text. */
function addRow(
  out: Assembled,
  row: { column: number; columnSpan: number; words: { word: Word; page: number }[] }[],
  table: number,
  columns: number,
): void {
  const filled = row.filter((cell) => cell.words.some(({ word }) => word.text !== ''));
  if (filled.length === 0) return;
  const shown = filled.length === 1 && filled[0]?.column === row[0]?.column ? filled : row;
  let text = '';
  const spans: WordSpan[] = [];
  const cells: CellRange[] = [];
  shown.forEach((cell, index) => {
    if (index > 0) text += ' | ';
    const start = text.length;
    for (const { word, page } of cell.words) {
      if (word.text === '') continue;
      if (text.length > start) text += ' ';
      const from = text.length;
      text += word.text;
      spans.push(spanOf(word, page, from));
    }
    cells.push({ column: cell.column, columnSpan: cell.columnSpan, start, end: text.length });
  });
  out.paragraphs.push({
    text: text.trimEnd(),
    kind: 'row',
    region: 'body',
    page: spans[0]?.page ?? 1,
    marked: false,
    centered: false,
    table,
    columns,
    cells: cells.map((cell) => ({
      ...cell,
      end: Math.min(cell.end, text.trimEnd().length),
      start: Math.min(cell.start, text.trimEnd().length),
    })),
  });
  out.words.push(spans);
}
