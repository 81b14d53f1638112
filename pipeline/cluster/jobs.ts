import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanError } from '../../output/issues.ts';
import type { Database } from '../../output/postgres/connect.ts';
import { PlanRecord } from '../../output/record.ts';
import { newDocument, type PlanDocument, type PlanFile } from '../document.ts';
import { createClock } from '../run/clock.ts';
import { allowance, FINISH_AT_LEAST, indexEntry } from '../run/local.ts';
import type { Pool } from '../run/pool.ts';
import type { JobOptions } from '../run/protocol.ts';
import { mayPass } from '../run/state.ts';
import { RECOGNIZE, runStages } from '../stages.ts';
import type { DictionaryHomes } from './dictionaries.ts';
import { addPages, type ClusterJob, type JobData, type JobQueue } from './queue.ts';
import type { SourceFiles } from './sources.ts';
import {
  beginPage,
  endPage,
  type Failure,
  failureOf,
  RESULT_FILES,
  type ResultFiles,
  readDocument,
  readOpened,
  readPages,
  type StoredDocument,
  type StoredPage,
  saveOpened,
  saveResult,
} from './store.ts';
import { clockWith, timeUsed } from './times.ts';

/** What a worker's jobs need. */
export interface WorkerContext {
  database: Database;
  /** Of the worker. */
  id: string;
  pool: Pool;
  sources: SourceFiles;
  dictionaries: DictionaryHomes;
  /** A folder of the worker's own. */
  folder: string;
  queue: JobQueue;
  /** Told of what is done. */
  onDone: (what: 'document' | 'page') => void;
}

/** Runs a job. One that was done before, wholly or in part, by a worker that died is not done again. */
export async function runClusterJob(name: ClusterJob, job: JobData, context: WorkerContext): Promise<void> {
  const stored = await readDocument(context.database.pool, job.key);
  if (stored === null || stored.outcome !== null || stored.attempt !== job.attempt) return;
  if (name === 'open') await openDocument(stored, context);
  else if (name === 'finish') await finishDocument(stored, context);
  else if (job.page !== undefined) await recognizePage(stored, job.page, context);
}

/** Intake and reading; a document without pages to recognise is finished in the same go. */
async function openDocument(stored: StoredDocument, context: WorkerContext): Promise<void> {
  const opened = await readOpened(context.database.pool, stored.key);
  const pending = opened?.pending ?? (await readSource(stored, context));
  if (pending !== null) await addPages(context.queue, stored, pending);
}

/** The pages to recognise; null where the document is finished. */
async function readSource(stored: StoredDocument, context: WorkerContext): Promise<number[] | null> {
  const clock = createClock(allowance(stored.options.timeout));
  const used = () => clock.limit - clock.left();
  try {
    return await context.sources.use(fileOf(stored), (path) =>
      withOutput(stored, context, async (options) => {
        const opened = await context.pool.run('open', { file: fileOf(stored, path), options }, clock);
        if ('written' in opened) {
          await keep(stored, options.outDir, used(), context);
          return null;
        }
        await saveOpened(context.database.pool, stored, opened.document, used());
        return opened.document.pending;
      }),
    );
  } catch (cause) {
    if (!(cause instanceof PlanError)) throw cause;
    await writeFailure(stored, failureOf(cause), used(), context);
    return null;
  }
}

/** Recognises a page; an error is kept in its place, so that the document can be finished without it. */
async function recognizePage(stored: StoredDocument, page: number, context: WorkerContext): Promise<void> {
  const { pool } = context.database;
  const { kind, pending } = stored;
  if (kind === null || pending === null || !(await beginPage(pool, stored, page, context.id))) return;
  const before = timeSpent(stored, await readPages(pool, stored, 'times'));
  const clock = clockWith(allowance(stored.options.timeout, pending), before);
  const options = await optionsOf(stored, context.folder, context);
  const result = await context.sources
    .use(fileOf(stored), (path) =>
      context.pool.run('recognize', { file: fileOf(stored, path), kind, page, options }, clock),
    )
    .catch((cause): Failure => {
      if (cause instanceof PlanError) return failureOf(cause);
      throw cause;
    });
  await endPage(pool, stored, page, { result, milliseconds: clock.limit - before - clock.left() });
  context.onDone('page');
}

