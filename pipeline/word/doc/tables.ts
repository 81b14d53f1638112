import type { WordBlock, WordCell, WordParagraph } from '../blocks.ts';
import type { DocParagraph } from './paragraphs.ts';
import type { RowDefinition } from './properties.ts';

/** Twips: width of a cell whose row's definition is missing. */
const SOME_WIDTH = 1000;

/**
 * Puts paragraphs into the cells and rows that they belong to: a mark ends each cell, and a paragraph of its own each
 * row. Tables inside a cell are paragraphs of the cell.
 */
export function tableBuilder(blocks: WordBlock[]): {
  add(paragraph: DocParagraph, block: WordParagraph): void;
  /** To call at the end: cells that no row ends are kept. */
  close(): void;
} {
  let rows: WordCell[][] = [];
  let cells: WordBlock[][] = [];
  let cell: WordBlock[] = [];

  const endRow = (definition: RowDefinition | null): void => {
    if (cell.length > 0) cells.push(cell);
    if (cells.length > 0) rows.push(rowOf(cells, definition));
    cells = [];
    cell = [];
  };
  const close = (): void => {
    endRow(null);
    if (rows.length > 0) blocks.push({ kind: 'table', rows });
    rows = [];
  };
  return {
    add: (paragraph, block) => {
      if (!paragraph.inTable) {
        close();
        blocks.push(block);
      } else if (paragraph.endsRow) endRow(paragraph.row);
      else {
        cell.push(block);
        if (!paragraph.endsCell) return;
        cells.push(cell);
        cell = [];
      }
    },
    close,
  };
}

function rowOf(cells: WordBlock[][], definition: RowDefinition | null): WordCell[] {
  const row: WordCell[] = [];
  cells.forEach((blocks, index) => {
    const merge = definition?.merges[index];
    const left = definition?.edges[index] ?? SOME_WIDTH * index;
    const right = Math.max(definition?.edges[index + 1] ?? 0, left + 1);
    const before = row.at(-1);
    if (merge?.across && before) before.right = right;
    else row.push({ left, right, covers: merge?.covers ?? null, blocks });
  });
  return row;
}
