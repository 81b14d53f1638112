import type { Line, Page, Table, TableCell, Word } from '../page.ts';
import { readBarTable } from './bar-tables.ts';

/** Printed page numbers of text pasted out of a PDF: a line of its own, "2" or "- 2 -". */
const LONE_NUMBER = /^\s*(?:\d{1,3}|[-–—]\s*\d{1,3}\s*[-–—])\s*$/;
const PIPE_ROW = /^\s*\|.*\|\s*$/;
const PIPE_RULE = /^:?-{2,}:?$/;

function words(text: string): Word[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ raw: word, text: word, box: null, confidence: 1 }));
}

/** White between two columns that were set side by side, not a blank to be filled in. */
const WIDE_WHITE = /(?<=\S)(?<!:|số|ngày|tháng|năm)(?: {3,}|\t+)(?=[\p{L}\d])(?!tháng|năm)/iu;

function plainLine(text: string, blankBefore: number): Line {
  const line: Line = { kind: 'line', words: words(text), box: null, region: 'body', size: null, blankBefore };
  const [left = '', ...right] = text.split(WIDE_WHITE);
  if (right.length === 1) line.gap = words(left).length;
  return line;
}

/** Takes Markdown's marks out of a line; tells whether it was marked as a heading. A star label ("* Mục tiêu") stays. */
export function stripMarkup(line: string): { text: string; heading: boolean } {
  let text = line.replace(/^\s*#{1,6}\s+/, '');
  let heading = text !== line;
  const bold = /^\s*\*\*(.+?)\*\*\s*:?\s*$/.exec(text);
  if (bold) heading = true;
  text = text
    .replace(/\*\*|__(?=\S)|(?<=\S)__/g, '')
    .replace(/(^|\S|\s)\*\(([^*]*)\)\*/g, (_, before: string, inner: string) =>
      before.trim() === '' ? `${before}(${inner})` : `${before} (${inner})`,
    )
    .replace(/\*(\S[^*]*\S)\*/g, '$1')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/\\([\\`*_{}[\]()#+\-.!|~>])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
  return { text, heading };
}

function pipeCells(row: string): string[] {
  const inner = row.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => stripMarkup(cell).text.replace(/\\\|/g, '|').trim());
}

function tableOf(rows: string[][]): Table {
  const columns = Math.max(...rows.map((row) => row.length));
  const cells: TableCell[] = [];
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) {
      const text = row[c] ?? '';
      const lines = text === '' ? [] : [plainLine(text, 0)];
      cells.push({ row: r, column: c, rowSpan: 1, columnSpan: 1, box: null, lines });
    }
  });
  return { kind: 'table', box: null, rows: rows.length, columns, cells };
}

/**
 * Plain text or Markdown as pages: a form feed begins the next page, pipe rows become tables, mark-up and lone page
 * numbers are taken out. Boxes are null throughout.
 */
export function readTextPages(text: string): Page[] {
  return text.split('\f').map((part, index) => {
    const items: (Line | Table)[] = [];
    let rows: string[][] = [];
    let blank = 0;
    const closeTable = () => {
      if (rows.length > 0) items.push(tableOf(rows));
      rows = [];
    };
    const lines = part.replace(/\u00a0/g, ' ').split('\n');
    let read = 0;
    lines.forEach((line, at) => {
      if (at < read) return;
      const bars = readBarTable(lines, at);
      if (bars?.rows) {
        closeTable();
        items.push(tableOf(bars.rows.map((row) => row.map((cell) => stripMarkup(cell).text))));
        blank = 0;
        read = at + bars.lines;
        return;
      }
      if (line.trim() === '') {
        blank++;
        return;
      }
      if (PIPE_ROW.test(line)) {
        if (blank > 0) closeTable();
        blank = 0;
        const cells = pipeCells(line);
        const isRule = cells.every((cell) => cell === '' || PIPE_RULE.test(cell));
        if (!isRule) rows.push(cells);
        return;
      }
      closeTable();
      if (LONE_NUMBER.test(line) && isLoneAt(lines, at)) return;
      const { text: clean, heading } = stripMarkup(line);
      if (clean.trim() === '') return;
      const item = plainLine(clean, blank);
      if (heading) item.markedHeading = true;
      items.push(item);
      blank = 0;
    });
    closeTable();
    return {
      number: index + 1,
      width: null,
      height: null,
      textSource: 'plain',
      quality: 1,
      engine: null,
      items,
      regions: [],
    } satisfies Page;
  });
}

/** A number alone is a page number where it opens or closes the page, or stands between blank lines. */
function isLoneAt(lines: string[], at: number): boolean {
  const before = lines.slice(0, at).every((line) => line.trim() === '');
  const after = lines.slice(at + 1).every((line) => line.trim() === '');
  return before || after || ((lines[at - 1] ?? '').trim() === '' && (lines[at + 1] ?? '').trim() === '');
}
