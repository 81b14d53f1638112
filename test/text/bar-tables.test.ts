import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBarTable } from '../../pipeline/text/bar-tables.ts';

const cell = fc.constantFrom('1', 'II', 'Đường làng', 'Thôn Thượng', 'Quý I/2026', '98%');
const lined = (rows: string[][]): string[] => rows.flatMap((row) => ['|', ...row.flatMap((text) => [text, '|'])]);

describe('a table with a cell a line', () => {
  it('has its rows back where no cell is empty', () => {
    const table = fc
      .integer({ min: 3, max: 9 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
      );
    fc.assert(
      fc.property(table, fc.constantFrom('', 'Nơi nhận:'), (rows, behind) => {
        const lines = lined(rows);
        expect(readBarTable(behind ? [...lines, '', behind, '|'] : lines, 0)).toEqual({ rows, lines: lines.length });
      }),
    );
  });

  it('loses no word, whatever its lines', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(cell, fc.constantFrom('|', '|', '', ' '))), (lines) => {
        const read = readBarTable(['|', ...lines], 0);
        const taken = ['|', ...lines].slice(0, read?.lines).filter((line) => !/^[|\s]*$/.test(line));
        if (read?.rows)
          expect(
            read.rows
              .flat()
              .filter((text) => text !== '')
              .join(' '),
          ).toBe(taken.join(' '));
      }),
      { numRuns: 500 },
    );
  });
});
