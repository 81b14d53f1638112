import { lineText, type Page, type Table, type Word } from '../page.ts';

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

/** A head has no more rows than this: names, names below them, the columns' numbers. */
const HEAD_ROWS = 3;
/** Share of letter pairs that two readings of one row have in common. */
const ALIKE = 0.8;
/** Share of the page's width by which a column's edge may move from page to page. */
const MOVED = 0.015;
/** Words between two pieces that a page's margins may leave: a running head, a number that was not known as one. */
const BETWEEN = 8;

/** The table as far as it was read. */
interface Open {
  joined: JoinedTable;
  head: RowCell[][];
  /** Left edges of the columns and right edge of the last, shares of the page's width; null without boxes. */
  edges: number[] | null;
  /** Its rows so far, the head's left out. */
  rows: RowCell[][];
  page: number;
  /** Words of lines behind its last piece. */
  behind: number;
}

/**
 * Tables that go on over a page break become one: a piece that follows another with nothing between and the same columns,
 * or with a few stray words where its numbers count on. Its repeated head is dropped, and a first row that only finishes
 * the one that the break cut is put to it.
 */
export function joinTables(pages: readonly Page[]): Map<Table, JoinedTable> {
  const joined = new Map<Table, JoinedTable>();
  let open: Open | null = null as Open | null;
  let number = 0;
  for (const page of pages) {
    for (const item of page.items) {
      if (item.kind === 'line') {
        if (open) open.behind += item.words.length;
        continue;
      }
      const read = rowsOf(item, page.number);
      const fitted: Fitted | null = open ? placeColumns(item, read, open) : null;
      if (open && fitted && goesOn(item, fitted, open, page.number)) {
        joined.set(item, addPiece(item, fitted.rows, open, page.number));
      } else {
        number++;
        const rows = read.filter(isFilled);
        const headRows = headLength(item);
        open = {
          joined: { number, columns: item.columns, rows },
          ...{ head: rows.slice(0, headRows), edges: edgesOf(item), rows: rows.slice(headRows) },
          ...{ page: page.number, behind: 0 },
        };
        joined.set(item, open.joined);
      }
    }
  }
  return joined;
}

function addPiece(table: Table, fitted: RowCell[][], open: Open, page: number): JoinedTable {
  let rows = table.continued ? fitted : fitted.slice(repeatedHead(fitted, open.head));
  const last = open.rows.at(-1) ?? open.head.at(-1);
  const [first] = rows;
  if (!table.continued && first && last && open.page !== page && finishes(open, last, rows)) {
    for (const cell of first) last.find((other) => other.column === cell.column)?.words.push(...cell.words);
    rows = rows.slice(1);
  }
  open.rows.push(...rows);
  open.page = page;
  open.behind = 0;
  return { number: open.joined.number, columns: open.joined.columns, rows };
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

const isFilled = (row: RowCell[]): boolean => row.some((cell) => cell.words.some(({ word }) => word.text !== ''));

const cellText = (cell: RowCell | undefined): string =>
  (cell?.words ?? [])
    .map(({ word }) => word.text)
    .join(' ')
    .trim();

const rowText = (row: RowCell[]): string => row.map(cellText).join('|');

/** Rows that cells of the first one reach down to, and the row of the columns' numbers below them. */
function headLength(table: Table): number {
  const spans = table.cells.filter((cell) => cell.row === 0).map((cell) => cell.rowSpan);
  const named = Math.min(HEAD_ROWS, Math.max(1, ...spans));
  const below = table.cells.filter((cell) => cell.row === named).sort((a, b) => a.column - b.column);
  const texts = below.map((cell) => cell.lines.map(lineText).join(' ').replace(/[()]/g, '').trim());
  return texts.length > 2 && texts.every((text, index) => text === String(index + 1)) ? named + 1 : named;
}

interface Fitted {
  rows: RowCell[][];
  /** Its first column begins and its last one ends where the open table's do; null without boxes. */
  inPlace: boolean | null;
}

/** The piece's rows in the open table's columns; null where it has others. */
function placeColumns(table: Table, read: RowCell[][], open: Open): Fitted | null {
  const rows = read.filter(isFilled);
  const edges = edgesOf(table);
  const [from, to] = [edges, open.edges].map((own) => own && [own[0] ?? 0, own.at(-1) ?? 0]);
  const inPlace = from && to ? from.every((edge, side) => Math.abs(edge - (to[side] ?? 0)) <= 2 * MOVED) : null;
  if (table.columns === open.joined.columns) return { rows, inPlace };
  if (!inPlace || !edges || !open.edges) return null;
  const [fewer, more] = edges.length < open.edges.length ? [edges, open.edges] : [open.edges, edges];
  if (!fewer.every((edge) => more.some((other) => Math.abs(other - edge) <= MOVED))) return null;
  return { rows: rows.map((row) => inColumns(row, edges, open.edges ?? [])), inPlace };
}

/** Cells moved to the columns that begin where they do; those of one column become one. */
function inColumns(row: RowCell[], from: number[], to: number[]): RowCell[] {
  const place = (edge: number): number => {
    let best = 0;
    for (const [index, other] of to.entries()) if (other <= edge + MOVED) best = index;
    return Math.min(best, to.length - 1);
  };
  const moved = new Map<number, RowCell>();
  for (const { column, columnSpan, words } of row) {
    const at = Math.min(place(from[column] ?? 0), to.length - 2);
    const columns = Math.max(1, place(from[column + columnSpan] ?? 1) - at);
    const known = moved.get(at);
    if (known) known.words.push(...words);
    else moved.set(at, { column: at, columnSpan: columns, words: [...words] });
  }
  return [...moved.values()];
}

function edgesOf(table: Table): number[] | null {
  if (table.box === null) return null;
  const edges = Array.from({ length: table.columns }, (_, column) =>
    Math.min(...table.cells.filter((cell) => cell.column === column).map((cell) => cell.box?.[0] ?? 1)),
  );
  return [...edges, table.box[2]];
}

/** Nothing stands between the two pieces, or stray words where the head is repeated or the numbers count on. */
function goesOn(table: Table, { rows, inPlace }: Fitted, open: Open, page: number): boolean {
  if (open.behind === 0) return true;
  if (!inPlace || open.behind > BETWEEN || page === open.page) return false;
  const head = repeatedHead(rows, open.head);
  const [number, before] = [nextNumber(rows.slice(head)), nextNumber([...open.rows].reverse())];
  if (number !== null && before !== null) return number === before + 1;
  return head > 0 && table.columns > 2 && number === null;
}

/** How many rows at the piece's beginning say the same as the head's. */
function repeatedHead(rows: RowCell[][], head: RowCell[][]): number {
  let count = 0;
  while (count < head.length && rows[count] && head.some((row) => alike(rowText(row), rowText(rows[count] ?? []))))
    count++;
  return count;
}

/** Equal but for slips of reading. */
function alike(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length < 4 || right.length < 4) return false;
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (left.length + right.length) >= ALIKE;
}

