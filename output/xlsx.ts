import { type CellStyle, rangeRef, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { ResultRecord } from './results.ts';
import { wrapOffsets } from './terminal.ts';
import { writeWhole } from './write-whole.ts';
import { type CellContent, type Column, INDICATOR_COLUMNS, TASK_COLUMNS } from './xlsx-columns.ts';

/** Excel takes a file for damaged that has a longer cell. */
const LONGEST_CELL = 32_767;

const BODY: CellStyle = { alignment: { vertical: 'top', wrapText: true } };
const DATE: CellStyle = { ...BODY, numFmt: 'dd/mm/yyyy' };
const HEAD: CellStyle = {
  font: { bold: true, name: 'Calibri', size: 11 },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDE7F3' } },
  alignment: { vertical: 'center', wrapText: true },
};

/** "" is no cell at all, so that Excel's filter has one kind of blank. */
function cellValue(content: CellContent): CellContent {
  if (typeof content !== 'string') return content;
  return content === '' ? null : content.normalize('NFC').slice(0, LONGEST_CELL);
}

/** Points; 409 is the most Excel takes. Said for every row: not every program works out the height of wrapped text. */
function rowHeight(row: readonly CellContent[], widths: readonly number[]): number {
  const lines = row.map((value, i) =>
    typeof value === 'string'
      ? value.split('\n').reduce((sum, line) => sum + wrapOffsets(line, (widths[i] ?? 0) - 1).length, 0)
      : 1,
  );
  return Math.min(409, 15 * Math.max(...lines));
}

function sheetOf<Row>(name: string, columns: readonly Column<Row>[], lines: readonly Row[]): WriteSheet {
  const body = lines.map((line) => columns.map((column) => cellValue(column.value(line))));
  const widths = columns.map(({ width }) => width);
  const rows: CellContent[][] = [columns.map(({ head }) => head), ...body];
  const cells = new Map(
    rows.flatMap((row, r) =>
      row.map((value, c) => [`${r},${c}`, { style: r === 0 ? HEAD : value instanceof Date ? DATE : BODY }] as const),
    ),
  );
  return {
    name,
    rows,
    cells,
    columns: columns.map(({ width }) => ({ width })),
    rowDefs: new Map(rows.map((row, r) => [r, { height: rowHeight(row, widths) }])),
    freezePane: { rows: 1 },
    autoFilter: { range: rangeRef(0, 0, rows.length - 1, columns.length - 1) },
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

/**
 * Writes the targets ("Chỉ tiêu") and the task tables' rows ("Nhiệm vụ") of all records into one workbook.
 * Numbers are numbers, days are dates, all else is text and never a formula. The same records give the same bytes.
 * Throws UsageError where the file cannot be written.
 */
export async function exportXlsx(results: readonly ResultRecord[], path: string): Promise<void> {
  const indicators = results.flatMap((result) =>
    result.record.indicators.map((indicator) => ({ ...result, indicator })),
  );
  const tasks = results.flatMap((result) =>
    result.record.taskTables.flatMap((table) => table.rows.map((row) => ({ ...result, table, row }))),
  );
  const bytes = await writeXlsx({
    sheets: [sheetOf('Chỉ tiêu', INDICATOR_COLUMNS, indicators), sheetOf('Nhiệm vụ', TASK_COLUMNS, tasks)],
    properties: { creator: 'kehoach', created: new Date(0), modified: new Date(0) },
  });
  await writeWhole(path, bytes);
}
