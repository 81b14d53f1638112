import { cellRef, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { ResultRecord } from '../results.ts';
import { type Row, TABLES } from '../tables.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../write-whole.ts';
import { targetsOf } from './against.ts';
import { linkTo } from './links.ts';
import { matrixSheet, type Reference, verdict } from './matrix.ts';
import { type CellContent, SHEETS, type SheetColumn, type SheetLayout } from './sheets.ts';
import { dataSheet, LINK, styleOf } from './style.ts';

/** Excel opens a sheet with more links without any of them. */
const MOST_LINKS = 65_530;
const [QUOTES] = SHEETS as [SheetLayout];

export interface XlsxOptions {
  /** Where a document's source lies now; null where it is not known. */
  findSource: (result: ResultRecord) => Promise<string | null>;
  /** The id of a document: targets of the others below its own are marked. */
  against: string | null;
}

/** The rows of all tables by the table's name; sources by document. */
interface Content {
  rows: Map<string, Row[]>;
  sources: Map<string, string>;
}

async function collect(
  results: AsyncIterable<ResultRecord>,
  path: string,
  { findSource }: XlsxOptions,
): Promise<Content> {
  const rows = new Map<string, Row[]>(TABLES.map(({ name }) => [name, []]));
  const sources = new Map<string, string>();
  for await (const result of results) {
    const { id, metadata } = result.record;
    for (const table of TABLES) {
      for (const row of table.rows(result))
        rows.get(table.name)?.push({ ...row, document: id, commune: metadata.unit });
    }
    const source = await findSource(result);
    if (source !== null) sources.set(id, linkTo(path, source));
  }
  return { rows, sources };
}

/** To the source's page where it is a PDF: other programs know no pages in a link. */
function sourceLink(row: Row, sources: Content['sources']): string | null {
  const link = sources.get(String(row.document));
  if (link === undefined) return null;
  return row.page && /\.pdf$/i.test(link) ? `${link}#page=${row.page}` : link;
}

function contentOf({ column, show }: SheetColumn, row: Row): CellContent {
  const cell = row[column] ?? null;
  if (show) return show(cell, row);
  return Array.isArray(cell) ? cell.join('; ') : cell;
}

function sheetOf({ name, table, columns }: SheetLayout, { rows, sources }: Content): WriteSheet {
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  const all = rows.get(table) ?? [];
  const page = columns.findIndex(({ column }) => column === 'page');
  const linked = page < 0 ? columns.findIndex(({ column }) => column === 'source') : page;
  for (const [r, row] of all.slice(0, MOST_LINKS).entries()) {
    const target = sourceLink(row, sources);
    if (target === null || (linked === page && row.page === null)) continue;
    cells.set(`${r + 1},${linked}`, { style: { ...styleOf(columns[linked] ?? {}), ...LINK }, hyperlink: { target } });
  }
  const lines = all.map((row) => columns.map((column) => contentOf(column, row)));
  return dataSheet(name, columns, lines, cells, { rows: 1 });
}

function referenceOf(document: string, matrix: readonly Row[]): Reference {
  const targets = targetsOf(matrix.filter((row) => row.document === document));
  if (targets.size > 0) return { document, targets };
  throw new UsageError(
    '--against: that plan names no target of a known measure, so there is nothing to compare with. Name another.',
  );
}

/**
 * Writes a sheet a kind and a matrix of the targets by commune. Pages are links to the source. The same records give the
 * same bytes. Throws UsageError where the file cannot be written, a sheet would be too large, or `against` has no targets.
 */
export async function exportXlsx(
  results: AsyncIterable<ResultRecord>,
  path: string,
  options: XlsxOptions,
): Promise<string[]> {
  const content = await collect(results, path, options);
  const matrix = content.rows.get('indicator_matrix') ?? [];
  const against = options.against === null ? null : referenceOf(options.against, matrix);
  const compared: SheetColumn[] = against
    ? [{ head: 'Đối chiếu', width: 18, column: 'measure', show: (_, row) => verdict(row, against) }]
    : [];
  const first = { ...QUOTES, columns: [...QUOTES.columns, ...compared] };
  const quote = QUOTES.columns.findIndex(({ column }) => column === 'quote');
  const keyOf = ({ document, position }: Row) => `${document} ${position}`;
  const places = new Map((content.rows.get(QUOTES.table) ?? []).map((row, r) => [keyOf(row), cellRef(r + 1, quote)]));
  const bytes = await writeXlsx({
    sheets: [
      sheetOf(first, content),
      matrixSheet({ rows: matrix, against, quoteOf: (row) => `'${QUOTES.name}'!${places.get(keyOf(row))}` }),
      ...SHEETS.slice(1).map((layout) => sheetOf(layout, content)),
    ],
    properties: { creator: 'kehoach', created: new Date(0), modified: new Date(0) },
  });
  await writeWhole(path, bytes);
  return [path];
}
