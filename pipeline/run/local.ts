import PQueue from 'p-queue';
import { type Issue, PlanError } from '../../output/issues.ts';
import type { IndexEntry, PlanRecord } from '../../output/record.ts';
import { readRecord } from '../../output/results.ts';
import { type SummaryRow, summaryRow } from '../../output/summary.ts';
import { newDocument, type PlanDocument, type PlanFile, type StageContext } from '../document.ts';
import { messageOf, RECOGNIZE, runStages } from '../stages.ts';
import type { JobOptions, Written } from './jobs.ts';
import { createPool, type Pool } from './pool.ts';
import { finished, remember, resultKey } from './state.ts';

export interface LocalOptions extends JobOptions {
  /** Processes that work side by side. */
  jobs: number;
  /** Clock of one document, in milliseconds. */
  timeout: number;
  force: boolean;
  signal: AbortSignal;
  onProgress: (change: { opened?: number; page?: true; done?: string; current?: string }) => void;
}

/** A file to do, or one that failed before it could be. */
export interface Taken {
  file: PlanFile;
  failure: PlanError | null;
}

export interface Done {
  entry: IndexEntry;
  row: SummaryRow;
}

/** How many documents are open at once for each process: enough that none waits for a page, few enough for memory. */
const OPEN_PER_JOB = 2;

/** Runs documents through the stages in this machine's processes. A document that fails harms no other. */
export async function runLocal(taken: readonly Taken[], options: LocalOptions): Promise<Done[]> {
  const pool = createPool(options.jobs);
  const documents = new PQueue({ concurrency: options.jobs * OPEN_PER_JOB });
  const results: (Done | null)[] = taken.map(() => null);
  try {
    await Promise.all(
      taken.map((one, index) =>
        documents.add(async () => {
          if (options.signal.aborted) return;
          results[index] = await runOne(one, pool, options);
          options.onProgress({ done: one.file.source });
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
    if (known !== null) {
      options.onProgress({ opened: 0 });
      return doneOf(file, known, null);
    }
  }
  options.onProgress({ current: file.source });
  const written = failure === null ? await runDocument(file, pool, options) : await fail(file, failure, pool, options);
  const record = await readRecord(options.outDir, entryOf(file, written));
  if (record.outcome === 'done') await remember(options.outDir, file, key);
  return doneOf(file, record, performance.now() - started);
}

async function runDocument(file: PlanFile, pool: Pool, options: LocalOptions): Promise<Written> {
  const deadline = performance.now() + options.timeout;
  const left = () => Math.max(1, deadline - performance.now());
  const jobOptions = jobOptionsOf(options);
  try {
    const opened = await pool.run('open', { file, options: jobOptions }, left());
    if ('written' in opened) {
      options.onProgress({ opened: opened.written.pages });
      for (let n = 0; n < opened.written.pages; n++) options.onProgress({ page: true });
      return opened.written;
    }
    options.onProgress({ opened: opened.document.pageCount });
    for (let n = opened.document.pending.length; n < opened.document.pageCount; n++) options.onProgress({ page: true });
    const context: StageContext = {
      ...jobOptions,
      recognizePage: async (source, kind, page) => {
        try {
          return await pool.run('recognize', { file: source, kind, page, options: jobOptions }, left());
        } finally {
          options.onProgress({ page: true });
        }
      },
    };
    const document = await runStages(opened.document, RECOGNIZE, context);
    return await pool.run('finish', { document, options: jobOptions }, Math.max(left(), FINISH_AT_LEAST));
  } catch (cause) {
    const error = cause instanceof PlanError ? cause : new PlanError('read', 'crashed', messageOf(cause), { cause });
    return fail(file, error, pool, options);
  }
}

function jobOptionsOf({ outDir, engine, engineVersion, maxPages }: LocalOptions): JobOptions {
  return { outDir, engine, engineVersion, maxPages };
}

/** Writing what was read is never cut short by the document's clock. */
const FINISH_AT_LEAST = 60_000;

/** A document that could not be read has its record too, with the reason. */
function fail(file: PlanFile, error: PlanError, pool: Pool, options: LocalOptions): Promise<Written> {
  const issue: Issue = error.toIssue();
  const document: PlanDocument = { ...newDocument(file), issues: [issue] };
  const jobOptions = jobOptionsOf(options);
  options.onProgress({ opened: 0 });
  return pool.run('finish', { document, options: jobOptions }, FINISH_AT_LEAST);
}

function entryOf(file: PlanFile, { outcome, pages }: Written): IndexEntry {
  return { id: file.id, source: file.source, outcome, folder: file.folder, pages, issues: 0 };
}

function doneOf(file: PlanFile, record: PlanRecord, milliseconds: number | null): Done {
  const entry: IndexEntry = {
    id: file.id,
    source: file.source,
    outcome: record.outcome,
    folder: file.folder,
    pages: record.source.pages,
    issues: record.issues.filter((issue) => issue.severity !== 'info').length,
  };
  return { entry, row: summaryRow(entry, record, milliseconds) };
}
