import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, databaseError, isConnectionError } from '../../output/postgres/connect.ts';
import { PlanRecord } from '../../output/record.ts';
import { writeWhole } from '../../output/write-whole.ts';
import type { PlanFile } from '../document.ts';
import { messageOf } from '../message.ts';
import type { EngineOption } from '../ocr/engine.ts';
import { type Done, doneOf, type LocalOptions, NO_WORK, type Taken, told, unwritten } from '../run/local.ts';
import type { RunLog } from '../run/log.ts';
import { forget, remember, resultKey } from '../run/state.ts';
import { openCluster } from './database.ts';
import { putDictionary } from './dictionaries.ts';
import { keyOf, type PutOptions, put } from './put.ts';
import { addFlow, hasFlow, type JobFlows, type JobQueue, openFlows, openQueue } from './queue.ts';
import { chooseReader, type Engine, hasWorker, nameOf, type Reader } from './readers.ts';
import { dropUnneeded } from './retention.ts';
import { RESULT_FILES, readFiles } from './store.ts';

export interface ClusterOptions extends Pick<LocalOptions, 'maxPages' | 'timeout' | 'redo' | 'signal' | 'onProgress'> {
  /** Null: the results stay in the database. */
  outDir: string | null;
  /** Of the results folder; null where there is none. */
  log: RunLog | null;
}

/** A cluster that an import may use, and the engine that its workers read with. */
export interface Cluster extends Engine {
  /**
   * Hands documents to the workers and waits for them. What is in the database already is not done again. The signal ends
   * the waiting; the jobs stay. Throws UsageError where the database is gone for long. To be called once.
   */
  run(taken: readonly Taken[], options: ClusterOptions): Promise<Done[]>;
}

/** Milliseconds between two looks at what the workers have done. */
const LOOK = 500;
/** Documents looked at at once: the queue works them off in their order. */
const LOOKED_AT = 1000;
/** Milliseconds between two looks for documents whose jobs were lost, and how many of them. */
const HEAL = 10_000;
const HEALED = 50;
/** Milliseconds for which a database that went away is waited for. */
const PATIENCE = 10_000;

/** Throws UsageError where the database cannot be reached, or no worker has the engine. */
export async function joinCluster(url: string, engine: EngineOption): Promise<Cluster> {
  const database = await openCluster(url);
  const { pool, label } = database;
  try {
    const reader = await chooseReader(pool, engine);
    return { ...reader, run: (taken, options) => runCluster(database, reader, taken, options) };
  } catch (cause) {
    await pool.end();
    throw databaseError(cause, label);
  }
}

async function runCluster(
  database: Database,
  reader: Reader,
  taken: readonly Taken[],
  options: ClusterOptions,
): Promise<Done[]> {
  const [queue, flows] = [openQueue(database, reader.queue), openFlows(database)];
  try {
    await dropUnneeded(database.pool);
    const dictionary = await putDictionary(database.pool);
    const run = createRun({ database, queue, flows, putOptions: { ...options, reader, dictionary }, options });
    for (const one of taken) {
      if (options.signal.aborted) break;
      await run.put(one);
      await run.look();
    }
    while (run.isWaiting() && !options.signal.aborted) {
      await sleep(LOOK, undefined, { signal: options.signal }).catch(() => undefined);
      await run.look();
      await run.heal();
    }
    return run.done;
  } catch (cause) {
    throw databaseError(cause, database.label);
  } finally {
    await Promise.all([queue.close(), flows.close()]).catch(() => undefined);
    await database.pool.end();
  }
}

