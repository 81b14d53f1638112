import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseError, inTransaction, isConnectionError, openDatabase } from '../../output/postgres/connect.ts';
import { exportPostgres } from '../../output/postgres/export.ts';
import { migrateResults } from '../../output/postgres/migrate.ts';
import { type Cell, TABLES } from '../../output/tables.ts';
import { UsageError } from '../../output/usage-error.ts';
import { openCluster } from '../../pipeline/cluster/database.ts';
import { createDictionaryHomes, putDictionary } from '../../pipeline/cluster/dictionaries.ts';
import { dropUnneeded } from '../../pipeline/cluster/retention.ts';
import { createSourceFiles, dropSource, lockSource, putSource } from '../../pipeline/cluster/sources.ts';
import { each, plans, targets } from '../output/exports/plans.ts';
import { tempFolder } from '../temp.ts';
import { type Server, startServer } from './server.ts';

const temp = tempFolder();
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

test('a connection that breaks in a transaction fails the work under way, not the program', async () => {
  const { pool } = await openDatabase(await server.database('broken'));
  const work = inTransaction(pool, async (client) => {
    await client.query('create table lost ()');
    await client.query('select pg_terminate_backend(pg_backend_pid())');
  });
  const error = await work.catch((cause) => cause);
  expect(isConnectionError(error)).toBe(true);
  expect(databaseError(error, 'here')).toMatchObject({ message: expect.stringMatching(/run the same line again/) });
  expect((await pool.query("select to_regclass('lost') as found")).rows).toEqual([{ found: null }]);
  await pool.end();
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
    { area: 'cluster', number: 2 },
    { area: 'origins', number: 1 },
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

test('every row comes out of the database as it went in', async () => {
  const url = await server.database('round');
  const { pool } = await openDatabase(url);
  // As documented: no NUL, and -0 is 0, as in JSON.
  const stored = (cell: Cell) =>
    typeof cell === 'string' ? cell.replaceAll('\0', '') : Object.is(cell, -0) ? 0 : cell;
  const inList = (cell: Cell) =>
    Array.isArray(cell) ? cell.map((item) => (typeof item === 'string' ? stored(item) : item)) : stored(cell);
  await fc.assert(
    fc.asyncProperty(targets, async (changes) => {
      const all = await plans(changes);
      await exportPostgres(each(all), url, temp);
      for (const { name, key, columns, rows } of TABLES) {
        // A bigint comes as a text.
        const shown = columns.map(({ name, type }) => `"${name}"${type === 'integer' ? '::float8' : ''}`);
        const found = await pool.query(`select ${shown} from "${name}"`);
        const byKey = (row: Record<string, unknown>) => JSON.stringify(key.map((column) => row[column]));
        const sorted = (list: Record<string, unknown>[]) =>
          list.map((row) => [byKey(row), row]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
        const expected = all
          .flatMap(rows)
          .map((row) => Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, inList(cell)])));
        expect(sorted(found.rows), name).toEqual(sorted(expected));
      }
    }),
    { numRuns: 10 },
  );
  await pool.end();
});

test('a table of another program is not touched', async () => {
  const { pool } = await openDatabase(await server.database('foreign'));
  await pool.query('create table tasks (name text)');
  await expect(migrateResults(pool)).rejects.toThrow(/table "tasks" already that kehoach did not make/);
  expect(await columnsOf(pool)).toEqual({ tasks: ['name'] });
  await pool.end();
});

