import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgressState } from '../output/progress.ts';
import type { IndexEntry, Outcome } from '../output/record.ts';
import { refreshFinals } from '../output/review/refresh-finals.ts';
import { rememberSources } from '../output/review/sources.ts';
import type { Summary, SummaryRow } from '../output/summary.ts';
import { UsageError } from '../output/usage-error.ts';
import { BY_ENDING } from './file-endings.ts';
import type { EngineOption } from './ocr/engine.ts';
import { sweepScratch } from './ocr/native.ts';
import { resolveEngine } from './run/choose-engine.ts';
import { discover, type FoundFile } from './run/discover.ts';
import { type LocalOptions, runLocal } from './run/local.ts';
import { lockFolder } from './run/lock.ts';
import { openLog, type RunLog } from './run/log.ts';
import { limitPages, pageCache, prunePages, sweepPages } from './run/page-cache.ts';
import { createPool, type Pool } from './run/pool.ts';
import { noteReplaced, retireReplaced } from './run/retire.ts';
import { type Selection, select } from './run/select.ts';
import { bySource, knownEntries, prepare, stateFolder, sweep, sweepBelow, writeIndex } from './run/state.ts';
import { copiesOf, takeIn } from './run/take-in.ts';
import { VERSION } from './version.ts';

export interface ImportOptions {
  /** The results folder; made where it is not there. */
  out: string;
  /** Processes that work side by side. Default: the machine's cores. */
  jobs?: number;
  /** Default 'auto': native tesseract where it is installed, else tesseract.js. */
  engine?: EngineOption;
  /** Address of a PostgreSQL database: the workers of its cluster do the work, and its tables hold the results, too. */
  database?: string;
  /** Seconds one document may be worked on. Default 900, or 30 for each scanned page where that is more. */
  timeout?: number;
  /** Default 1000. */
  maxPages?: number;
  /** Redo what is done. */
  force?: boolean;
  /** Takes only plans in whose file something was written at this moment or later. */
  since?: Date;
  /** Takes only plans that ended so in an earlier run into this folder, and tries them again. */
  only?: readonly Outcome[];
  signal?: AbortSignal;
  onProgress?: (state: ProgressState) => void;
}

export interface ImportResult extends Summary {
  entries: IndexEntry[];
  /** Plans that `since` and `only` left out. */
  leftOut: number;
  /** Results that a reviewer had worked on and whose source has changed: where they lie now. */
  replaced: string[];
  /** The run's log; null where it could not be written. */
  log: string | null;
  /** 0 all done · 1 some partial or failed · 2 nothing could be read · 130 interrupted. */
  exitCode: 0 | 1 | 2 | 130;
}

const DEFAULT_MAX_PAGES = 1000;

/**
 * Reads every plan in the folders and files named and writes one result a document into `options.out`. Throws UsageError
 * for a path that does not exist, an output that cannot be written or that another import writes into, or an engine that
 * is not installed.
 */
export async function importPlans(paths: readonly string[], options: ImportOptions): Promise<ImportResult> {
  const { out, since, only } = options;
  return locked(out, paths, () => importOnce(paths, options, { since, only }));
}

/** What a watch tells. */
export interface WatchEvents {
  /** A run has ended. */
  onResult: (result: ImportResult) => Promise<void>;
  /** The next change is waited for. */
  onWait: () => void;
  /** The database of a cluster went away, as the message says; the run is tried again. */
  onLost: (message: string) => void;
}

/** Milliseconds before a run whose database went away is tried again. */
const RETRY = 5000;

/**
 * Imports as `importPlans`, then every plan that is added or changed, once it is stable, until the signal is given. A
 * database that goes away between is waited for.
 */
export async function watchPlans(
  paths: readonly string[],
  options: ImportOptions & { signal: AbortSignal },
  { onResult, onWait, onLost }: WatchEvents,
): Promise<void> {
  const { out, since, only, signal } = options;
  await locked(out, paths, async () => {
    const { watchFolders } = await import('./run/watch-folders.ts');
    const changes = await watchFolders(paths, resolve(out), signal);
    try {
      await onResult(await importOnce(paths, options, { since, only }));
      while (!signal.aborted) {
        onWait();
        const changed = await changes.next();
        if (changed.size === 0) continue;
        const result = await whenConnected(() => importOnce(paths, options, { changed }), options, onLost);
        if (result !== null) await onResult(result);
      }
    } finally {
      await changes.close();
    }
  });
}

