import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PlanError } from '../output/issues.ts';
import type { ProgressState } from '../output/progress.ts';
import type { IndexEntry } from '../output/record.ts';
import type { Summary, SummaryRow } from '../output/summary.ts';
import { UsageError } from '../output/usage-error.ts';
import type { EngineOption } from './ocr/engine.ts';
import { findNative } from './ocr/native.ts';
import { discover, type FoundFile, fingerprint, folderName } from './run/discover.ts';
import { type Done, runLocal, type Taken } from './run/local.ts';
import { sweep, writeIndex } from './run/state.ts';
import { messageOf } from './stages.ts';

export interface ImportOptions {
  /** The results folder; made where it is not there. */
  out: string;
  /** Processes that work side by side. Default: the machine's cores. */
  jobs?: number;
  /** Default 'auto': native tesseract where it is installed, else tesseract.js. */
  engine?: EngineOption;
  /** Seconds for one document. Default 900. */
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

const DEFAULT_TIMEOUT = 900;
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
  await mkdir(outDir, { recursive: true }).catch((cause: unknown) => {
    throw new UsageError(`${options.out} cannot be written to: ${messageOf(cause)}`, { cause });
  });
  await sweep(outDir);

  const { taken, duplicates } = await takeIn(files);
  const state: ProgressState = { documentsDone: 0, documentsTotal: taken.length, pagesDone: 0, pagesTotal: 0 };
  const signal = options.signal ?? new AbortController().signal;
  const done = await runLocal(taken, {
    outDir,
    ...engine,
    maxPages: options.maxPages ?? DEFAULT_MAX_PAGES,
    jobs: options.jobs ?? availableParallelism(),
    timeout: (options.timeout ?? DEFAULT_TIMEOUT) * 1000,
    force: options.force ?? false,
    signal,
    onProgress: ({ opened, page, done: name, current }) => {
      state.pagesTotal += opened ?? 0;
      if (page) state.pagesDone++;
      if (name !== undefined) state.documentsDone++;
      if (current !== undefined) state.current = current;
      options.onProgress?.({ ...state });
    },
  });
  const copies = duplicates.flatMap((duplicate) => copyOf(duplicate, done));
  const entries = [...done, ...copies].map(({ entry }) => entry).sort((a, b) => (a.source < b.source ? -1 : 1));
  await writeIndex(outDir, entries);
  const rows = [...done, ...copies].map(({ row }) => row).sort((a, b) => (a.source < b.source ? -1 : 1));
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

interface Duplicate {
  source: string;
  of: string;
}

/** Fingerprints the files; the same bytes again are read once. A file that cannot be opened is taken in as failed. */
async function takeIn(files: readonly FoundFile[]): Promise<{ taken: Taken[]; duplicates: Duplicate[] }> {
  const taken: Taken[] = [];
  const duplicates: Duplicate[] = [];
  const bySha = new Map<string, string>();
  for (const { path, source } of files) {
    try {
      const { sha256, bytes } = await fingerprint(path);
      const first = bySha.get(sha256);
      if (first !== undefined) {
        duplicates.push({ source, of: first });
        continue;
      }
      bySha.set(sha256, source);
      const id = sha256.slice(0, 16);
      taken.push({ file: { path, source, id, sha256, bytes, folder: folderName(source, id) }, failure: null });
    } catch (cause) {
      const id = createHash('sha256').update(`unreadable ${source}`).digest('hex').slice(0, 16);
      const failure = new PlanError(
        'intake',
        'unreadable',
        `${source} cannot be opened (${messageOf(cause)}): check that you may read it and that no other program holds it.`,
        { cause },
      );
      taken.push({ file: { path, source, id, sha256: '', bytes: 0, folder: folderName(source, id) }, failure });
    }
  }
  return { taken, duplicates };
}

function copyOf({ source, of }: Duplicate, done: readonly Done[]): Done[] {
  const first = done.find(({ entry }) => entry.source === of);
  if (!first) return [];
  return [{ entry: { ...first.entry, source, duplicateOf: of }, row: { ...first.row, source, duplicateOf: of } }];
}

function exitCode(rows: readonly SummaryRow[]): 0 | 1 | 2 {
  if (rows.every((row) => row.outcome === 'failed')) return 2;
  return rows.every((row) => row.outcome === 'done') ? 0 : 1;
}
