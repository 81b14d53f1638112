import { extname } from 'node:path';
import { findEntry, type ResultRecord, readEntries } from './results.ts';
import { findSource } from './review/sources.ts';
import { reviewedRecords } from './review/store.ts';
import { UsageError } from './usage-error.ts';

export interface ExportOptions {
  /** Id, folder or source of a document: a workbook marks the targets of the others that are below its own. */
  against?: string;
}

export interface Exported {
  documents: number;
  /** What was written: files, or the database's name. */
  files: string[];
}

interface Job {
  dir: string;
  to: string;
  results: AsyncIterable<ResultRecord>;
  against: string | undefined;
}

/** By ending; each returns the files that it wrote. */
const WRITERS: Record<string, (job: Job) => Promise<string[]>> = {
  '.xlsx': async ({ dir, to, results, against }) => {
    const { exportXlsx } = await import('./exports/xlsx.ts');
    return exportXlsx(results, to, {
      against: against === undefined ? null : (await findEntry(dir, against)).id,
      findSource: async ({ entry, record }) => {
        const found = await findSource(dir, entry, record.source);
        return typeof found === 'string' ? null : found.path;
      },
    });
  },
  '.csv': async ({ to, results }) => (await import('./exports/csv.ts')).exportCsv(results, to),
  '.jsonl': async ({ to, results }) => (await import('./exports/jsonl.ts')).exportJsonl(results, to),
  '.parquet': async ({ to, results }) => (await import('./exports/parquet.ts')).exportParquet(results, to),
  '.sqlite': async ({ to, results }) => (await import('./exports/sqlite.ts')).exportSqlite(results, to),
};

const DATABASE = /^postgres(?:ql)?:\/\//i;

function writerFor(to: string): (job: Job) => Promise<string[]> {
  if (DATABASE.test(to)) {
    return async ({ dir, results }) => (await import('./postgres/export.ts')).exportPostgres(results, to, dir);
  }
  const ending = extname(to).toLowerCase();
  const write = WRITERS[ending];
  if (write) return write;
  const known = [...Object.keys(WRITERS), 'postgres://…'].join(', ');
  throw new UsageError(
    `"${to}": the ending says how to export, and ${ending ? `${ending} is unknown` : 'there is none'}. Known: ${known}.`,
  );
}

/**
 * Exports a results folder, reviewers' decisions applied, to a file whose ending says how, or to a database. Throws UsageError for an ending
 * that is unknown, a place that cannot be written, and a results folder that is damaged or empty.
 */
export async function exportResults(dir: string, to: string, { against }: ExportOptions = {}): Promise<Exported> {
  const write = writerFor(to);
  if (against !== undefined && write !== WRITERS['.xlsx']) {
    throw new UsageError('--against marks cells of a workbook: export to .xlsx with it.');
  }
  const entries = await readEntries(dir);
  if (entries.length === 0) throw new UsageError(`${dir} has no documents: there is nothing to export.`);
  const files = await write({ dir, to, results: reviewedRecords(dir, entries), against });
  return { documents: entries.length, files };
}
