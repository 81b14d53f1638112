import type { Line, LineRegion, Region, Table, Word } from '../page.ts';
import {
  centerX,
  centerY,
  contains,
  type Grid,
  type GridCell,
  median,
  type PlacedWord,
  type Rect,
  type Size,
  toBox,
} from './geometry.ts';
import { splitMargins } from './margins.ts';
import { type Row, rowsOf } from './rows.ts';
import { findZones } from './zones.ts';

/** Points a word's middle may stand outside its table. */
const OUTSIDE = 2;

export interface Layout {
  items: (Line | Table)[];
  regions: Region[];
}

/** Words and table frames, in points, as lines and tables in reading order, in fractions of the page. */
export function layoutPage(words: PlacedWord[], grids: Grid[], size: Size): Layout {
  const printed = words.filter((word) => word.text.trim() !== '');
  const { tables, free } = fillGrids(printed, outermost(grids), size);
  const { rows, regions } = splitMargins(rowsOf(free), size);
  const blocks = [...tables, ...lineBlocks(rows, size)].sort((a, b) => a.top - b.top);
  return { items: blocks.flatMap((block) => block.items), regions };
}

/** Items that stay together, and where they begin (points). */
interface Block {
  top: number;
  items: (Line | Table)[];
}

function outermost(grids: Grid[]): Grid[] {
  return grids.filter(
    (grid) =>
      !grids.some((other) => other !== grid && area(other) > area(grid) && contains(other.rect, ...middle(grid.rect))),
  );
}

const area = ({ rect }: Grid): number => (rect.x1 - rect.x0) * (rect.y1 - rect.y0);
const middle = (rect: Rect): [number, number] => [centerX(rect), centerY(rect)];

function fillGrids(words: PlacedWord[], grids: Grid[], size: Size): { tables: Block[]; free: PlacedWord[] } {
  const held = new Map<GridCell, PlacedWord[]>();
  const free: PlacedWord[] = [];
  for (const word of words) {
    const grid = grids.find(({ rect }) => contains(grown(rect), ...middle(word.rect)));
    const cell = grid && nearestCell(grid, ...middle(word.rect));
    if (!cell) free.push(word);
    else held.set(cell, [...(held.get(cell) ?? []), word]);
  }
  const tables = grids
    .filter((grid) => grid.cells.some((cell) => held.has(cell)))
    .map((grid) => ({ top: grid.rect.y0, items: [tableFrom(grid, held, size)] }));
  return { tables, free };
}

function grown({ x0, y0, x1, y1 }: Rect): Rect {
  return { x0: x0 - OUTSIDE, y0: y0 - OUTSIDE, x1: x1 + OUTSIDE, y1: y1 + OUTSIDE };
}

function nearestCell(grid: Grid, x: number, y: number): GridCell | undefined {
  const inside = { x: clamp(x, grid.rect.x0, grid.rect.x1), y: clamp(y, grid.rect.y0, grid.rect.y1) };
  return grid.cells.find((cell) => contains(cell.rect, inside.x, inside.y));
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

function tableFrom(grid: Grid, held: Map<GridCell, PlacedWord[]>, size: Size): Table {
  return {
    kind: 'table',
    box: toBox(grid.rect, size),
    rows: grid.rows,
    columns: grid.columns,
    cells: grid.cells.map((cell) => ({
      row: cell.row,
      column: cell.column,
      rowSpan: cell.rowSpan,
      columnSpan: cell.columnSpan,
      box: toBox(cell.rect, size),
      lines: rowsOf(held.get(cell) ?? []).map((row) => toLine(row, 'body', size)),
    })),
  };
}

/** Single lines, and two-column zones with all of the left column before the right one. */
function lineBlocks(rows: Row[], size: Size): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  const addBody = (until: number) => {
    for (const row of rows.slice(next, until)) {
      if (!isDrawnRule(row)) blocks.push({ top: centerY(row.rect), items: [toLine(row, 'body', size)] });
    }
  };
  for (const { from, to, gutter } of findZones(rows, size)) {
    addBody(from);
    next = to + 1;
    const members = rows.slice(from, next);
    const cut = (gutter.from + gutter.to) / 2;
    const words = members.flatMap((row) => row.words);
    const column = (region: LineRegion, belongs: (word: PlacedWord) => boolean) =>
      rowsOf(words.filter(belongs))
        .filter((row) => !isDrawnRule(row))
        .map((row) => toLine(row, region, size));
    blocks.push({
      top: Math.min(...members.map((row) => centerY(row.rect))),
      items: [
        ...column('left', (word) => centerX(word.rect) < cut),
        ...column('right', (word) => centerX(word.rect) >= cut),
      ],
    });
  }
  addBody(rows.length);
  return blocks;
}

/** A line of underscores or the like stands for a ruling line. */
function isDrawnRule(row: Row): boolean {
  return row.words.every((word) => /^[_\-–—=*~.]{3,}$/.test(word.text));
}

function toLine(row: Row, region: LineRegion, size: Size): Line {
  const letters = row.words.flatMap((word) => Array<number>(word.text.length).fill(word.size));
  return {
    kind: 'line',
    words: row.words.map((word) => toWord(word, size)),
    box: toBox(row.rect, size),
    region,
    size: Math.round(median(letters) * 10) / 10,
    blankBefore: 0,
  };
}

function toWord(word: PlacedWord, size: Size): Word {
  return {
    raw: word.text,
    text: word.text,
    box: toBox(word.rect, size),
    confidence: word.confidence,
    ...(word.bold ? { bold: true } : {}),
    ...(word.italic ? { italic: true } : {}),
    ...(word.doubt ? { doubt: word.doubt } : {}),
  };
}
