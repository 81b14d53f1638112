import { describe, expect, it } from 'vitest';
import type { Rect } from '../../pipeline/layout/geometry.ts';
import { tableColumnsOf } from '../../pipeline/ocr/table-columns.ts';

const WIDTH = 595;
const COLUMNS = [60, 90, 240, 330, 420];
/** Letters of words of a few lengths, from `x0` on. */
const print = (x0: number, y: number, words: number[]): Rect[] => {
  const letters: Rect[] = [];
  let x = x0;
  for (const length of words) {
    for (let i = 0; i < length; i++, x += 6) letters.push({ x0: x, y0: y, x1: x + 5, y1: y + 9 });
    x += 3;
  }
  return letters;
};
/** Two lines a row; the number and the one-line cells stand in the middle of its height. */
const row = (y: number, n: number): Rect[][] => [
  print(60, y + 7, [1]),
  print(90, y, [3, 2 + (n % 3), 4, 5]),
  print(90, y + 14, [4, 3, 2 + (n % 4)]),
  print(240, y + 7, [5, 4 + (n % 2)]),
  print(330, y, [4, 4]),
  print(330, y + 14, [2 + (n % 4)]),
  print(420, y + 7, [4, 3, 5]),
];
const body = (y: number): Rect[] =>
  print(60 + (y % 5), y, [3 + (y % 4), 5, 2, 4 + (y % 3), 6, 3, 5, 2 + (y % 5), 4, 7, 3, 5, 4]);
const bodyLines = (from: number, count: number): Rect[][] =>
  Array.from({ length: count }, (_, i) => body(from + i * 15));
const rows = (from: number, count: number): Rect[][] =>
  Array.from({ length: count }, (_, n) => row(from + n * 32, n)).flat();

describe('columns of a table without rulings', () => {
  it('are told by the white between them', () => {
    const [table, ...others] = tableColumnsOf([...bodyLines(80, 6), ...rows(200, 9)], WIDTH);
    expect(others).toEqual([]);
    expect(table).toHaveLength(COLUMNS.length);
    table?.forEach((column, at) => {
      expect(column.x0).toBeLessThan(COLUMNS[at] ?? 0);
      expect(column.x1).toBeGreaterThan(COLUMNS[at] ?? 0);
      expect(column.y0).toBeGreaterThan(170);
      expect(column.y0).toBeLessThan(200);
      expect(column.y1).toBeGreaterThan(200 + 8 * 32 + 23);
    });
  });

  it('are parted by a title that runs over them', () => {
    const title = print(60, 362, [4, 8, 7, 6, 5]);
    const [table] = tableColumnsOf([...rows(200, 5), title, ...rows(380, 5)], WIDTH);
    expect(table).toHaveLength(2 * COLUMNS.length);
    for (const { y0, y1 } of table ?? []) expect(y1 <= 362 || y0 >= 371).toBe(true);
  });

  it('are none in running text, and none in a letterhead', () => {
    expect(tableColumnsOf(bodyLines(80, 40), WIDTH)).toEqual([]);
    const head = [80, 95, 110].flatMap((y) => [print(70, y, [3, 3, 4]), print(320, y, [4, 3, 2, 5])]);
    expect(tableColumnsOf([...head, ...bodyLines(140, 30)], WIDTH)).toEqual([]);
    expect(tableColumnsOf([], WIDTH)).toEqual([]);
  });
});
