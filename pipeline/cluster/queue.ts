import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  type Processor,
  runMigrations,
  SchemaMigrationRequiredError,
  withBackend,
} from 'bullmq';
import { type Database, poolOptions } from '../../output/postgres/connect.ts';

const { Queue, Worker, FlowProducer } = withBackend(createPostgresBackend);
export type JobQueue = InstanceType<typeof Queue<JobData, void, ClusterJob>>;
export type JobWorker = InstanceType<typeof Worker<JobData, void, ClusterJob>>;
export type JobFlows = InstanceType<typeof FlowProducer>;

/** The three jobs of a document: those of a run on one machine. */
export type ClusterJob = 'open' | 'recognize' | 'finish';

/** A document of kehoach.imports, and which try it is. */
export interface Try {
  key: string;
  attempt: number;
}

export interface JobData extends Try {
  /** From 1; of a page's job. */
  page?: number;
}

/** Milliseconds: a worker says that often that it lives; one that was silent for LOCK loses its jobs at the next CHECK. */
const LOCK = 15_000;
const CHECK = 5000;
/** How often a job may lose its worker. Documents that kill do so to a process of the worker, not to the worker. */
const LOST_WORKERS = 10;
/** Milliseconds before the database is tried again. */
const RETRY = 2000;

/** A job that the database itself interrupted is tried again. Those done are kept in our own tables. */
const OPTIONS = {
  attempts: 3,
  backoff: { type: 'fixed', delay: RETRY },
  removeOnComplete: true,
  removeOnFail: true,
} as const;

const connection = ({ url }: Database, max: number) => poolOptions(url, max);

/** Makes the tables of the queues, or brings them up to date. */
export async function migrateQueues({ pool }: Database): Promise<void> {
  const version = await assertSchemaCompatibility(pool).catch((cause) => {
    if (cause instanceof SchemaMigrationRequiredError) return 0;
    throw cause;
  });
  if (version >= LATEST_SCHEMA_VERSION) return;
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}

export function openQueue(database: Database, name: string): JobQueue {
  const queue: JobQueue = new Queue(name, { connection: connection(database, 1) });
  queue.on('error', () => undefined);
  return queue;
}

export function openFlows(database: Database): JobFlows {
  const flows = new FlowProducer({ connection: connection(database, 1) });
  flows.on('error', () => undefined);
  return flows;
}

export function openWorker(
  database: Database,
  name: string,
  concurrency: number,
  processor: Processor<JobData, void, ClusterJob>,
): JobWorker {
  return new Worker(name, processor, {
    connection: connection(database, 2),
    concurrency,
    lockDuration: LOCK,
    stalledInterval: CHECK,
    maxStalledCount: LOST_WORKERS,
    runRetryDelay: RETRY,
  });
}

/** Whether a job that failed will not be tried again. */
export const isGivenUp = ({ attemptsMade }: { attemptsMade: number }, { name }: Error): boolean =>
  attemptsMade >= OPTIONS.attempts || name === 'UnrecoverableError';

const jobId = (name: ClusterJob, { key, attempt }: Try, page = ''): string => `${name}-${key}-${attempt}-${page}`;

/** Whether the jobs of a document are in the queue, waiting or under way. */
export async function hasFlow(queue: JobQueue, of: Try): Promise<boolean> {
  return (await queue.getJobState(jobId('finish', of))) !== 'unknown';
}

/** The flow of a document: it is opened, its pages are recognised, it is finished. Pages are added when it is opened. */
export async function addFlow(flows: JobFlows, queueName: string, of: Try, isReadable: boolean): Promise<void> {
  const finish = { name: 'finish', queueName, data: of, opts: { ...OPTIONS, jobId: jobId('finish', of) } };
  // What is under way comes before documents that nobody has begun.
  const opts = { ...OPTIONS, jobId: jobId('open', of), priority: 1, ignoreDependencyOnFailure: true };
  if (isReadable) await flows.add({ ...finish, children: [{ name: 'open', queueName, data: of, opts }] });
  else await flows.add(finish);
}

/** Adds a job a page to a document's flow; those there already stay as they are. */
export async function addPages(queue: JobQueue, of: Try, pages: readonly number[]): Promise<void> {
  const parent = { id: jobId('finish', of), queue: queue.qualifiedName };
  await queue.addBulk(
    pages.map((page) => ({
      name: 'recognize' as const,
      data: { ...of, page },
      opts: { ...OPTIONS, jobId: jobId('recognize', of, String(page)), parent, ignoreDependencyOnFailure: true },
    })),
  );
}
