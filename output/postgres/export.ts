import type { ResultRecord } from '../results.ts';
import { databaseError, inTransaction, openDatabase } from './connect.ts';
import { migrateResults } from './migrate.ts';
import { replaceDocuments } from './results.ts';

/** Documents written by one statement: few enough for memory. */
const BATCH = 100;

/**
 * Writes documents into the tables of a database, all or none; a document that is there already is replaced. Throws
 * UsageError where the database cannot be reached or written to.
 */
export async function exportPostgres(results: readonly ResultRecord[], url: string): Promise<void> {
  const { pool, label } = await openDatabase(url);
  try {
    await migrateResults(pool);
    await inTransaction(pool, async (client) => {
      for (let at = 0; at < results.length; at += BATCH) {
        await replaceDocuments(client, results.slice(at, at + BATCH));
      }
    });
  } catch (cause) {
    throw databaseError(cause, label);
  } finally {
    await pool.end();
  }
}
