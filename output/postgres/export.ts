import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type pg from 'pg';
import type { ResultRecord } from '../results.ts';
import { databaseError, inTransaction, openDatabase } from './connect.ts';
import { migrateResults } from './migrate.ts';
import { replaceDocuments } from './results.ts';

/** Documents written by one statement: few enough for memory. */
const BATCH = 100;

/**
 * Writes the documents of a results folder into the tables of a database, all or none, in place of what an earlier export
 * of the folder has written; those of others stay. Throws UsageError where the database cannot be reached or written to.
 * Returns the database's name.
 */
export async function exportPostgres(
  results: AsyncIterable<ResultRecord>,
  url: string,
  dir: string,
): Promise<string[]> {
  const { pool, label } = await openDatabase(url);
  try {
    await migrateResults(pool);
    const origin = `${hostname()}:${await realpath(dir)}`;
    await inTransaction(pool, async (client) => {
      const ids: string[] = [];
      let batch: ResultRecord[] = [];
      for await (const result of results) {
        ids.push(result.record.id);
        if (batch.push(result) < BATCH) continue;
        await replaceDocuments(client, batch);
        batch = [];
      }
      await replaceDocuments(client, batch);
      await removeOthers(client, origin, ids);
    });
    return [label];
  } catch (cause) {
    throw databaseError(cause, label);
  } finally {
    await pool.end();
  }
}

/** Takes away what this origin had earlier and no other one has. */
async function removeOthers(client: pg.PoolClient, origin: string, ids: readonly string[]): Promise<void> {
  await client.query(
    `delete from "documents" where "id" in (
      select document from kehoach.origins group by document having bool_and(origin = $1)
    ) and "id" <> all($2)`,
    [origin, ids],
  );
  await client.query('delete from kehoach.origins where origin = $1', [origin]);
  await client.query('insert into kehoach.origins (origin, document) select $1, unnest($2::text[])', [origin, ids]);
}