function pairs(text: string): string[] {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
}

/** The number that stands alone in the row's first cell. */
function numberOf(row: RowCell[]): number | null {
  const [first] = row;
  const match = first?.column === 0 && first.columnSpan === 1 ? /^(\d{1,3})[.)]?$/.exec(cellText(first)) : null;
  return match ? Number(match[1]) : null;
}

const isGroup = (row: RowCell[]): boolean => row.filter((cell) => cellText(cell) !== '').length === 1;

/** Number of the first row that has one, if no group comes before it. */
function nextNumber(rows: RowCell[][]): number | null {
  for (const row of rows) {
    const number = numberOf(row);
    if (number !== null) return number;
    if (isGroup(row) && cellText(row[0]) !== '') return null;
  }
  return null;
}

/** Whether the first of `rows` is the second half of `last`, which the page's end cut. */
function finishes(open: Open, last: RowCell[], rows: RowCell[][]): boolean {
  const [first = [], ...others] = rows;
  const filled = first.filter((cell) => cellText(cell) !== '');
  const before = (cell: RowCell): string => cellText(last.find((other) => other.column === cell.column));
  if (filled.length === 0 || filled.some((cell) => cell.columnSpan > 1) || last.length !== first.length) return false;
  const [own, lasts] = [numberOf(first), numberOf(last)];
  // The number stands in the middle of its row's height: the break left it to the second half.
  if (own !== null && cellText(last[0]) === '' && !isGroup(last))
    return numberOf(open.rows.at(-2) ?? []) === own - 1 && flowsOn(filled.slice(1), before);
  if (filled[0]?.column === 0) return !isNumbered(open) && filled.every(before) && flowsOn(filled, before);
  if (flowsOn(filled, before)) return true;
  // The next row counts on by two: this one is a row whose number was not read.
  const next = others[0] ? numberOf(others[0]) : null;
  return filled.every(before) && (lasts === null || next !== lasts + 2);
}

const isNumbered = ({ head, rows }: Open): boolean =>
  /^S?TT$|^Số\s?TT$/iu.test(cellText(head[0]?.[0])) || rows.some((row) => numberOf(row) !== null);

/** Some cell goes on in the middle of a sentence. */
function flowsOn(filled: RowCell[], before: (cell: RowCell) => string): boolean {
  return filled.some((cell) => /^[\p{Ll}(,;]/u.test(cellText(cell)) && !/[.;:!?]$/.test(before(cell)));
}
