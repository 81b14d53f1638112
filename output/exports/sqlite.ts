import initSqlJs, { type Database } from 'sql.js';
import type { ResultRecord } from '../results.ts';
import { type Cell, type ColumnType, TABLES, type Table } from '../tables.ts';
import { writeWhole } from '../write-whole.ts';

/** Lists and evidence are JSON: json_each reads them. */
const TYPES: Record<ColumnType, string> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  date: 'TEXT',
  list: 'TEXT',
  evidence: 'TEXT',
};

const quoted = (name: string): string => `"${name}"`;
const plain = (cell: Cell): string | number | null => (Array.isArray(cell) ? JSON.stringify(cell) : cell);

function create(database: Database, { name, key, columns, query }: Table): void {
  if (query !== undefined) {
    database.run(`CREATE VIEW ${quoted(name)} AS ${query}`);
    return;
  }
  const definitions = columns.map(
    (column) => `${quoted(column.name)} ${TYPES[column.type]}${column.nullable ? '' : ' NOT NULL'}`,
  );
  database.run(`CREATE TABLE ${quoted(name)} (${definitions.join(', ')}, PRIMARY KEY (${key.map(quoted).join(', ')}))`);
}

function insert(database: Database, table: Table, result: ResultRecord): void {
  const names = table.columns.map(({ name }) => name);
  const marks = names.map(() => '?').join(', ');
  const statement = database.prepare(
    `INSERT INTO ${quoted(table.name)} (${names.map(quoted).join(', ')}) VALUES (${marks})`,
  );
  for (const row of table.rows(result)) statement.run(names.map((name) => plain(row[name] ?? null)));
  statement.free();
}

/** Writes a table a kind; the matrix is a view. */
export async function exportSqlite(results: AsyncIterable<ResultRecord>, path: string): Promise<string[]> {
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    for (const table of TABLES) create(database, table);
    const filled = TABLES.filter(({ query }) => query === undefined);
    database.run('BEGIN');
    for await (const result of results) for (const table of filled) insert(database, table, result);
    database.run('COMMIT');
    await writeWhole(path, database.export());
    return [path];
  } finally {
    database.close();
  }
}
