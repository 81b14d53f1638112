import type { WordCell } from './blocks.ts';

/** A cell's place in a table's grid. */
export interface Placement {
  cell: WordCell;
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

export interface PlacedTable {
  rows: number;
  columns: number;
  cells: Placement[];
}

/** Twips: edges of different rows that are nearer than this were meant to be one. */
const SAME_EDGE = 90;

/** Cells with their edges → cells on a grid. Edges a little out of line make no columns of their own. */
export function placeCells(rows: readonly (readonly WordCell[])[]): PlacedTable {
  const edges = rows.flatMap((row) => row.flatMap((cell) => [cell.left, cell.right]));
  const tracks = tracksOf(edges);
  const grid = keepsCells(rows, tracks) ? tracks : [...new Set(edges)].sort((a, b) => a - b);
  const cells: Placement[] = [];
  rows.forEach((row, index) => {
    for (const cell of row) {
      const column = trackAt(grid, cell.left);
      const columnSpan = Math.max(1, trackAt(grid, cell.right) - column);
      const above = cell.covers === 'more' ? coveringCell(cells, index, column) : undefined;
      if (above) above.rowSpan++;
      else cells.push({ cell, row: index, column, rowSpan: 1, columnSpan });
    }
  });
  return { rows: rows.length, columns: Math.max(1, grid.length - 1), cells };
}

function tracksOf(edges: number[]): number[] {
  const tracks: number[] = [];
  for (const edge of edges.sort((a, b) => a - b)) {
    if (edge - (tracks.at(-1) ?? Number.NEGATIVE_INFINITY) > SAME_EDGE) tracks.push(edge);
  }
  return tracks;
}

/** The last track that begins at the edge or left of it. */
function trackAt(tracks: number[], edge: number): number {
  let at = 0;
  while (at + 1 < tracks.length && (tracks[at + 1] ?? 0) <= edge) at++;
  return at;
}

function keepsCells(rows: readonly (readonly WordCell[])[], tracks: number[]): boolean {
  return rows.every((row) => row.every((cell) => trackAt(tracks, cell.left) < trackAt(tracks, cell.right)));
}

/** The merged cell that reaches down to the row above, at this column. */
function coveringCell(cells: Placement[], row: number, column: number): Placement | undefined {
  return cells.find(
    (other) => other.column === column && other.row + other.rowSpan === row && other.cell.covers === 'first',
  );
}
