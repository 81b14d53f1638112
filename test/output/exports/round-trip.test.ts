import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import initSqlJs from 'sql.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportCsv } from '../../../output/exports/csv.ts';
import { exportJsonl } from '../../../output/exports/jsonl.ts';
import { exportParquet } from '../../../output/exports/parquet.ts';
import { exportSqlite } from '../../../output/exports/sqlite.ts';
import { PlanRecord } from '../../../output/record.ts';
import type { ResultRecord } from '../../../output/results.ts';
import { type Cell, type ColumnType, type Row, TABLES, type Table } from '../../../output/tables.ts';
import { binhAn } from '../fixture.ts';
import { each, plans, targets } from './plans.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kehoach-round-'));
});
afterEach(() => rm(dir, { recursive: true }));

const table = (name: string): Table => TABLES.find((one) => one.name === name) as Table;
const rowsOf = (all: readonly ResultRecord[], name: string): Row[] => all.flatMap((result) => table(name).rows(result));
const kinds = TABLES.map(({ name }) => name);
/** -0 is 0 in a text, as it is in JSON. */
const plus = (cell: Cell): Cell => (Object.is(cell, -0) ? 0 : cell);
const mapRows = (rows: readonly Row[], map: (cell: Cell) => unknown): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, map(cell)])));

test('every column of a table is in its rows, and no other', async () => {
  const plan = await binhAn();
  for (const { columns, rows, name } of TABLES) {
    expect(rows(plan).length, name).toBeGreaterThan(0);
    for (const row of rows(plan)) expect(Object.keys(row).sort()).toEqual(columns.map((column) => column.name).sort());
  }
});

const isOf: Record<ColumnType, (cell: Cell) => boolean> = {
  text: (cell) => typeof cell === 'string',
  integer: (cell) => Number.isInteger(cell),
  number: (cell) => typeof cell === 'number',
  date: (cell) => typeof cell === 'string',
  list: (cell) => Array.isArray(cell),
  evidence: (cell) => Array.isArray(cell),
};

test('cells are of the type that their column says', async () => {
  const plan = await binhAn();
  for (const { columns, rows } of TABLES) {
    for (const { name, type, nullable } of columns) {
      for (const row of rows(plan)) {
        const cell = row[name] ?? null;
        expect(cell === null ? nullable : isOf[type](cell), `${name}: ${cell}`).toBe(true);
      }
    }
  }
});

test.each([
  [{ deadline: '2025-Q4', period: '2026-2027' }, 2025],
  [{ deadline: null, period: '2026-2027' }, 2027],
  [{ deadline: null, period: null }, 2026],
])('%j is a target of %i', async (target, year) => {
  const { entry, record } = await binhAn();
  const indicators = record.indicators.map((indicator) => ({ ...indicator, ...target }));
  expect(table('indicator_matrix').rows({ entry, record: { ...record, indicators } })).toMatchObject([{ year }]);
});

test('JSON lines: a record a line', async () => {
  await fc.assert(
    fc.asyncProperty(targets, async (changes) => {
      const path = join(dir, 'kế hoạch.jsonl');
      const all = await plans(changes);
      expect(await exportJsonl(each(all), path)).toEqual([path]);
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
      const records = lines.map((line) => PlanRecord.parse(JSON.parse(line)));
      expect(records).toEqual(all.map(({ record }) => JSON.parse(JSON.stringify(record))));
    }),
    { numRuns: 20 },
  );
});

/** As documented: empty for null, lists joined, evidence as JSON, an apostrophe before what would be a formula. */
function inCsv(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(plus(cell));
  const text = Array.isArray(cell)
    ? cell.every((item) => typeof item === 'string')
      ? cell.join('; ')
      : JSON.stringify(cell)
    : cell;
  return text.length > 1 && '=+-@\t\r＝＋－＠'.includes(text.charAt(0)) ? `'${text}` : text;
}

test('CSV: a file a kind, for Excel', async () => {
  await fc.assert(
    fc.asyncProperty(targets, async (changes) => {
      const all = await plans(changes);
      const paths = await exportCsv(each(all), join(dir, 'Kế hoạch.CSV'));
      expect(paths).toEqual(kinds.map((kind) => join(dir, `Kế hoạch.${kind}.csv`)));
      for (const [i, kind] of kinds.entries()) {
        const text = await readFile(paths[i] as string, 'utf8');
        expect(text).toMatch(/^\uFEFF[a-z0-9_,]+\r\n/);
        const rows = parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
        expect(rows).toEqual(mapRows(rowsOf(all, kind), inCsv));
      }
    }),
    { numRuns: 20 },
  );
});

test('SQLite: a table a kind, the matrix a view', async () => {
  const { Database } = await initSqlJs();
  const stored = (cell: Cell) => (Array.isArray(cell) ? JSON.stringify(cell) : plus(cell));
  await fc.assert(
    fc.asyncProperty(targets, async (changes) => {
      const path = join(dir, 'kế hoạch.sqlite');
      const all = await plans(changes);
      await exportSqlite(each(all), path);
      const database = new Database(await readFile(path));
      for (const kind of kinds) {
        const statement = database.prepare(`SELECT * FROM "${kind}"`);
        const rows: unknown[] = [];
        while (statement.step()) rows.push(statement.getAsObject());
        statement.free();
        expect(rows).toEqual(mapRows(rowsOf(all, kind), stored));
      }
      const types = database.exec(`SELECT name, type FROM pragma_table_info('indicators') WHERE type <> 'TEXT'`);
      expect(types[0]?.values.slice(0, 2)).toEqual([
        ['position', 'INTEGER'],
        ['value', 'REAL'],
      ]);
      database.close();
    }),
    { numRuns: 20 },
  );
});

test('Parquet: a row a document, the other kinds as lists', async () => {
  const lists = kinds.filter((kind) => kind !== 'documents' && kind !== 'indicator_matrix');
  await fc.assert(
    fc.asyncProperty(targets, async (changes) => {
      const path = join(dir, 'kế hoạch.parquet');
      const all = await plans(changes);
      await exportParquet(each(all), path);
      const bytes = await readFile(path);
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      const read = (await parquetReadObjects({ file })) as Record<string, unknown>[];
      const plain = JSON.parse(JSON.stringify(read, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
      const expected = all.map((result) => ({
        ...mapRows(table('documents').rows(result), plus)[0],
        ...Object.fromEntries(
          lists.map((kind) => [
            kind,
            mapRows(table(kind).rows(result), plus).map(({ document: _, source: __, ...row }) => row),
          ]),
        ),
      }));
      expect(plain).toEqual(JSON.parse(JSON.stringify(expected)));
      expect(await readdir(dir)).toEqual(['kế hoạch.parquet']);
    }),
    { numRuns: 20 },
  );
});
