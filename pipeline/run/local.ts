import PQueue from 'p-queue';
import { type Issue, PlanError } from '../../output/issues.ts';
import type { IndexEntry, PlanRecord } from '../../output/record.ts';
import { readRecord } from '../../output/results.ts';
import { type SummaryRow, summaryRow } from '../../output/summary.ts';
import { newDocument, type PlanDocument, type PlanFile, type StageContext } from '../document.ts';
import { messageOf } from '../message.ts';
import { RECOGNIZE, runStages } from '../stages.ts';
import { type Clock, createClock } from './clock.ts';
import type { JobOptions, Written } from './jobs.ts';
import { createPool, type Pool } from './pool.ts';
import { finished, forget, remember, resultKey } from './state.ts';

export interface LocalOptions extends JobOptions {
  /** Processes that work side by side. */
  jobs: number;
  /** Milliseconds a document may be worked on; null: as its pages need. */
  timeout: number | null;
  force: boolean;
  signal: AbortSignal;
  onProgress: (change: { opened?: number; page?: true; done?: { kept: boolean }; current?: string }) => void;
}

/** A file to do, or one that failed before it could be. */
export interface Taken {
  file: PlanFile;
  failure: PlanError | null;
}

export interface Done {
  /** Null where the result could not be written. */
  entry: IndexEntry | null;
  row: SummaryRow;
}

/** How many documents are open at once for each process: enough that none waits for a page, few enough for memory. */
const OPEN_PER_JOB = 2;
/** Milliseconds: a document's clock where none is given, and what each page adds to a long one's. */
const TIMEOUT = 900_000;
const TIMEOUT_A_PAGE = 30_000;
/** Writing what was read is never cut short by the document's clock. */
export const FINISH_AT_LEAST = 60_000;

/** Milliseconds a document may be worked on, of which so many pages are recognised. */
export const allowance = (timeout: number | null, pages = 0): number =>
  timeout ?? Math.max(TIMEOUT, pages * TIMEOUT_A_PAGE);

/** Runs documents through the stages in this machine's processes. A document that fails harms no other. */
export async function runLocal(
  taken: readonly Taken[],
  options: LocalOptions,
  pool: Pool = createPool({ size: options.jobs }),
): Promise<Done[]> {
  const documents = new PQueue({ concurrency: options.jobs * OPEN_PER_JOB });
  const results: (Done | null)[] = taken.map(() => null);
  try {
    await Promise.all(
      taken.map((one, index) =>
        documents.add(async () => {
          if (options.signal.aborted) return;
          const done = await runOne(one, pool, options);
          results[index] = done;
          options.onProgress({ done: { kept: done.row.milliseconds === null } });
        }),
      ),
    );
  } finally {
    await pool.close();
  }
  return results.filter((done): done is Done => done !== null);
}

async function runOne({ file, failure }: Taken, pool: Pool, options: LocalOptions): Promise<Done> {
  const started = performance.now();
  const key = resultKey(file, options);
  if (failure === null && !options.force) {
    const known = await finished(options.outDir, file, key);
    if (known !== null) return doneOf(file, known, null);
  }
  options.onProgress({ current: file.source });
  try {
    await forget(options.outDir, file);
    const written =
      failure === null ? await runDocument(file, pool, options) : await fail(file, failure, pool, options);
    const record = await readRecord(options.outDir, entryOf(file, written));
    if (failure === null) await remember(options.outDir, file, key, record);
    return doneOf(file, record, performance.now() - started);
  } catch (cause) {
    return unwritten(file.source, messageOf(cause), performance.now() - started);
  }
}

async function runDocument(file: PlanFile, pool: Pool, options: LocalOptions): Promise<Written> {
  const jobOptions = jobOptionsOf(options);
  const clock = createClock(allowance(options.timeout));
  try {
    const opened = await pool.run('open', { file, options: jobOptions }, clock);
    if ('written' in opened) {
      options.onProgress({ opened: opened.written.pages });
      for (let n = 0; n < opened.written.pages; n++) options.onProgress({ page: true });
      return opened.written;
    }
    const { pageCount, pending } = opened.document;
    options.onProgress({ opened: pageCount });
    for (let n = pending.length; n < pageCount; n++) options.onProgress({ page: true });
    clock.allow(allowance(options.timeout, pending.length));
    const document = await runStages(opened.document, RECOGNIZE, contextOf(jobOptions, clock, pool, options));
    const toFinish = createClock(Math.max(clock.limit, FINISH_AT_LEAST));
    return await pool.run('finish', { document, options: jobOptions }, toFinish);
  } catch (cause) {
    const error = cause instanceof PlanError ? cause : new PlanError('read', 'crashed', messageOf(cause), { cause });
    return fail(file, error, pool, options);
  }
}

function contextOf(jobOptions: JobOptions, clock: Clock, pool: Pool, { onProgress }: LocalOptions): StageContext {
  return {
    ...jobOptions,
    recognizePage: async (file, kind, page) => {
      try {
        return await pool.run('recognize', { file, kind, page, options: jobOptions }, clock);
      } finally {
        onProgress({ page: true });
      }
    },
  };
}

function jobOptionsOf({ outDir, engine, engineVersion, maxPages }: LocalOptions): JobOptions {
  return { outDir, engine, engineVersion, maxPages };
}

/** A document that could not be read has its record too, with the reason. */
function fail(file: PlanFile, error: PlanError, pool: Pool, options: LocalOptions): Promise<Written> {
  const issue: Issue = error.toIssue();
  const document: PlanDocument = { ...newDocument(file), issues: [issue] };
  return pool.run('finish', { document, options: jobOptionsOf(options) }, createClock(FINISH_AT_LEAST));
}

/** A document whose result could not be written: only the run itself can tell of it. */
export function unwritten(source: string, problem: string, milliseconds: number): Done {
  const counts = { pages: 0, headings: 0, indicators: 0, tasks: 0, tableRows: 0, warnings: 0 };
  return { entry: null, row: { source, outcome: 'failed', ...counts, milliseconds, problems: [problem] } };
}

function entryOf(file: PlanFile, { outcome, pages }: Written): IndexEntry {
  return { id: file.id, source: file.source, outcome, folder: file.folder, pages, issues: 0 };
}

export function doneOf(file: PlanFile, record: PlanRecord, milliseconds: number | null): Done {
  const entry = indexEntry(file, record);
  return { entry, row: summaryRow(entry, record, milliseconds) };
}

export function indexEntry(file: PlanFile, record: PlanRecord): IndexEntry {
  return {
    ...entryOf(file, { outcome: record.outcome, pages: record.source.pages }),
    issues: record.issues.filter((issue) => issue.severity !== 'info').length,
  };
}
