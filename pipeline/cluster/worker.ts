import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../../output/is-running.ts';
import { type Database, databaseError, isConnectionError } from '../../output/postgres/connect.ts';
import { messageOf } from '../message.ts';
import { createPool } from '../run/pool.ts';
import { openCluster } from './database.ts';
import { createDictionaryHomes } from './dictionaries.ts';
import { runClusterJob, type WorkerContext } from './jobs.ts';
import { isGivenUp, type JobQueue, type JobWorker, openQueue, openWorker } from './queue.ts';
import { installedReaders, nameOf, type Reader } from './readers.ts';
import { createSourceFiles } from './sources.ts';
import { saveProblem } from './store.ts';

export interface WorkerOptions {
  /** Jobs side by side, each in a process of its own. Default: the machine's cores. */
  jobs?: number;
  /** Ends the worker when what is under way is done. */
  signal: AbortSignal;
  /** What a person at the terminal should know. */
  tell: (message: string) => void;
}

export interface WorkerCounts {
  documents: number;
  pages: number;
}

/** Milliseconds between two signs of life. */
export const BEAT = 5000;

/**
 * Takes jobs of a cluster until the signal. A database that goes away is waited for. Throws UsageError where it cannot be
 * reached at the start.
 */
export async function runWorker(url: string, options: WorkerOptions): Promise<WorkerCounts> {
  const database = await openCluster(url);
  const jobs = options.jobs ?? availableParallelism();
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const folder = await makeFolder();
  const pool = createPool({ size: jobs });
  // The first job need not wait until its process has loaded.
  pool.warm(jobs, 'pages');
  const counts: WorkerCounts = { documents: 0, pages: 0 };
  const context: Omit<WorkerContext, 'queue'> = {
    ...{ database, id, folder, pool },
    sources: createSourceFiles(database.pool, folder),
    dictionaries: createDictionaryHomes(database.pool, folder),
    onDone: (what) => void counts[`${what}s`]++,
  };
  const readers = await installedReaders();
  let stopBeat: (() => Promise<void>) | null = null;
  const opened: { queue: JobQueue; worker: JobWorker }[] = [];
  try {
    stopBeat = await startBeat(database, { id, jobs, readers, counts, tell: options.tell });
    for (const { queue: name } of readers) opened.push(take(name, jobs, context));
    options.tell(`Worker of ${database.label}: ${jobs} at a time, ${readers.map(nameOf).join(', ')}. Ctrl-C ends it.`);
    await aborted(options.signal);
    await Promise.all(opened.map(({ worker }) => worker.close()));
  } finally {
    await Promise.all(opened.map(({ queue }) => queue.close().catch(() => undefined)));
    await pool.close();
    await stopBeat?.();
    await database.pool.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return counts;
}

/** Takes the jobs of one queue. */
function take(
  name: string,
  jobs: number,
  context: Omit<WorkerContext, 'queue'>,
): { queue: JobQueue; worker: JobWorker } {
  const { database } = context;
  const queue = openQueue(database, name);
  const worker = openWorker(database, name, jobs, (job) => runClusterJob(job.name, job.data, { ...context, queue }));
  // The sign of life tells of a database that is gone.
  worker.on('error', () => undefined);
  worker.on('failed', (job, error) => {
    if (job?.name !== 'finish' || !isGivenUp(job, error)) return;
    saveProblem(database.pool, job.data, error.message).catch(() => undefined);
  });
  return { queue, worker };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

interface Beat {
  id: string;
  jobs: number;
  readers: readonly Reader[];
  counts: WorkerCounts;
  tell: (message: string) => void;
}

/** Says every few seconds that the worker lives and what it has done. Returns what ends it. */
async function startBeat(database: Database, { id, jobs, readers, counts, tell }: Beat): Promise<() => Promise<void>> {
  await database.pool.query("delete from kehoach.workers where seen_at < now() - interval '30 days'");
  await database.pool.query('insert into kehoach.workers (id, host, pid, jobs, readers) values ($1, $2, $3, $4, $5)', [
    id,
    hostname(),
    process.pid,
    jobs,
    JSON.stringify(readers),
  ]);
  let gone = false;
  const beat = (stopped: boolean) =>
    database.pool.query(
      `update kehoach.workers set seen_at = now(), documents = $2, pages = $3,
        stopped_at = case when $4 then now() end where id = $1`,
      [id, counts.documents, counts.pages, stopped],
    );
  const timer = setInterval(async () => {
    try {
      await beat(false);
      if (gone) tell('The database is there again.');
      gone = false;
    } catch (cause) {
      if (!gone) tell(lostMessage(cause, database));
      gone = true;
    }
  }, BEAT);
  return async () => {
    clearInterval(timer);
    await beat(true).catch(() => undefined);
  };
}

const lostMessage = (cause: unknown, database: Database): string =>
  isConnectionError(cause)
    ? `Database ${database.label}: the connection is lost (${messageOf(cause) || 'no answer'}). It is tried again every few seconds; Ctrl-C ends the worker.`
    : messageOf(databaseError(cause, database.label));

const FOLDER = /^kehoach-worker-(\d+)-/;

/** A folder of this worker's own. Those of workers that were killed go. */
async function makeFolder(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const pid = FOLDER.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
  return mkdtemp(join(tmpdir(), `kehoach-worker-${process.pid}-`));
}
