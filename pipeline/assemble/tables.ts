import { type Line, type LineRegion, lineText, type Page, type Table, type Word } from '../page.ts';

export interface RowCell {
  column: number;
  columnSpan: number;
  words: { word: Word; page: number }[];
}

export interface JoinedTable {
  /** The table's number in the document; a table that runs over a page break keeps it. */
  number: number;
  columns: number;
  /** This piece's rows; those that only finish a row of the piece before are there, not here. */
  rows: RowCell[][];
}

const LETTERHEAD = /CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA/u;
const RECIPIENTS = /^\s*Nơi nhận/u;

/** A letterhead or a recipients-and-signature block that was set as a table. */
export function isLayoutTable(table: Table): boolean {
  if (table.columns > 3) return false;
  return table.cells.some((cell) => {
    const text = cell.lines.map(lineText).join(' ');
    return (cell.row < 2 && LETTERHEAD.test(text)) || (cell.row === 0 && RECIPIENTS.test(text));
  });
}

/** Where the lines of a letterhead or signature cell begin, when the cell's line breaks were lost. */
const CELL_BREAK =
  /\s+(?=Độc lập\s*[-–]|(?<!H(?:ÒA|OÀ) )XÃ\s(?!HỘI)\p{Lu}|PHƯỜNG\s\p{Lu}|Số\s*:|(?:KT|TL|TUQ|TM)\.\s+\p{Lu}{2}|(?<!(?:PHÓ|KT\.|TL\.|TUQ\.) )(?:CHỦ TỊCH|GIÁM ĐỐC)|(?<!(?:KT|TL|TUQ)\. )PHÓ (?:CHỦ TỊCH|GIÁM ĐỐC)|(?<!PHÓ )CHÁNH VĂN PHÒNG)|(?<=(?:TỊCH|ĐỐC|PHÒNG))\s+(?=\p{Lu}\p{Ll})|(?<=[;:.])\s+(?=[-–]\s)/u;

function splitLine(line: Line, region: LineRegion): Line[] {
  if (line.paragraph) return [{ ...line, region }];
  const words = line.words.filter((word) => !/^[-–—_*]{3,}$/.test(word.text));
  const text = words.map((word) => word.text).join(' ');
  const lines: Line[] = [];
  let at = 0;
  for (const part of text.split(new RegExp(CELL_BREAK, 'gu'))) {
    const count = part.split(' ').filter((word) => word !== '').length;
    const own = words.slice(at, at + count);
    at += count;
    if (own.length > 0) lines.push({ ...line, words: own, region });
  }
  return lines;
}

/** The cells of a layout table as lines: the left column from top to bottom, then the right one. */
export function tableLines(table: Table): Line[] {
  const lines: Line[] = [];
  for (let column = 0; column < table.columns; column++) {
    for (let row = 0; row < table.rows; row++) {
      const cell = table.cells.find((c) => c.row === row && c.column === column);
      for (const line of cell?.lines ?? []) lines.push(...splitLine(line, column === 0 ? 'left' : 'right'));
    }
  }
  return lines;
}

function rowsOf(table: Table, page: number): RowCell[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .sort((a, b) => a.column - b.column)
      .map((cell) => ({
        column: cell.column,
        columnSpan: cell.columnSpan,
        words: cell.lines.flatMap((line) => line.words.map((word) => ({ word, page }))),
      })),
  );
}

const rowText = (row: RowCell[]): string =>
  row.map((cell) => cell.words.map(({ word }) => word.text).join(' ')).join('|');

interface Piece {
  table: Table;
  header: string;
  last: RowCell[] | null;
  page: number;
}

/**
 * Tables that go on over a page break become one: a piece that follows another with nothing between and as many columns.
 * Its repeated header row is dropped, and a first row without a number finishes the row that the break cut.
 */
export function joinTables(pages: readonly Page[]): Map<Table, JoinedTable> {
  const joined = new Map<Table, JoinedTable>();
  let number = 0;
  let previous: Piece | null = null as Piece | null;
  for (const page of pages) {
    for (const item of page.items) {
      if (item.kind === 'line') {
        previous = null;
        continue;
      }
      let rows = rowsOf(item, page.number).filter((row) => rowText(row).replace(/\|/g, '') !== '');
      const goesOn = previous !== null && previous.table.columns === item.columns;
      if (goesOn && previous) {
        const header = previous.header;
        if (!item.continued) rows = rows.filter((row, index) => index > 0 || rowText(row) !== header);
        const [first] = rows;
        if (
          !item.continued &&
          first &&
          previous.last &&
          previous.page !== page.number &&
          finishes(previous.last, first)
        ) {
          for (const cell of first) {
            previous.last.find((c) => c.column === cell.column)?.words.push(...cell.words);
          }
          rows = rows.slice(1);
        }
      } else {
        number++;
      }
      joined.set(item, { number, columns: item.columns, rows });
      const header: string = goesOn && previous ? previous.header : rows[0] ? rowText(rows[0]) : '';
      previous = { table: item, header, last: rows.at(-1) ?? previous?.last ?? null, page: page.number };
    }
  }
  return joined;
}

/** A cut row's second half has no number, and something in a column that the first half has too. */
function finishes(last: RowCell[], next: RowCell[]): boolean {
  const filled = next.filter((cell) => cell.words.length > 0);
  if (filled.length === 0 || filled.some((cell) => cell.columnSpan > 1)) return false;
  if (filled[0]?.column === 0 || last.length !== next.length) return false;
  return filled.every((cell) => (last.find((c) => c.column === cell.column)?.words.length ?? 0) > 0);
}
