import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../output/postgres/connect.ts';
import { migrateResults } from '../../output/postgres/migrate.ts';
import { TABLES } from '../../output/tables.ts';
import { UsageError } from '../../output/usage-error.ts';
import { openCluster } from '../../pipeline/cluster/database.ts';
import { type Server, startServer } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.remove());

test.each([
  ['mysql://host/plans', /begin with postgres:\/\/: write postgres:\/\/USER:PASSWORD@HOST:5432\/DATABASE/],
  ['postgres://[', /write postgres:\/\//],
  ['postgres://u:hidden@localhost:1/plans', /localhost:1\/plans: No server answers there: start PostgreSQL/],
  ['no such database', /There is no such database: create it/],
])('%s: a message that says what to do, without the password', async (address, message) => {
  const good = await server.database('good');
  const url = address.includes(':') ? address : good.replace(/[^/]+$/, 'nowhere');
  const error = await openDatabase(url).catch((cause) => cause);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toMatch(message);
  expect(error.message).not.toMatch(/secret|hidden/);
});

async function columnsOf(pool: pg.Pool): Promise<Record<string, string[]>> {
  const { rows } = await pool.query<{ table: string; columns: string[] }>(
    `select table_name::text as table, array_agg(column_name::text order by column_name) as columns
      from information_schema.columns where table_schema = 'public' group by 1`,
  );
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]));
}

const defined = Object.fromEntries(
  TABLES.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]),
);

test('several programs that start at once make each table once; what is there is left alone', async () => {
  const url = await server.database('migrated');
  const opened = await Promise.all([openCluster(url), openCluster(url), openCluster(url)]);
  opened.push(await openCluster(url));
  const [first] = opened;
  expect(await columnsOf(first?.pool as pg.Pool)).toEqual(defined);
  const applied = 'select area, number from kehoach.migrations order by 1, 2';
  expect((await first?.pool.query(applied))?.rows).toEqual([
    { area: 'cluster', number: 1 },
    { area: 'results in public', number: 1 },
  ]);
  for (const { pool } of opened) await pool.end();
});

test('tables of an earlier version get the columns that came later, and keep their rows', async () => {
  const { pool } = await openDatabase(await server.database('earlier'));
  await migrateResults(pool);
  await pool.query(`alter table documents drop column unit cascade; alter table issues drop column quote;
    insert into documents (id) values ('kept'); update kehoach.migrations set name = 'an earlier one'`);
  await migrateResults(pool);
  expect(await columnsOf(pool)).toEqual(defined);
  expect((await pool.query('select id from documents')).rows).toEqual([{ id: 'kept' }]);
  await pool.end();
});

test('a table of another program is not touched', async () => {
  const { pool } = await openDatabase(await server.database('foreign'));
  await pool.query('create table tasks (name text)');
  await expect(migrateResults(pool)).rejects.toThrow(/table "tasks" already that kehoach did not make/);
  expect(await columnsOf(pool)).toEqual({ tasks: ['name'] });
  await pool.end();
});