/** Puts the pages in their places and writes the result. */
async function finishDocument(stored: StoredDocument, context: WorkerContext): Promise<void> {
  const started = performance.now();
  if (stored.failure !== null) return writeFailure(stored, stored.failure, 0, context);
  const opened = await readOpened(context.database.pool, stored.key);
  if (opened === null) return writeFailure(stored, lost('read', null), 0, context);
  const pages = await readPages(context.database.pool, stored, 'results');
  const document = await runStages(opened, RECOGNIZE, {
    ...(await optionsOf(stored, context.folder, context)),
    recognizePage: async (_file, _kind, number) => {
      const { result, error } = pages.find((page) => page.number === number) ?? {};
      if (result) return result;
      throw errorOf(error ?? lost('recognize', number));
    },
  });
  const spent = timeSpent(stored, pages);
  try {
    await write(stored, document, spent - started, context);
  } catch (cause) {
    if (!(cause instanceof PlanError)) throw cause;
    await writeFailure(stored, failureOf(cause), spent + performance.now() - started, context);
  }
}

/** A document that could not be read has its record too, with the reason. */
function writeFailure(stored: StoredDocument, failure: Failure, spent: number, context: WorkerContext): Promise<void> {
  const document = { ...newDocument(fileOf(stored)), issues: [errorOf(failure).toIssue()] };
  return write(stored, document, spent - performance.now(), context);
}

/** `offset`: milliseconds spent on the document before, less the time at which this job began. */
function write(stored: StoredDocument, document: PlanDocument, offset: number, context: WorkerContext): Promise<void> {
  const limit = allowance(stored.options.timeout, document.pages.length);
  return withOutput(stored, context, async (options) => {
    await context.pool.run('finish', { document, options }, createClock(Math.max(limit, FINISH_AT_LEAST)));
    await keep(stored, options.outDir, offset + performance.now(), context);
  });
}

/** Puts the files that a job wrote into the database. */
async function keep(
  stored: StoredDocument,
  outDir: string,
  milliseconds: number,
  context: WorkerContext,
): Promise<void> {
  const contents = await Promise.all(RESULT_FILES.map((name) => readFile(join(outDir, stored.folder, name))));
  const files = Object.fromEntries(RESULT_FILES.map((name, index) => [name, contents[index]])) as ResultFiles;
  const record = PlanRecord.parse(JSON.parse(files['document.json'].toString('utf8')));
  const entry = indexEntry(fileOf(stored), record);
  const result = { record, entry, files, passing: mayPass(record), milliseconds };
  if (await saveResult(context.database.pool, stored, result)) context.onDone('document');
}

/** A results folder for one job. */
async function withOutput<Result>(
  stored: StoredDocument,
  context: WorkerContext,
  work: (options: JobOptions) => Promise<Result>,
): Promise<Result> {
  const outDir = await mkdtemp(join(context.folder, 'out-'));
  try {
    return await work(await optionsOf(stored, outDir, context));
  } finally {
    await rm(outDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function optionsOf({ options }: StoredDocument, outDir: string, context: WorkerContext): Promise<JobOptions> {
  const { engine, engineVersion, maxPages } = options;
  return { outDir, engine, engineVersion, maxPages, home: await context.dictionaries.of(options.dictionary) };
}

const fileOf = ({ source, id, sha256, bytes, folder }: StoredDocument, path = ''): PlanFile => ({
  ...{ path, source, id, sha256, bytes, folder },
});

const timeSpent = (stored: StoredDocument, pages: readonly StoredPage[]): number =>
  stored.openMs + timeUsed(pages, stored.queuedAt);

const errorOf = ({ stage, code, message, page }: Failure): PlanError => new PlanError(stage, code, message, { page });

/** A job that took worker after worker with it. */
const lost = (stage: 'read' | 'recognize', page: number | null): Failure => ({
  ...{ stage, code: 'crashed', page },
  message: 'No worker could go on with it: look at the memory and disk of their machines, then import it again.',
});
