import type { PixelRect } from './gray.ts';

/** A group of squares: its bounds in squares, and which they are (row × columns + column). */
export interface SquareGroup extends PixelRect {
  members: number[];
}

/** Squares set that lie at most `reach` apart, together. Clears `squares`. */
export function groupSquares(squares: Uint8Array, columns: number, rows: number, reach: number): SquareGroup[] {
  const found: SquareGroup[] = [];
  for (let start = 0; start < squares.length; start++) {
    if (!squares[start]) continue;
    squares[start] = 0;
    const members = [start];
    const bounds = { x0: columns, y0: rows, x1: 0, y1: 0 };
    for (let next = 0; next < members.length; next++) {
      const x = members[next]! % columns;
      const y = Math.floor(members[next]! / columns);
      bounds.x0 = Math.min(bounds.x0, x);
      bounds.x1 = Math.max(bounds.x1, x + 1);
      bounds.y0 = Math.min(bounds.y0, y);
      bounds.y1 = Math.max(bounds.y1, y + 1);
      for (let ny = Math.max(0, y - reach); ny <= Math.min(rows - 1, y + reach); ny++)
        for (let nx = Math.max(0, x - reach); nx <= Math.min(columns - 1, x + reach); nx++)
          if (squares[ny * columns + nx]) {
            squares[ny * columns + nx] = 0;
            members.push(ny * columns + nx);
          }
    }
    found.push({ ...bounds, members });
  }
  return found;
}
