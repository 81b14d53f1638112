import { type CellStyle, rangeRef, type WriteSheet } from 'hucre/xlsx';
import { wrapOffsets } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { CellContent } from './sheets.ts';

/** Excel takes a file for damaged that has a longer cell. */
const LONGEST_CELL = 32_767;
/** Excel's sheets are no larger. */
const [MOST_ROWS, MOST_COLUMNS] = [1_048_576, 16_384];
/** Points; the most Excel takes. */
const HIGHEST_ROW = 409;
const LINE_HEIGHT = 15;

export const BODY: CellStyle = { alignment: { vertical: 'top', wrapText: true } };
export const LINK: CellStyle = { font: { name: 'Calibri', size: 11, color: { rgb: '0563C1' }, underline: true } };
const DATE = { numFmt: 'dd/mm/yyyy' } as const;
const HEAD: CellStyle = {
  font: { bold: true, name: 'Calibri', size: 11 },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDE7F3' } },
  alignment: { vertical: 'center', wrapText: true },
};

/** A column as a sheet shows it. `width` counts letters; `format` is that of its numbers. */
export interface ColumnStyle {
  head: string;
  width: number;
  align?: 'center' | 'right';
  format?: string;
}

export const styleOf = ({ align, format }: Pick<ColumnStyle, 'align' | 'format'>): CellStyle => ({
  ...BODY,
  ...(align && { alignment: { ...BODY.alignment, horizontal: align } }),
  ...(format && { numFmt: format }),
});

/** "" is no cell at all, so that Excel's filter has one kind of blank. */
function cellValue(content: CellContent): CellContent {
  if (typeof content !== 'string') return content;
  return content === '' ? null : content.normalize('NFC').slice(0, LONGEST_CELL);
}

/** Said for every row: not every program works out the height of wrapped text. */
function rowHeight(row: readonly CellContent[], widths: readonly number[]): number {
  const lines = row.map((value, i) =>
    typeof value === 'string'
      ? value.split('\n').reduce((sum, line) => sum + wrapOffsets(line, (widths[i] ?? 0) - 1).length, 0)
      : 1,
  );
  return Math.min(HIGHEST_ROW, LINE_HEIGHT * Math.max(...lines));
}

/**
 * A sheet with a header that stays in sight and filters. `cells` styles single cells, by "row,column" counted from 0.
 * Numbers are numbers, dates are dates, all else is text and never a formula. Throws UsageError where it is too large.
 */
export function dataSheet(
  name: string,
  heads: readonly ColumnStyle[],
  lines: readonly (readonly CellContent[])[],
  cells: NonNullable<WriteSheet['cells']>,
  freezePane: NonNullable<WriteSheet['freezePane']>,
): WriteSheet {
  if (lines.length >= MOST_ROWS || heads.length > MOST_COLUMNS) {
    const size = `${lines.length + 1} rows and ${heads.length} columns`;
    throw new UsageError(`The sheet "${name}" would have ${size}, more than Excel takes. Export to .sqlite or .csv.`);
  }
  const body = lines.map((line) => line.map(cellValue));
  const widths = heads.map(({ width }) => width);
  const rows: CellContent[][] = [heads.map(({ head }) => head), ...body];
  for (const [c, { align }] of heads.entries()) {
    cells.set(`0,${c}`, { style: { ...HEAD, alignment: { ...HEAD.alignment, ...(align && { horizontal: align }) } } });
  }
  body.forEach((line, r) => {
    for (const [c, value] of line.entries()) {
      if (value instanceof Date) cells.set(`${r + 1},${c}`, { style: { ...styleOf(heads[c] ?? {}), ...DATE } });
    }
  });
  return {
    name,
    rows,
    cells,
    columns: heads.map((head) => ({ width: head.width, style: styleOf(head) })),
    rowDefs: new Map(rows.map((row, r) => [r, { height: rowHeight(row, widths) }])),
    freezePane,
    autoFilter: { range: rangeRef(0, 0, rows.length - 1, heads.length - 1) },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$1',
    },
  };
}