interface Waiting {
  attempt: number;
  taken: Taken;
  /** Of the result, as a run on one machine has it. */
  resultKey: string;
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

interface RunParts {
  database: Database;
  queue: JobQueue;
  flows: JobFlows;
  putOptions: PutOptions;
  options: ClusterOptions;
}

/** An import's documents on their way through the cluster. */
function createRun({ database: { pool }, queue, flows, putOptions, options }: RunParts) {
  const { outDir, log, onProgress } = options;
  const { reader } = putOptions;
  const done: Done[] = [];
  const waiting = new Map<string, Waiting>();
  let [lookedAt, healedAt] = [0, performance.now()];
  let isTold = false;

  async function addJobs(key: string, { attempt, taken: { failure } }: Waiting): Promise<void> {
    if (!(await hasFlow(queue, { key, attempt }))) {
      await addFlow(flows, reader.queue, { key, attempt }, failure === null);
    }
  }

  function add(one: Done, file: PlanFile): void {
    done.push(log === null ? one : told(one, file, NO_WORK, { log }));
    onProgress({ done: { kept: one.row.milliseconds === null } });
  }

  function tellPages({ pages, taken: { file } }: Waiting, { pageCount, pagesDone, outcome }: Look): Waiting['pages'] {
    if (pageCount === null) return null;
    if (pages === null) onProgress({ opened: pageCount, current: file.source });
    const now = outcome === null ? Math.min(pagesDone, pageCount) : pageCount;
    for (let told = pages?.done ?? 0; told < now; told++) onProgress({ page: true });
    return { all: pageCount, done: now };
  }

  async function finish(
    key: string,
    { resultKey, taken: { file, failure } }: Pick<Waiting, 'resultKey' | 'taken'>,
    milliseconds: number | null,
  ): Promise<void> {
    waiting.delete(key);
    try {
      const record = await writeResult(key, file);
      if (outDir !== null && failure === null) await remember(outDir, file, resultKey, record);
      add(doneOf(file, record, milliseconds), file);
    } catch (cause) {
      if (isConnectionError(cause)) throw cause;
      add(unwritten(file.source, messageOf(cause), milliseconds ?? 0), file);
    }
  }

  function giveUp(key: string, { taken: { file } }: Waiting, problem: string): void {
    waiting.delete(key);
    add(unwritten(file.source, `The workers could not write its result: ${problem}`, 0), file);
  }

  /** As the run on one machine writes it: whole, document.json last; a file that is there already is left alone. */
  async function writeResult(key: string, file: PlanFile): Promise<PlanRecord> {
    const files = await patient(() => readFiles(pool, key));
    const record = PlanRecord.parse(JSON.parse(files['document.json'].toString('utf8')));
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

  function readProgress(): Promise<Look[]> {
    const keys = [...waiting.keys()].slice(0, LOOKED_AT);
    return patient(async () => (await pool.query<Look>(PROGRESS, [keys])).rows);
  }

  return {
    done,
    isWaiting: () => waiting.size > 0,
    async put(taken: Taken): Promise<void> {
      const resultKeyOfIt = resultKey(taken.file, { ...reader, outDir: '', maxPages: options.maxPages });
      const key = keyOf(taken.file, resultKeyOfIt);
      const { attempt, failure } = await patient(() => put(pool, key, taken, putOptions));
      const document = { taken: { ...taken, failure }, resultKey: resultKeyOfIt, pages: null };
      if (attempt === null) return finish(key, document, null);
      waiting.set(key, { ...document, attempt });
      await patient(() => addJobs(key, { ...document, attempt }));
    },
    /** Tells what the workers have done since the last look, and takes what is finished. */
    async look(): Promise<void> {
      if (performance.now() - lookedAt < LOOK) return;
      for (const look of await readProgress()) {
        const document = waiting.get(look.key);
        if (!document) continue;
        document.pages = tellPages(document, look);
        if (look.outcome !== null) await finish(look.key, document, look.milliseconds ?? 0);
        else if (look.problem !== null) giveUp(look.key, document, look.problem);
      }
      const isLeftAlone = waiting.size > 0 && !(await patient(() => hasWorker(pool, reader)));
      if (isLeftAlone && !isTold) onProgress({ current: noWorker(reader) });
      isTold = isLeftAlone;
      lookedAt = performance.now();
    },
    /** Adds jobs that were lost: a worker was killed in the moment in which it gave one up, say. */
    async heal(): Promise<void> {
      if (performance.now() - healedAt < HEAL) return;
      for (const [key, document] of [...waiting].slice(0, HEALED)) await patient(() => addJobs(key, document));
      healedAt = performance.now();
    },
  };
}

const noWorker = (reader: Reader): string =>
  `no worker of this version with ${nameOf(reader)} is at work: start one with "kehoach worker --database …"`;

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

/** Of documents that are opened, finished or given up. Pages recognised for an earlier import count. */
const PROGRESS = `select i.key, i.outcome, i.problem, i.milliseconds, i.page_count as "pageCount",
  i.page_count - coalesce(i.pending, 0) + (select count(*)::integer from kehoach.pages p
    where p.sha256 = i.sha256 and p.reader = i.reader and p.ended_at is not null) as "pagesDone"
  from kehoach.imports i where i.key = any($1) and (i.page_count is not null or i.problem is not null)`;
