import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { packageRoot } from '../../dictionaries/administrative/package-root.ts';
import { TABLES, type Table } from '../tables.ts';
import { UsageError } from '../usage-error.ts';
import { inTransaction } from './connect.ts';
import { identifier, statementsOf } from './ddl.ts';

/** One migration at a time in a database; the digits are free to choose. */
const LOCK = 7_240_511;

interface Step {
  number: number;
  name: string;
  run: (client: pg.PoolClient) => Promise<unknown>;
}

/** Applies the numbered files (001-name.sql) of a folder that the database does not have yet, all or none. */
export async function migrate(pool: pg.Pool, area: string, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\d+-.+\.sql$/.test(name)).sort();
  const steps = names.map((name): Step => {
    const run = async (client: pg.PoolClient) => client.query(await readFile(join(folder, name), 'utf8'));
    return { number: Number.parseInt(name, 10), name, run };
  });
  if ((await applied(pool, area)).at(-1)?.number === steps.at(-1)?.number) return;
  await inTransaction(pool, async (client) => {
    const done = await begin(client, area);
    const newest = done.at(-1)?.number ?? 0;
    if (newest > (steps.at(-1)?.number ?? 0)) {
      throw new UsageError('The database was set up by a newer kehoach: bring this one up to date.');
    }
    for (const step of steps.filter(({ number }) => number > newest)) await apply(client, area, step);
  });
}

/**
 * Makes the tables of results and their views as output/tables.ts defines them: those missing, and columns that came
 * later. Columns that went stay. Throws UsageError where a table of that name is another program's.
 */
export async function migrateResults(pool: pg.Pool): Promise<void> {
  await migrate(pool, 'origins', join(packageRoot(), 'output', 'postgres', 'migrations'));
  const { rows } = await pool.query<{ schema: string | null }>('select current_schema() as schema');
  const schema = rows[0]?.schema;
  if (!schema)
    throw new UsageError('The database has no schema that this user may use: GRANT USAGE, CREATE ON SCHEMA public.');
  const area = `results in ${schema}`;
  const statements = TABLES.flatMap(statementsOf);
  const name = createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 16);
  if ((await applied(pool, area)).at(-1)?.name === name) return;
  await inTransaction(pool, async (client) => {
    const done = await begin(client, area);
    if (done.at(-1)?.name === name) return;
    if (done.length === 0) for (const table of TABLES) await refuseForeign(client, table);
    const number = (done.at(-1)?.number ?? 0) + 1;
    const run = async () => {
      for (const statement of statements) await client.query(statement);
    };
    await apply(client, area, { number, name, run });
  });
}

async function refuseForeign(client: pg.PoolClient, { name }: Table): Promise<void> {
  const { rows } = await client.query(
    'select 1 from pg_catalog.pg_class where relnamespace = current_schema()::regnamespace and relname = $1',
    [name],
  );
  if (rows.length > 0) {
    throw new UsageError(
      `The database has a table ${identifier(name)} already that kehoach did not make: name a database of its own.`,
    );
  }
}

async function applied(client: pg.Pool | pg.PoolClient, area: string): Promise<{ number: number; name: string }[]> {
  if (!(await hasMigrations(client))) return [];
  const { rows } = await client.query<{ number: number; name: string }>(
    'select number, name from kehoach.migrations where area = $1 order by number',
    [area],
  );
  return rows;
}

/** Asks the catalogue: names looked up by PostgreSQL's own functions may be remembered from before another made them. */
async function hasMigrations(client: pg.Pool | pg.PoolClient): Promise<boolean> {
  const { rowCount } = await client.query(
    "select 1 from pg_catalog.pg_tables where schemaname = 'kehoach' and tablename = 'migrations'",
  );
  return rowCount !== 0;
}

/** Waits for others that migrate. Returns what they have left applied. */
async function begin(client: pg.PoolClient, area: string): Promise<{ number: number; name: string }[]> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
  if (!(await hasMigrations(client))) {
    await client.query('create schema if not exists kehoach');
    await client.query(
      'create table kehoach.migrations (area text, number integer, name text not null, applied_at timestamptz not null default now(), primary key (area, number))',
    );
  }
  return applied(client, area);
}

async function apply(client: pg.PoolClient, area: string, { number, name, run }: Step): Promise<void> {
  await run(client);
  await client.query('insert into kehoach.migrations (area, number, name) values ($1, $2, $3)', [area, number, name]);
}
