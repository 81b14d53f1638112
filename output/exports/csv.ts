import { type FileHandle, open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { ResultRecord } from '../results.ts';
import { type Cell, TABLES, type Table } from '../tables.ts';
import { writeWholeBy } from '../write-whole.ts';

const BOM = '\uFEFF';

/** What a spreadsheet takes for a formula; a sign alone is none. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]./su;

/** A text that would be taken for a formula gets an apostrophe before it; numbers are left as they are. */
const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Lists are joined, evidence is JSON. */
function plain(cell: Cell): string | number | null {
  if (typeof cell === 'string') return guarded(cell);
  if (!Array.isArray(cell)) return cell;
  return cell.every((item) => typeof item === 'string') ? guarded(cell.join('; ')) : JSON.stringify(cell);
}

const lines = (rows: (string | number | null)[][]): string => stringify(rows, { record_delimiter: 'windows' });

async function writeTables(files: readonly FileHandle[], results: AsyncIterable<ResultRecord>): Promise<void> {
  const write = (text: (table: Table) => string) =>
    Promise.all(TABLES.map((table, i) => files[i]?.appendFile(text(table))));
  await write(({ columns }) => BOM + lines([columns.map(({ name }) => name)]));
  for await (const result of results) {
    await write(({ columns, rows }) =>
      lines(rows(result).map((row) => columns.map(({ name }) => plain(row[name] ?? null)))),
    );
  }
}

/**
 * Writes one file a kind: NAME.csv becomes NAME.documents.csv, NAME.indicators.csv and so on; returns their paths.
 * UTF-8 with BOM, commas, decimal points, lines end as Windows has them.
 */
export async function exportCsv(results: AsyncIterable<ResultRecord>, path: string): Promise<string[]> {
  const stem = path.slice(0, -'.csv'.length);
  const paths = TABLES.map(({ name }) => `${stem}.${name}.csv`);
  await writeWholeBy(paths, async (parts) => {
    const files: FileHandle[] = [];
    try {
      for (const part of parts) files.push(await open(part, 'w'));
      await writeTables(files, results);
    } finally {
      for (const file of files) await file.close();
    }
  });
  return paths;
}
