import { join } from 'node:path';
import { packageRoot } from '../../dictionaries/administrative/package-root.ts';
import { type Database, databaseError, openDatabase } from '../../output/postgres/connect.ts';
import { migrate, migrateResults } from '../../output/postgres/migrate.ts';
import { migrateQueues } from './queue.ts';

/** Opens the database of a cluster and brings its tables up to date. Throws UsageError that says what to do. */
export async function openCluster(url: string): Promise<Database> {
  const database = await openDatabase(url);
  try {
    await migrate(database.pool, 'cluster', join(packageRoot(), 'pipeline', 'cluster', 'migrations'));
    await migrateResults(database.pool);
    await migrateQueues(database);
    return database;
  } catch (cause) {
    await database.pool.end();
    throw databaseError(cause, database.label);
  }
}
