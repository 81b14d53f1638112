import { assemblePages } from '../../pipeline/assemble/assemble.ts';
import { lineText, type Page, type Table } from '../../pipeline/page.ts';
import { readWord } from '../../pipeline/word/read-word.ts';
import { type DocxParts, docx } from './make-docx.ts';
import { saved } from './saved.ts';

export const pagesOf = (parts: DocxParts | string): Promise<Page[]> =>
  readWord(saved(docx(typeof parts === 'string' ? { body: parts } : parts)));

/** The paragraphs of text.txt. */
export const linesOf = async (parts: DocxParts | string): Promise<string[]> =>
  assemblePages(await pagesOf(parts)).paragraphs.map((paragraph) => paragraph.text);

/** Lines and tables of a page in short. */
export const itemsOf = (page: Page | undefined): (string | string[][])[] =>
  (page?.items ?? []).map((item) => (item.kind === 'line' ? lineText(item) : cellsOf(item)));

/** Rows of cells as "text", with "@column", "+columns" and "/rows" where they are not as one expects. */
export function cellsOf(table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .map(({ lines, column, columnSpan, rowSpan }) => {
        const spans = `${columnSpan > 1 ? `+${columnSpan}` : ''}${rowSpan > 1 ? `/${rowSpan}` : ''}`;
        return `${column}:${lines.map(lineText).join(' ')}${spans}`;
      }),
  );
}
