import { type Line, type Page, pageLines, type Table } from '../page.ts';
import { judgeText } from '../pdf/quality.ts';
import type { WordBlock, WordCell, WordParagraph, WordTable } from './blocks.ts';
import { type PlacedTable, placeCells } from './grid.ts';
import { paragraphParts } from './lines.ts';

/** A4 in points: where the file names no size. */
const A4 = { width: 595.3, height: 841.9 };

/**
 * A Word document's blocks as pages. They turn where the writer broke them and where the file remembers that they
 * turned; files that remember nothing have few pages.
 */
export function pagesOf(blocks: readonly WordBlock[]): Page[] {
  const pages: Page[] = [];
  let size = A4;
  let turning = true;
  let notes: Line[] = [];

  const put = (item: Line | Table): void => {
    if (turning) pages.push(newPage(pages.length + 1, size));
    turning = false;
    pages.at(-1)?.items.push(item);
  };
  const turn = (): void => {
    turning ||= (pages.at(-1)?.items.length ?? 0) > 0;
  };
  const putNotes = (): void => {
    const last = pages.at(-1);
    if (last) last.items.push(...notes);
    notes = [];
  };

  const putParagraph = (paragraph: WordParagraph): void => {
    paragraphParts(paragraph, 'body').forEach(({ line, turnsPage }, index) => {
      if (turnsPage && (index === 0 || line === null)) putNotes();
      if (turnsPage) turn();
      if (line) put(line);
    });
    notes.push(...notesOf(paragraph));
  };
  const putTable = (table: WordTable): void => {
    const placed = placeCells(table.rows);
    tablePieces(table).forEach(({ from, to, turnsPage }, index) => {
      if (turnsPage) {
        putNotes();
        turn();
      }
      const item = tableOf(placed, from, to);
      if (item) put(index > 0 ? { ...item, continued: true } : item);
      notes.push(...table.rows.slice(from, to).flatMap((row) => row.flatMap((cell) => cellNotes(cell.blocks))));
    });
  };

  for (const block of blocks) {
    if (block.kind === 'paragraph') putParagraph(block);
    else if (block.kind === 'table') putTable(block);
    else {
      size = { width: block.width, height: block.height };
      if (block.turnsPage) {
        putNotes();
        turn();
      }
    }
  }
  if (pages.length === 0) pages.push(newPage(1, size));
  putNotes();
  for (const page of pages) page.quality = qualityOf(page);
  return pages;
}

function newPage(number: number, { width, height }: { width: number; height: number }): Page {
  return {
    number,
    width,
    height,
    textSource: 'text-layer',
    quality: 1,
    engine: null,
    items: [],
    regions: [],
  };
}

function qualityOf(page: Page): number {
  const words = [...pageLines(page)].flatMap((line) => line.words.map((word) => word.text));
  return words.length === 0 ? 1 : Math.round(judgeText(words).quality * 1000) / 1000;
}

const linesOf = (paragraph: WordParagraph, region: Line['region']): Line[] =>
  paragraphParts(paragraph, region).flatMap(({ line }) => (line ? [line] : []));

const notesOf = (paragraph: WordParagraph): Line[] => paragraph.notes.flatMap((note) => linesOf(note, 'footnote'));

/** A cell's lines; the rows of a table in it are lines of it. */
function cellLines(blocks: readonly WordBlock[]): Line[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return linesOf(block, 'body');
    return block.kind === 'table' ? block.rows.flatMap((row) => row.flatMap((cell) => cellLines(cell.blocks))) : [];
  });
}

function cellNotes(blocks: readonly WordBlock[]): Line[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return notesOf(block);
    return block.kind === 'table' ? block.rows.flatMap((row) => row.flatMap((cell) => cellNotes(cell.blocks))) : [];
  });
}

/** Rows `from` to `to`, the latter not included. */
interface TablePiece {
  from: number;
  to: number;
  turnsPage: boolean;
}

/** The rows of each page. A row that the page's end cuts stays on the page where it begins. */
function tablePieces(table: WordTable): TablePiece[] {
  const pieces: TablePiece[] = [];
  let turnsPage = false;
  table.rows.forEach((row, index) => {
    const turn = rowTurn(row);
    if (turn === 'before') turnsPage = true;
    const last = pieces.at(-1);
    if (!last || turnsPage) pieces.push({ from: index, to: index + 1, turnsPage });
    else last.to = index + 1;
    turnsPage = turn === 'inside';
  });
  return pieces;
}

function rowTurn(row: readonly WordCell[]): 'before' | 'inside' | null {
  const parts = row.flatMap((cell) =>
    cell.blocks.flatMap((block) => (block.kind === 'paragraph' ? paragraphParts(block, 'body') : [])),
  );
  if (!parts.some((part) => part.turnsPage)) return null;
  return parts[0]?.turnsPage && parts[0].line ? 'before' : 'inside';
}

/** The table's rows of one page; null where they are empty. */
function tableOf(placed: PlacedTable, from: number, to: number): Table | null {
  const cells = placed.cells
    .filter((place) => place.row >= from && place.row < to)
    .map(({ cell, row, column, rowSpan, columnSpan }) => ({
      row: row - from,
      column,
      rowSpan: Math.min(rowSpan, to - row),
      columnSpan,
      box: null,
      lines: cellLines(cell.blocks),
    }));
  if (cells.every((cell) => cell.lines.length === 0)) return null;
  return { kind: 'table', box: null, rows: to - from, columns: placed.columns, cells };
}
