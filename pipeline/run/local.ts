import PQueue from 'p-queue';
import { type Issue, PlanError, type StageName } from '../../output/issues.ts';
import type { IndexEntry, PlanRecord } from '../../output/record.ts';
import { countsOf, type RecordCounts, type SummaryRow, summaryRow } from '../../output/summary.ts';
import { newDocument, type PlanDocument, type PlanFile, type StageContext } from '../document.ts';
import { messageOf } from '../message.ts';
import { RECOGNIZE, runStages } from '../stages.ts';
import { type Clock, createClock } from './clock.ts';
import type { RunLog } from './log.ts';
import type { PageCache } from './page-cache.ts';
import { createPool, type JobEvents, type Pool } from './pool.ts';
import type { JobName, JobOptions, Written } from './protocol.ts';
import { finished, forget, remember, resultKey } from './state.ts';

export interface LocalOptions extends JobOptions {
  /** Processes that work side by side. */
  jobs: number;
  /** Milliseconds a document may be worked on; null: as its pages need. */
  timeout: number | null;
  /** Makes results anew that are done: from the pages kept, or from nothing. */
  redo: 'nothing' | 'records' | 'all';
  pages: PageCache;
  log: RunLog;
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
  if (failure === null && options.redo === 'nothing') {
    const known = await finished(options.outDir, file, key);
    if (known !== null) return told(doneOf(file, known, null), file, NO_WORK, options);
  }
  options.onProgress({ current: file.source });
  const work: Work = { stages: {}, cachedPages: 0 };
  try {
    await forget(options.outDir, file);
    const written =
      failure === null ? await runDocument(file, pool, work, options) : await fail(file, failure, pool, options);
    if (failure === null) await remember(options.outDir, file, key, written);
    return told(doneWith(file, written, performance.now() - started), file, work, options);
  } catch (cause) {
    return told(unwritten(file.source, messageOf(cause), performance.now() - started), file, work, options);
  }
}

/** What was done for a document, for the log: milliseconds of each stage. */
interface Work {
  stages: Partial<Record<StageName, number>>;
  cachedPages: number;
}

/** Of a document that this machine has not worked on. */
export const NO_WORK: Work = { stages: {}, cachedPages: 0 };

export function told(
  done: Done,
  { id, folder }: PlanFile,
  { stages, cachedPages }: Work,
  { log }: Pick<LocalOptions, 'log'>,
): Done {
  const { source, outcome, pages, milliseconds } = done.row;
  const rounded = Object.entries(stages).map(([stage, ms]) => [stage, Math.round(ms)]);
  log.write({
    ...{ event: 'document', source, id, folder, outcome, pages },
    ms: milliseconds === null ? null : Math.round(milliseconds),
    ...{ stages: Object.fromEntries(rounded), cachedPages },
  });
  return done;
}

/** Adds what a job tells to a document's work, and what befell its process to the log. */
function eventsOf(job: JobName, file: PlanFile, page: number | null, work: Work, { log }: LocalOptions): JobEvents {
  return {
    onProgress(progress) {
      if ('ms' in progress) addWork(work, progress.stage, progress.ms);
    },
    onLost: ({ pid, reason }) => log.write({ event: 'worker-lost', pid, reason, job, source: file.source, page }),
  };
}

function addWork({ stages }: Work, stage: StageName, ms: number): void {
  stages[stage] = (stages[stage] ?? 0) + ms;
}

async function runDocument(file: PlanFile, pool: Pool, work: Work, options: LocalOptions): Promise<Written> {
  const jobOptions = jobOptionsOf(options);
  const clock = createClock(allowance(options.timeout));
  try {
    const opened = await pool.run(
      'open',
      { file, options: jobOptions },
      clock,
      eventsOf('open', file, null, work, options),
    );
    if ('written' in opened) {
      options.onProgress({ opened: opened.written.pages });
      for (let n = 0; n < opened.written.pages; n++) options.onProgress({ page: true });
      return opened.written;
    }
    const { pageCount, pending } = opened.document;
    options.onProgress({ opened: pageCount });
    for (let n = pending.length; n < pageCount; n++) options.onProgress({ page: true });
    clock.allow(allowance(options.timeout, pending.length));
    const document = await runStages(opened.document, RECOGNIZE, contextOf(jobOptions, clock, pool, work, options));
    const toFinish = createClock(Math.max(clock.limit, FINISH_AT_LEAST));
    const events = eventsOf('finish', file, null, work, options);
    return await pool.run('finish', { document, options: jobOptions }, toFinish, events);
  } catch (cause) {
    const error = cause instanceof PlanError ? cause : new PlanError('read', 'crashed', messageOf(cause), { cause });
    return fail(file, error, pool, options);
  }
}

function contextOf(jobOptions: JobOptions, clock: Clock, pool: Pool, work: Work, options: LocalOptions): StageContext {
  const { pages, redo, log, onProgress } = options;
  return {
    ...jobOptions,
    recognizePage: async (file, kind, page) => {
      const own: Work = { stages: {}, cachedPages: 0 };
      const tell = (outcome: 'done' | 'failed') => {
        const ms = own.stages.recognize ?? 0;
        addWork(work, 'recognize', ms);
        log.write({ event: 'page', source: file.source, page, ms: Math.round(ms), outcome });
      };
      try {
        const kept = redo === 'all' ? null : await pages.get(file, kind, page);
        if (kept !== null) {
          work.cachedPages++;
          return kept;
        }
        const events = eventsOf('recognize', file, page, own, options);
        const read = await pool.run('recognize', { file, kind, page, options: jobOptions }, clock, events);
        await pages.put(file, kind, read);
        tell('done');
        return read;
      } catch (cause) {
        tell('failed');
        throw cause;
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

export const doneOf = (file: PlanFile, record: PlanRecord, milliseconds: number | null): Done =>
  doneWith(file, countsOf(record), milliseconds);

function doneWith(file: PlanFile, counts: RecordCounts, milliseconds: number | null): Done {
  const entry = entryWith(file, counts);
  return { entry, row: summaryRow(entry, counts, milliseconds) };
}

export const indexEntry = (file: PlanFile, record: PlanRecord): IndexEntry => entryWith(file, countsOf(record));

function entryWith({ id, source, folder }: PlanFile, { outcome, pages, issues }: RecordCounts): IndexEntry {
  return { id, source, outcome, folder, pages, issues: issues.filter(({ severity }) => severity !== 'info').length };
}
