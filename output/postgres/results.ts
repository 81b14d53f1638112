import type pg from 'pg';
import type { ResultRecord } from '../results.ts';
import { TABLES } from '../tables.ts';
import { identifier } from './ddl.ts';

/** What no text of PostgreSQL holds: the NUL character and halves of surrogate pairs. */
const clean = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : value;

/** Puts documents into the tables of results, in place of rows that they have there. The tables are there. */
export async function replaceDocuments(client: pg.PoolClient, results: readonly ResultRecord[]): Promise<void> {
  await client.query('delete from "documents" where "id" = any($1)', [results.map(({ record }) => record.id)]);
  for (const table of TABLES) {
    if (table.query !== undefined) continue;
    const rows = results.flatMap((result) => table.rows(result));
    if (rows.length === 0) continue;
    const name = identifier(table.name);
    const columns = table.columns.map((column) => identifier(column.name)).join(', ');
    await client.query(
      `insert into ${name} (${columns}) select ${columns} from json_populate_recordset(null::${name}, $1)`,
      [JSON.stringify(rows, clean)],
    );
  }
}