/** Tries again until the database of the work is there; null where the signal is given before. */
async function whenConnected<Result>(
  work: () => Promise<Result>,
  { database, signal }: { database?: string; signal: AbortSignal },
  onLost: (message: string) => void,
): Promise<Result | null> {
  for (let isTold = false; !signal.aborted; isTold = true) {
    try {
      return await work();
    } catch (cause) {
      if (database === undefined || !(cause instanceof UsageError)) throw cause;
      const { isConnectionError } = await import('../output/postgres/connect.ts');
      if (!isConnectionError(cause.cause)) throw cause;
      if (!isTold) onLost(cause.message);
      await sleep(RETRY, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

async function locked<Result>(out: string, paths: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const outDir = resolve(out);
  // A name mistyped makes no folder.
  await discover(paths, outDir);
  await prepare(outDir);
  const lock = await lockFolder(outDir);
  try {
    await sweep(outDir);
    await sweepPages(stateFolder(outDir));
    await sweepScratch();
    return await work();
  } finally {
    await lock.release();
  }
}

async function importOnce(
  paths: readonly string[],
  options: ImportOptions,
  selection: Selection,
): Promise<ImportResult> {
  const pool = createPool({ size: options.jobs ?? availableParallelism() });
  try {
    return await importWith(pool, paths, options, selection);
  } finally {
    await pool.close();
  }
}

async function importWith(
  pool: Pool,
  paths: readonly string[],
  options: ImportOptions,
  selection: Selection,
): Promise<ImportResult> {
  const started = performance.now();
  const outDir = resolve(options.out);
  const stateDir = stateFolder(outDir);
  const { database, engine: wanted = 'auto' } = options;
  const cluster =
    database === undefined ? null : await (await import('./cluster/import.ts')).joinCluster(database, wanted);
  const found = Promise.resolve(cluster ?? resolveEngine(wanted));
  found.catch(() => undefined);
  const moved = await retireReplaced(outDir);
  const before = await knownEntries(outDir);
  const { files, skipped } = await discover(paths, outDir);
  const selected = await select(files, before, selection);
  const signal = options.signal ?? new AbortController().signal;
  const jobs = options.jobs ?? availableParallelism();
  // Nothing is done yet: the processes load while the files are looked at.
  if (cluster === null && before.length === 0) warmFor(selected, jobs, pool);
  const { taken, duplicates } = await takeIn(selected, before, signal);
  const { engine, engineVersion } = await found;
  const log = await openLog(stateDir);
  log.write({ event: 'run-start', version: VERSION, engine, engineVersion, jobs, documents: taken.length });
  const work = { ...workOf(options), outDir, signal, onProgress: progressOf(taken.length, options.onProgress) };
  if (selection.only && work.redo === 'nothing') work.redo = 'records';
  const jobOptions = { ...work, engine, engineVersion };
  const pages = pageCache(stateDir, jobOptions);
  const done = cluster
    ? await cluster.run(taken, { ...work, log })
    : await runLocal(taken, { ...jobOptions, jobs, pages, log }, pool);
  const written = done.flatMap(({ entry, row }) => (entry && row.milliseconds !== null ? entry.folder : []));
  await sweepBelow(outDir, written);
  const all = [...done, ...copiesOf(duplicates, done)];
  const entries = all.flatMap(({ entry }) => entry ?? []).sort(bySource);
  const rows = all.map(({ row }) => row).sort(bySource);
  await refreshFinals(outDir, entries);
  await noteReplaced(outDir, before, entries);
  const documents = await writeIndex(outDir, entries);
  await rememberSources(
    outDir,
    taken.map(({ file }) => file),
  );
  const replaced = [...moved, ...(await retireReplaced(outDir))];
  await prunePages(stateDir, new Set(documents.map(({ id }) => id)));
  if (pages.hasGrown) await limitPages(stateDir);
  const milliseconds = performance.now() - started;
  endLog(log, rows, milliseconds, signal.aborted);
  return {
    ...{ documents: rows, skipped, milliseconds, entries, replaced, log: log.path },
    leftOut: files.length - selected.length,
    exitCode: signal.aborted ? 130 : exitCode(rows, files.length > selected.length),
  };
}

/** A text is the work of one process, the pages of anything else that of all. */
function warmFor(files: readonly FoundFile[], jobs: number, pool: Pool): void {
  const isText = ({ path }: FoundFile) => ['text', 'word'].includes(BY_ENDING[extname(path).toLowerCase()] ?? '');
  if (files.every(isText)) pool.warm(Math.min(files.length, jobs), 'texts');
  else pool.warm(jobs, 'pages');
}

/** What the options say of the work on each document. */
export function workOf({ maxPages, timeout, force }: Omit<ImportOptions, 'out'>): {
  maxPages: number;
  timeout: number | null;
  redo: LocalOptions['redo'];
} {
  return {
    maxPages: maxPages ?? DEFAULT_MAX_PAGES,
    timeout: timeout === undefined ? null : timeout * 1000,
    redo: force ? 'all' : 'nothing',
  };
}

/** Adds up what a run tells. */
export function progressOf(
  documentsTotal: number,
  onProgress: ((state: ProgressState) => void) | undefined,
): LocalOptions['onProgress'] {
  const state: ProgressState = {
    ...{ documentsDone: 0, documentsKept: 0, documentsTotal },
    ...{ pagesDone: 0, pagesTotal: 0 },
  };
  return ({ opened, page, done, current }) => {
    state.pagesTotal += opened ?? 0;
    if (page) state.pagesDone++;
    if (done) state.documentsDone++;
    if (done?.kept) state.documentsKept++;
    if (current !== undefined) state.current = current;
    onProgress?.({ ...state });
  };
}

function endLog(log: RunLog, rows: readonly SummaryRow[], ms: number, interrupted: boolean): void {
  const count = (outcome: Outcome): number => rows.filter((row) => row.outcome === outcome).length;
  const counts = { done: count('done'), partial: count('partial'), failed: count('failed') };
  log.write({ event: 'run-end', ms: Math.round(ms), ...counts, interrupted });
  log.close();
}

export function exitCode(rows: readonly SummaryRow[], isSelection: boolean): 0 | 1 | 2 {
  if (rows.length === 0 && isSelection) return 0;
  if (rows.every((row) => row.outcome === 'failed')) return 2;
  return rows.every((row) => row.outcome === 'done') ? 0 : 1;
}
