import type { ResultRecord } from '../results.ts';
import { databaseError, inTransaction, openDatabase } from './connect.ts';
import { migrateResults } from './migrate.ts';
import { replaceDocuments } from './results.ts';

/** Documents written by one statement: few enough for memory. */
const BATCH = 100;

/**
 * Writes documents into the tables of a database, all or none; a document that is there already is replaced. Throws
 * UsageError where the database cannot be reached or written to. Returns the database's name.
 */
export async function exportPostgres(results: AsyncIterable<ResultRecord>, url: string): Promise<string[]> {
  const { pool, label } = await openDatabase(url);
  try {
    await migrateResults(pool);
    await inTransaction(pool, async (client) => {
      let batch: ResultRecord[] = [];
      for await (const result of results) {
        if (batch.push(result) < BATCH) continue;
        await replaceDocuments(client, batch);
        batch = [];
      }
      await replaceDocuments(client, batch);
    });
    return [label];
  } catch (cause) {
    throw databaseError(cause, label);
  } finally {
    await pool.end();
  }
}
