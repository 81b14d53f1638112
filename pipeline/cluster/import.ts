import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { PlanError } from '../../output/issues.ts';
import { databaseError, inTransaction, isConnectionError } from '../../output/postgres/connect.ts';
import { PlanRecord } from '../../output/record.ts';
import { writeWhole } from '../../output/write-whole.ts';
import type { PlanFile } from '../document.ts';
import type { EngineOption } from '../ocr/engine.ts';
import { unreadable } from '../run/discover.ts';
import { type Done, doneOf, type Taken, unwritten } from '../run/local.ts';
import { forget, remember, resultKey } from '../run/state.ts';
import { openCluster } from './database.ts';
import { putDictionary } from './dictionaries.ts';
import { addFlow, hasFlow, openFlows, openQueue } from './queue.ts';
import { chooseReader, hasWorker, type Reader } from './readers.ts';
import { lockSource, putSource } from './sources.ts';
import { type DocumentOptions, failureOf, RESULT_FILES, readFiles } from './store.ts';

export interface ClusterOptions {
  database: string;
  engine: EngineOption;
  /** Null: the results stay in the database. */
  outDir: string | null;
  maxPages: number;
  /** Milliseconds a document may be worked on; null: as its pages need. */
  timeout: number | null;
  force: boolean;
  signal: AbortSignal;
  onProgress: (change: { opened?: number; page?: true; done?: { kept: boolean }; current?: string }) => void;
}

/** Milliseconds between two looks at what the workers have done. */
const LOOK = 500;
/** Documents looked at at once: the queue works them off in their order. */
const LOOKED_AT = 1000;
/** Milliseconds between two looks for documents whose jobs were lost, and how many of them. */
const HEAL = 30_000;
const HEALED = 50;
/** Milliseconds for which a database that went away is waited for. */
const PATIENCE = 15_000;
const NO_WORKER = 'no worker is at work on this: start one with "kehoach worker --database …"';

interface Waiting {
  /** In the database. */
  key: string;
  /** In the results folder, as the run on one machine has it. */
  localKey: string;
  taken: Taken;
  /** Pages told of so far; null while the document is not opened. */
  pages: { all: number; done: number } | null;
}

interface Look {
  key: string;
  outcome: string | null;
  problem: string | null;
  milliseconds: number | null;
  pageCount: number | null;
  pagesDone: number;
}

/**
 * Hands documents to the workers of a cluster and waits for them. What is in the database already is not done again. The
 * signal ends the waiting; the jobs stay. Throws UsageError where the database is gone for long.
 */
export async function runCluster(taken: readonly Taken[], options: ClusterOptions): Promise<Done[]> {
  const { signal, onProgress } = options;
  const database = await openCluster(options.database);
  const { pool, label } = database;
  const flows = openFlows(database);
  const done: Done[] = [];
  const waiting = new Map<string, Waiting>();
  let [lookedAt, healedAt, isTold] = [0, performance.now(), false];
  try {
    const reader = await chooseReader(pool, options.engine);
    const queue = openQueue(database, reader.queue);
    const dictionary = await putDictionary(pool);
    try {
      for (const one of taken) {
        if (signal.aborted) break;
        const localKey = resultKey(one.file, { ...reader, outDir: '', maxPages: options.maxPages });
        const key = keyOf(one.file, localKey);
        const { state, failure } = await patient(() => put(pool, key, one, { reader, dictionary, options }));
        const document: Waiting = { key, localKey, taken: one, pages: null };
        if (state === 'kept') await finish(document, null);
        else {
          if (!(await hasFlow(queue, key))) await addFlow(flows, reader.queue, key, failure === null);
          waiting.set(key, document);
        }
        if (performance.now() - lookedAt > LOOK) await look(reader);
      }
      while (waiting.size > 0 && !signal.aborted) {
        await sleep(LOOK, undefined, { signal }).catch(() => undefined);
        await look(reader);
        if (performance.now() - healedAt < HEAL) continue;
        healedAt = performance.now();
        for (const {
          key,
          taken: { failure },
        } of [...waiting.values()].slice(0, HEALED)) {
          if (!(await hasFlow(queue, key))) await addFlow(flows, reader.queue, key, failure === null);
        }
      }
      return done;
    } finally {
      await queue.close();
    }
  } catch (cause) {
    throw databaseError(cause, label);
  } finally {
    await flows.close();
    await pool.end();
  }

  async function look(reader: Reader): Promise<void> {
    const rows = await patient(() => readProgress(pool, [...waiting.keys()].slice(0, LOOKED_AT)));
    lookedAt = performance.now();
    for (const row of rows) {
      const document = waiting.get(row.key);
      if (!document) continue;
      tellPages(document, row);
      if (row.outcome !== null) await finish(document, row.milliseconds ?? 0);
      else if (row.problem !== null) giveUp(document, row.problem);
    }
    const isLeftAlone = waiting.size > 0 && !(await patient(() => hasWorker(pool, reader)));
    if (isLeftAlone && !isTold) onProgress({ current: NO_WORKER });
    isTold = isLeftAlone;
  }

  function tellPages(document: Waiting, { pageCount, pagesDone, outcome }: Look): void {
    if (pageCount === null) return;
    if (document.pages === null) {
      document.pages = { all: pageCount, done: 0 };
      onProgress({ opened: pageCount, current: document.taken.file.source });
    }
    const now = outcome === null ? Math.min(pagesDone, document.pages.all) : document.pages.all;
    for (; document.pages.done < now; document.pages.done++) onProgress({ page: true });
  }

  async function finish(
    { key, localKey, taken: { file, failure } }: Waiting,
    milliseconds: number | null,
  ): Promise<void> {
    waiting.delete(key);
    try {
      const record = await writeResult(key, file);
      if (options.outDir !== null && failure === null) await remember(options.outDir, file, localKey, record);
      done.push(doneOf(file, record, milliseconds));
    } catch (cause) {
      if (isConnectionError(cause)) throw cause;
      done.push(unwritten(file.source, (cause as Error).message, milliseconds ?? 0));
    }
    onProgress({ done: { kept: milliseconds === null } });
  }

  function giveUp({ key, taken: { file } }: Waiting, problem: string): void {
    waiting.delete(key);
    done.push(unwritten(file.source, `The workers could not write its result: ${problem}`, 0));
    onProgress({ done: { kept: false } });
  }

  /** As the run on one machine writes it: whole, document.json last; a file that is there already is left alone. */
  async function writeResult(key: string, file: PlanFile): Promise<PlanRecord> {
    const files = await patient(() => readFiles(pool, key));
    const record = PlanRecord.parse(JSON.parse(files['document.json'].toString('utf8')));
    const { outDir } = options;
    if (outDir === null) return record;
    await forget(outDir, file);
    const folder = join(outDir, file.folder);
    await mkdir(folder, { recursive: true });
    for (const name of RESULT_FILES) {
      const before = await readFile(join(folder, name)).catch(() => null);
      if (before === null || !before.equals(files[name])) await writeWhole(join(folder, name), files[name]);
    }
    return record;
  }
}

