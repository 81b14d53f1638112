import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PlanError } from '../output/issues.ts';
import type { ProgressState } from '../output/progress.ts';
import type { IndexEntry } from '../output/record.ts';
import { rememberSources } from '../output/review/sources.ts';
import { refreshFinals } from '../output/review/store.ts';
import type { Summary, SummaryRow } from '../output/summary.ts';
import { UsageError } from '../output/usage-error.ts';
import type { EngineOption } from './ocr/engine.ts';
import { findNative } from './ocr/native.ts';
import { discover, type FoundFile, fingerprint, folderName, unreadable } from './run/discover.ts';
import { type Done, runLocal, type Taken } from './run/local.ts';
import { bySource, knownEntries, prepare, sweep, writeIndex } from './run/state.ts';

export interface ImportOptions {
  /** The results folder; made where it is not there. */
  out: string;
  /** Processes that work side by side. Default: the machine's cores. */
  jobs?: number;
  /** Default 'auto': native tesseract where it is installed, else tesseract.js. */
  engine?: EngineOption;
  /** Seconds one document may be worked on. Default 900, or 30 for each scanned page where that is more. */
  timeout?: number;
  /** Default 1000. */
  maxPages?: number;
  /** Redo what is done. */
  force?: boolean;
  signal?: AbortSignal;
  onProgress?: (state: ProgressState) => void;
}

export interface ImportResult extends Summary {
  entries: IndexEntry[];
  /** 0 all done · 1 some partial or failed · 2 nothing could be read · 130 interrupted. */
  exitCode: 0 | 1 | 2 | 130;
}

const DEFAULT_MAX_PAGES = 1000;

/**
 * Reads every plan in the folders and files named and writes one result a document into `options.out`. Throws UsageError
 * for a path that does not exist, an output that cannot be written, or an engine that is not installed.
 */
export async function importPlans(paths: readonly string[], options: ImportOptions): Promise<ImportResult> {
  const started = performance.now();
  const outDir = resolve(options.out);
  const engine = await resolveEngine(options.engine ?? 'auto');
  const { files, skipped } = await discover(paths, outDir);
  await prepare(outDir);
  const signal = options.signal ?? new AbortController().signal;
  const { taken, duplicates } = await takeIn(files, await knownEntries(outDir), signal);
  const state: ProgressState = {
    ...{ documentsDone: 0, documentsKept: 0, documentsTotal: taken.length },
    ...{ pagesDone: 0, pagesTotal: 0 },
  };
  const done = await runLocal(taken, {
    outDir,
    ...engine,
    maxPages: options.maxPages ?? DEFAULT_MAX_PAGES,
    jobs: options.jobs ?? availableParallelism(),
    timeout: options.timeout === undefined ? null : options.timeout * 1000,
    force: options.force ?? false,
    signal,
    onProgress: ({ opened, page, done: finished, current }) => {
      state.pagesTotal += opened ?? 0;
      if (page) state.pagesDone++;
      if (finished) state.documentsDone++;
      if (finished?.kept) state.documentsKept++;
      if (current !== undefined) state.current = current;
      options.onProgress?.({ ...state });
    },
  });
  const all = [...done, ...copiesOf(duplicates, done)];
  const entries = all.flatMap(({ entry }) => entry ?? []).sort(bySource);
  const rows = all.map(({ row }) => row).sort(bySource);
  await sweep(outDir);
  await rememberSources(
    outDir,
    taken.map(({ file }) => file),
  );
  await refreshFinals(outDir, entries);
  await writeIndex(outDir, entries);
  return {
    documents: rows,
    skipped,
    milliseconds: performance.now() - started,
    entries,
    exitCode: signal.aborted ? 130 : exitCode(rows),
  };
}

/** Fixed for the whole run, so that all pages are read by one engine, and kept in the key of each result. */
async function resolveEngine(
  option: EngineOption,
): Promise<{ engine: Exclude<EngineOption, 'auto'>; engineVersion: string }> {
  const native = option === 'tesseract.js' ? null : await findNative();
  if (option === 'native' && native === null) {
    throw new UsageError(
      '--engine native: there is no program "tesseract" on the PATH. Install it, or use --engine tesseract.js, which needs nothing installed.',
    );
  }
  return native === null
    ? { engine: 'tesseract.js', engineVersion: 'bundled' }
    : { engine: 'native', engineVersion: native };
}

/** One name: an index must not lead out of its folder. */
const FOLDER = /^[A-Za-z0-9-]+$/;

interface Duplicate {
  source: string;
  of: string;
}

/**
 * Fingerprints the files; the same bytes again are read once, and keep the folder an earlier run gave them. A file that
 * cannot be opened is taken in as failed.
 */
async function takeIn(
  files: readonly FoundFile[],
  known: readonly IndexEntry[],
  signal: AbortSignal,
): Promise<{ taken: Taken[]; duplicates: Duplicate[] }> {
  const taken: Taken[] = [];
  const duplicates: Duplicate[] = [];
  const bySha = new Map<string, string>();
  const folders = new Map(known.filter(({ folder }) => FOLDER.test(folder)).map(({ id, folder }) => [id, folder]));
  for (const { path, source } of files) {
    if (signal.aborted) break;
    try {
      const { sha256, bytes } = await fingerprint(path);
      const first = bySha.get(sha256);
      if (first !== undefined) {
        duplicates.push({ source, of: first });
        continue;
      }
      bySha.set(sha256, source);
      const id = sha256.slice(0, 16);
      const folder = folders.get(id) ?? folderName(source, id);
      taken.push({ file: { path, source, id, sha256, bytes, folder }, failure: null });
    } catch (cause) {
      const id = createHash('sha256').update(`unreadable ${source}`).digest('hex').slice(0, 16);
      const failure = new PlanError('intake', 'unreadable', unreadable(cause), { cause });
      taken.push({ file: { path, source, id, sha256: '', bytes: 0, folder: folderName(source, id) }, failure });
    }
  }
  return { taken, duplicates };
}

function copiesOf(duplicates: readonly Duplicate[], done: readonly Done[]): Done[] {
  const firsts = new Map(done.map((one) => [one.row.source, one]));
  return duplicates.flatMap(({ source, of }) => {
    const first = firsts.get(of);
    if (!first) return [];
    const entry = first.entry && { ...first.entry, source, duplicateOf: of };
    return [{ entry, row: { ...first.row, source, duplicateOf: of } }];
  });
}

function exitCode(rows: readonly SummaryRow[]): 0 | 1 | 2 {
  if (rows.every((row) => row.outcome === 'failed')) return 2;
  return rows.every((row) => row.outcome === 'done') ? 0 : 1;
}