test('a source of several pieces comes out as it went in, and goes when no document waits for it', async () => {
  const { pool } = await openCluster(await server.database('sources'));
  const content = randomBytes(2_500_000);
  const path = join(temp, 'large.pdf');
  writeFileSync(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { path, source: 'large.pdf', id: sha256.slice(0, 16), sha256, bytes: content.length, folder: 'large' };
  const put = (changed: Partial<typeof file> = {}) =>
    inTransaction(pool, (client) => lockSource(client, sha256).then(() => putSource(client, { ...file, ...changed })));

  await expect(put({ sha256: '0'.repeat(64) })).rejects.toThrow(/changed while it was read: import it again/);
  await Promise.all([put(), put()]);
  expect((await pool.query('select count(*)::integer as pieces from kehoach.source_pieces')).rows).toEqual([
    { pieces: 3 },
  ]);
  const folder = join(temp, 'sources');
  mkdirSync(folder);
  const files = createSourceFiles(pool, folder);
  const paths = await Promise.all([1, 2].map(() => files.use(file, async (fetched) => fetched)));
  expect(paths).toEqual([join(folder, `${sha256}.pdf`), join(folder, `${sha256}.pdf`)]);
  expect(readFileSync(paths[0] ?? '').equals(content)).toBe(true);

  await inTransaction(pool, (client) => dropSource(client, sha256));
  const lost = createSourceFiles(pool, folder).use(file, async () => undefined);
  await expect(lost).rejects.toThrow(/not in the database any more: import it again/);
  await pool.end();
});

test('the dictionary of the one who imports goes along; a machine without one has none', async () => {
  const { pool } = await openCluster(await server.database('dictionaries'));
  const { KEHOACH_HOME } = process.env;
  process.env.KEHOACH_HOME = temp;
  try {
    expect(await putDictionary(pool)).toBeNull();
    writeFileSync(join(temp, 'dictionary.json'), '{"schemaVersion":"1.0","families":{"":["Thạch Lãng"]}}');
    const digest = await putDictionary(pool);
    expect(await putDictionary(pool)).toBe(digest);
    const homes = createDictionaryHomes(pool, join(temp, 'homes'));
    const [own, none] = [await homes.of(digest), await homes.of(null)];
    expect(readFileSync(join(own, 'dictionary.json'), 'utf8')).toContain('Thạch Lãng');
    expect(readdirSync(none)).toEqual([]);
  } finally {
    if (KEHOACH_HOME === undefined) delete process.env.KEHOACH_HOME;
    else process.env.KEHOACH_HOME = KEHOACH_HOME;
    await pool.end();
  }
});

test('what no import needs goes after 30 days: results replaced or taken away, pages and dictionaries of none', async () => {
  const { pool } = await openCluster(await server.database('kept'));
  const result = (key: string, id: string, days: number | null, reader = 'new') =>
    pool.query(
      `insert into kehoach.imports (key, id, source, folder, sha256, bytes, queue, reader, options, outcome, finished_at)
        values ($1, $2::text, '', '', $2 || ' bytes', 1, 'queue', $4::text, jsonb_build_object('dictionary', $4::text),
        case when $3::integer is not null then 'done' end, now() - $3::integer * interval '1 day')`,
      [key, id, days, reader],
    );
  await pool.query("insert into documents (id) values ('plan'), ('alone')");
  await result('latest', 'plan', 0);
  await result('replaced lately', 'plan', 29, 'earlier');
  await result('replaced', 'plan', 31, 'old');
  await result('long there', 'alone', 400);
  await result('rows gone', 'gone', 31);
  await result('rows gone lately', 'lately', 29);
  await result('waiting', 'waits', null, 'slow');
  await pool.query(`insert into kehoach.files (key, name, content) select key, 'text.txt', '' from kehoach.imports`);
  await pool.query(`insert into kehoach.pages (sha256, reader, number, worker, ended_at)
    select sha256, reader, 1, '', now() - interval '40 days' from kehoach.imports
    union all values ('plan bytes', 'lately', 1, '', now()), ('waits bytes', 'begun', 1, '', null)`);
  await pool.query(`insert into kehoach.dictionaries (digest, content, added_at)
    select name, '', now() - interval '40 days' from unnest(array['new', 'old', 'slow']) name
    union all values ('unused', '', now())`);
  await dropUnneeded(pool);
  const keysOf = async (query: string) => (await pool.query<{ key: string }>(query)).rows.map(({ key }) => key);
  const kept = ['latest', 'long there', 'replaced lately', 'rows gone lately', 'waiting'];
  expect(await keysOf('select key from kehoach.imports order by 1')).toEqual(kept);
  expect(await keysOf('select key from kehoach.files order by 1')).toEqual(kept);
  expect(await keysOf("select sha256 || ' ' || reader as key from kehoach.pages order by 1")).toEqual([
    ...['alone bytes new', 'lately bytes new', 'plan bytes earlier', 'plan bytes lately', 'plan bytes new'],
    ...['waits bytes begun', 'waits bytes slow'],
  ]);
  expect(await keysOf('select digest as key from kehoach.dictionaries order by 1')).toEqual(['new', 'slow', 'unused']);
  await pool.end();
});
