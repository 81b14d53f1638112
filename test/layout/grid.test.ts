import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Grid, Ruling } from '../../pipeline/layout/geometry.ts';
import { gridsFromRulings } from '../../pipeline/layout/grid.ts';
import { jitter } from './typeset.ts';

const across = (at: number, from: number, to: number): Ruling => ({ horizontal: true, at, from, to });
const down = (at: number, from: number, to: number): Ruling => ({ horizontal: false, at, from, to });

function full(xs: number[], ys: number[]): Ruling[] {
  const [left = 0, right = 0, top = 0, bottom = 0] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
  return [...ys.map((y) => across(y, left, right)), ...xs.map((x) => down(x, top, bottom))];
}

const spans = (grid: Grid | undefined) =>
  grid?.cells.map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan].join(' '));

describe('gridsFromRulings', () => {
  test('a full lattice', () => {
    const [grid, ...others] = gridsFromRulings(full([50, 100, 300], [100, 120, 150]));
    expect(others).toEqual([]);
    expect(grid).toMatchObject({ rows: 2, columns: 2, rect: { x0: 50, y0: 100, x1: 300, y1: 150 } });
    expect(spans(grid)).toEqual(['0 0 1 1', '0 1 1 1', '1 0 1 1', '1 1 1 1']);
  });

  test('a group row over all columns and a cell over two rows', () => {
    const rulings = [
      ...[100, 120, 140, 180].map((y) => across(y, 50, 350)),
      across(160, 150, 350),
      down(50, 100, 180),
      down(350, 100, 180),
      ...[150, 250].flatMap((x) => [down(x, 100, 120), down(x, 140, 180)]),
    ];
    const [grid] = gridsFromRulings(rulings);
    expect(grid).toMatchObject({ rows: 4, columns: 3 });
    expect(spans(grid)).toEqual([
      '0 0 1 1',
      '0 1 1 1',
      '0 2 1 1',
      '1 0 1 3',
      '2 0 2 1',
      '2 1 1 1',
      '2 2 1 1',
      '3 1 1 1',
      '3 2 1 1',
    ]);
  });

  test('broken, doubled and slightly shifted strokes are one line', () => {
    const rulings = [
      ...[100, 150, 200].flatMap((y) => [across(y, 50, 148), across(y + 1, 151, 250), across(y + 1.5, 50, 120)]),
      ...[50, 150, 250].flatMap((x) => [down(x, 100, 149), down(x + 0.7, 152, 201)]),
    ];
    const [grid] = gridsFromRulings(rulings);
    expect(grid).toMatchObject({ rows: 2, columns: 2 });
    expect(grid?.cells).toHaveLength(4);
  });

  test('outer edges that are not drawn', () => {
    const rulings = [...[100, 130, 160].map((y) => across(y, 50, 350)), down(120, 100, 160), down(240, 100, 160)];
    const [grid] = gridsFromRulings(rulings);
    expect(grid).toMatchObject({ rows: 2, columns: 3, rect: { x0: 50, x1: 350 } });
  });

  test('a lone rule, several rules, a frame and a frame with an underline in it are no tables', () => {
    expect(gridsFromRulings([across(100, 50, 200)])).toEqual([]);
    expect(gridsFromRulings([across(100, 50, 200), across(120, 50, 200), across(140, 60, 90)])).toEqual([]);
    expect(gridsFromRulings(full([50, 300], [100, 200]))).toEqual([]);
    expect(gridsFromRulings([...full([50, 300], [100, 200]), across(150, 80, 200)])).toEqual([]);
  });

  test('two tables on one page, from top to bottom', () => {
    const grids = gridsFromRulings([
      ...full([50, 100, 300], [400, 420, 450]),
      ...full([60, 100, 200, 290], [100, 130]),
    ]);
    expect(grids.map((grid) => [grid.rows, grid.columns])).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });

  test('cells cover the grid and do not overlap, whichever strokes are missing', () => {
    const steps = fc.array(fc.integer({ min: 12, max: 90 }), { minLength: 2, maxLength: 6 });
    const positions = (from: number, widths: number[]) => [
      from,
      ...widths.map((_, index) => widths.slice(0, index + 1).reduce((sum, width) => sum + width, from)),
    ];
    fc.assert(
      fc.property(
        steps,
        steps,
        fc.integer(),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        (widths, heights, seed, missing) => {
          const xs = positions(40, widths);
          const ys = positions(60, heights);
          const noise = jitter(seed);
          const keep = () => Math.abs(noise(1)) >= missing;
          const pairs = (all: number[]) => all.slice(1).map((to, index) => [all[index] ?? 0, to] as const);
          const rulings = [
            ...ys.flatMap((y) => pairs(xs).flatMap(([from, to]) => (keep() ? [across(y, from, to)] : []))),
            ...xs.flatMap((x) => pairs(ys).flatMap(([from, to]) => (keep() ? [down(x, from, to)] : []))),
          ];
          for (const grid of gridsFromRulings(rulings)) expectTiled(grid);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function expectTiled(grid: Grid): void {
  const owners = Array.from({ length: grid.rows * grid.columns }, () => 0);
  let area = 0;
  for (const cell of grid.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++)
        owners[row * grid.columns + column] = (owners[row * grid.columns + column] ?? Number.NaN) + 1;
    area += (cell.rect.x1 - cell.rect.x0) * (cell.rect.y1 - cell.rect.y0);
  }
  expect(owners.every((count) => count === 1)).toBe(true);
  expect(area).toBeCloseTo((grid.rect.x1 - grid.rect.x0) * (grid.rect.y1 - grid.rect.y0), 3);
  expect(Math.max(grid.rows, grid.columns)).toBeGreaterThan(1);
}
