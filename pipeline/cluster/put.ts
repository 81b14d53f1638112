import { createHash } from 'node:crypto';
import type pg from 'pg';
import { PlanError } from '../../output/issues.ts';
import { inTransaction } from '../../output/postgres/connect.ts';
import type { PlanFile } from '../document.ts';
import { unreadable } from '../run/discover.ts';
import type { LocalOptions, Taken } from '../run/local.ts';
import type { Reader } from './readers.ts';
import { lockSource, putSource } from './sources.ts';
import { type DocumentOptions, failureOf } from './store.ts';

/** How documents are put into the database. */
export interface PutOptions extends Pick<LocalOptions, 'maxPages' | 'timeout' | 'redo'> {
  reader: Reader;
  /** Digest of the user's dictionary. */
  dictionary: string | null;
}

/** A document's key, of the key of its result. A file that could not be opened has no bytes: its id tells it from others. */
export function keyOf(file: PlanFile, resultKey: string): string {
  return createHash('sha256').update(`${file.id} ${resultKey}`).digest('hex').slice(0, 32);
}

/**
 * Puts a document and its source into the database. `attempt` tells which try of it is under way; null where its result is
 * there and would come out the same.
 */
export async function put(
  pool: pg.Pool,
  key: string,
  { file, failure }: Taken,
  options: PutOptions,
): Promise<{ attempt: number | null; failure: PlanError | null }> {
  try {
    const attempt = await inTransaction(pool, (client) => insert(client, key, { file, failure }, options));
    return { attempt, failure };
  } catch (cause) {
    const late = failure === null ? lateFailure(cause) : null;
    if (late === null) throw cause;
    return put(pool, key, { file, failure: late }, options);
  }
}

/** Of a file that was taken in and cannot be read now; null for what is no fault of the file. */
function lateFailure(cause: unknown): PlanError | null {
  if (cause instanceof PlanError) return cause;
  const { code, syscall } = cause as NodeJS.ErrnoException;
  const isOfFile = syscall === 'open' || syscall === 'read';
  return code && isOfFile ? new PlanError('intake', 'unreadable', unreadable(cause), { cause }) : null;
}

interface Before {
  outcome: string | null;
  /** Its rows stand in the tables of results. */
  hasRows: boolean;
  passing: boolean;
  problem: string | null;
  attempt: number;
}

async function insert(
  client: pg.PoolClient,
  key: string,
  { file, failure }: Taken,
  { reader, dictionary, maxPages, timeout, redo }: PutOptions,
): Promise<number | null> {
  const { engine, engineVersion } = reader;
  const options: DocumentOptions = { engine, engineVersion, maxPages, timeout, dictionary };
  await lockSource(client, file.sha256);
  const { rows } = await client.query<Before>(
    `select outcome, passing, problem, attempt, exists (select from documents where documents.id = imports.id) as "hasRows"
      from kehoach.imports where key = $1 for update`,
    [key],
  );
  const [before] = rows;
  if (before?.outcome && before.hasRows && !before.passing && redo === 'nothing') return null;
  if (before && before.outcome === null && before.problem === null) return before.attempt;
  await client.query(
    'delete from kehoach.pages where sha256 = $1 and reader = $2 and (error is not null or is_blank or $3)',
    [file.sha256, reader.reader, redo === 'all'],
  );
  await client.query(
    `insert into kehoach.imports (key, id, source, folder, sha256, bytes, failure, queue, reader, options)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (key) do update set source = excluded.source, folder = excluded.folder, failure = excluded.failure,
        options = excluded.options, attempt = imports.attempt + 1, queued_at = now(), opened = null, open_ms = 0, kind = null, page_count = null, pending = null,
        outcome = null, passing = false, problem = null, milliseconds = null, finished_at = null`,
    [
      ...[key, file.id, file.source, file.folder, file.sha256, file.bytes],
      ...[failure && JSON.stringify(failureOf(failure)), reader.queue, reader.reader, JSON.stringify(options)],
    ],
  );
  if (failure === null) await putSource(client, file);
  return (before?.attempt ?? 0) + 1;
}