/** Tries again for a while where the database is gone. */
async function patient<Result>(work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (!isConnectionError(cause) || performance.now() > end) throw cause;
      await sleep(1000);
    }
  }
}

/** A file that could not be opened has no bytes: its id tells it from others. */
function keyOf(file: PlanFile, localKey: string): string {
  return createHash('sha256').update(`${file.id} ${localKey}`).digest('hex').slice(0, 32);
}

interface Put {
  reader: Reader;
  dictionary: string | null;
  options: ClusterOptions;
}

/** Puts a document and its source into the database; 'kept' where its result is there and would come out the same. */
async function put(
  pool: pg.Pool,
  key: string,
  { file, failure }: Taken,
  to: Put,
): Promise<{ state: 'kept' | 'waiting'; failure: PlanError | null }> {
  try {
    const state = await inTransaction(pool, (client) => insert(client, key, file, failure, to));
    return { state, failure };
  } catch (cause) {
    if (failure !== null) throw cause;
    const late = lateFailure(cause);
    if (late === null) throw cause;
    return put(pool, key, { file, failure: late }, to);
  }
}

/** Of a file that was taken in and cannot be read now; null for what is no fault of the file. */
function lateFailure(cause: unknown): PlanError | null {
  if (cause instanceof PlanError) return cause;
  const { code, syscall } = cause as NodeJS.ErrnoException;
  const isOfFile = syscall === 'open' || syscall === 'read';
  return code && isOfFile ? new PlanError('intake', 'unreadable', unreadable(cause), { cause }) : null;
}

async function insert(
  client: pg.PoolClient,
  key: string,
  file: PlanFile,
  failure: PlanError | null,
  { reader, dictionary, options: { maxPages, timeout, force } }: Put,
): Promise<'kept' | 'waiting'> {
  const { engine, engineVersion } = reader;
  const options: DocumentOptions = { engine, engineVersion, maxPages, timeout, dictionary };
  await lockSource(client, file.sha256);
  const { rows } = await client.query<{ outcome: string | null; passing: boolean; problem: string | null }>(
    'select outcome, passing, problem from kehoach.imports where key = $1 for update',
    [key],
  );
  const [before] = rows;
  if (before?.outcome && !before.passing && !force) return 'kept';
  if (before && before.outcome === null && before.problem === null) return 'waiting';
  await client.query('delete from kehoach.pages where sha256 = $1 and reader = $2 and (error is not null or $3)', [
    file.sha256,
    reader.reader,
    force,
  ]);
  await client.query(
    `insert into kehoach.imports (key, id, source, folder, sha256, bytes, failure, queue, reader, options)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (key) do update set source = excluded.source, folder = excluded.folder, failure = excluded.failure,
        options = excluded.options, queued_at = now(), opened = null, open_ms = 0, page_count = null, pending = null,
        outcome = null, passing = false, problem = null, milliseconds = null, finished_at = null`,
    [
      ...[key, file.id, file.source, file.folder, file.sha256, file.bytes],
      ...[failure && JSON.stringify(failureOf(failure)), reader.queue, reader.reader, JSON.stringify(options)],
    ],
  );
  if (failure === null) await putSource(client, file);
  return 'waiting';
}

async function readProgress(pool: pg.Pool, keys: readonly string[]): Promise<Look[]> {
  const { rows } = await pool.query<Look>(
    `select i.key, i.outcome, i.problem, i.milliseconds, i.page_count as "pageCount",
      i.page_count - coalesce(i.pending, 0) + (select count(*)::integer from kehoach.pages p
        where p.sha256 = i.sha256 and p.reader = i.reader and p.ended_at is not null) as "pagesDone"
      from kehoach.imports i where i.key = any($1) and (i.page_count is not null or i.problem is not null)`,
    [keys],
  );
  return rows;
}
