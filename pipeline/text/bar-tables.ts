/** A table has this many columns at least. */
const FEWEST_COLUMNS = 3;
/** Share of the rows that may be shorter than the others: group rows, heads with spans. */
const MOST_SHORT = 0.6;

/** An empty cell that an empty line tells from the end of a row. */
const EMPTY = ' ';
const NUMBER = /^(?:S?TT|Số thứ tự|[IVX]+|\p{Lu}|\d+(?:\.\d+)*)[.)]?$/iu;

export interface BarTable {
  /** Cells by row, as many in each; null where the rows cannot be told. */
  rows: string[][] | null;
  /** Lines that it takes, from the first bar to the last. */
  lines: number;
}

/**
 * A table of text with a cell a line and a bar alone on the line between, as web pages are copied: "|", "1", "|", "Rà soát",
 * "|", "", … A row's last bar and the next one's first look like an empty cell, so that the rows are told by their
 * length. Text behind an empty line stands below the table. Null where `lines[from]` is no bar.
 */
export function readBarTable(lines: readonly string[], from: number): BarTable | null {
  if (lines[from]?.trim() !== '|') return null;
  const segments: string[] = [];
  let cell: string[] = [];
  let blank = false;
  let last = from;
  for (let at = from + 1; at < lines.length; at++) {
    const text = lines[at]?.trim() ?? '';
    if (text === '') {
      blank = true;
      continue;
    }
    if (text !== '|') cell.push(text);
    if (blank && cell.length > 0) break;
    if (text === '|') {
      segments.push(blank ? EMPTY : cell.join(' '));
      cell = [];
      last = at;
    }
    blank = false;
  }
  return { rows: splitRows(segments), lines: last - from + 1 };
}

/** Cells in reading order, one empty segment between two rows → rows; null where too few are of one length. */
function splitRows(segments: readonly string[]): string[][] | null {
  const columns = commonLength(segments);
  if (columns < FEWEST_COLUMNS) return null;
  const end = segments.length;
  const best: { cost: number; length: number }[] = [];
  best[end] = { cost: 0, length: 0 };
  for (let at = end - 1; at >= 0; at--) {
    best[at] = { cost: Number.POSITIVE_INFINITY, length: 1 };
    for (let length = 1; length <= Math.min(columns + 1, end - at); length++) {
      const next = at + length;
      if (segments[next]?.trim()) continue;
      const rest = next >= end ? 0 : (best[next + 1]?.cost ?? 0) + (segments[next] === EMPTY ? 2 : 0);
      const cost = rest + costOf(segments.slice(at, next), columns);
      if (cost < (best[at]?.cost ?? 0)) best[at] = { cost, length };
    }
  }
  const rows: string[][] = [];
  for (let at = 0; at < end; at += (best[at]?.length ?? end) + 1)
    rows.push(segments.slice(at, at + (best[at]?.length ?? end)));
  const short = rows.filter((row) => row.length < columns).length;
  if (!Number.isFinite(best[0]?.cost) || short / rows.length > MOST_SHORT) return null;
  return rows.map((row) => filled(row, columns).map((cell) => cell.trim()));
}

/** A short row begins in the first column with a number or its heading; else it is the head of the last columns. One cell
 *  too many is an empty one. */
function filled(row: readonly string[], columns: number): string[] {
  if (row.length > columns) return row.filter((_, at) => at !== row.indexOf(EMPTY));
  const rest = Array<string>(columns - row.length).fill('');
  return row.length < FEWEST_COLUMNS || NUMBER.test(row[0] ?? '') ? [...row, ...rest] : [...rest, ...row];
}

/** How unlike a row it is: whole ones are none, short ones have no empty cell, none begins with one. */
function costOf(cells: readonly string[], columns: number): number {
  if (cells.every((cell) => cell === '')) return 4;
  if (cells.length > columns) return cells.includes(EMPTY) ? 1.5 : Number.POSITIVE_INFINITY;
  const begins = cells[0] === '' ? 3 : 0;
  if (cells.length === columns) return begins / 2;
  return 1 + begins + (cells.includes('') ? 1 : 0);
}

/** The commonest number of cells of rows without an empty one; the greater of two. */
function commonLength(segments: readonly string[]): number {
  const counts = new Map<number, number>();
  let run = 0;
  for (const segment of [...segments, '']) {
    if (segment !== '') run++;
    else {
      if (run >= FEWEST_COLUMNS) counts.set(run, (counts.get(run) ?? 0) + 1);
      run = 0;
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
