import { extname } from 'node:path';
import type { ResultRecord } from './results.ts';
import { readReviewedRecords } from './review/store.ts';
import { UsageError } from './usage-error.ts';
import { exportXlsx } from './xlsx.ts';

const WRITERS: Record<string, (results: readonly ResultRecord[], path: string) => Promise<void>> = {
  '.xlsx': exportXlsx,
};
const PLANNED = ['.csv', '.jsonl', '.parquet', '.sqlite'];

/**
 * Exports a results folder to a file, reviewers' decisions applied; its ending says how. Returns the number of documents written.
 * Throws UsageError for an ending that is unknown or not available yet, and for a damaged results folder.
 */
export async function exportResults(dir: string, to: string): Promise<number> {
  const isDatabase = /^postgres(ql)?:\/\//.test(to);
  const ending = isDatabase ? 'postgres://' : extname(to).toLowerCase();
  const write = WRITERS[ending];
  const available = Object.keys(WRITERS).join(', ');
  if (!write) {
    const planned = isDatabase || PLANNED.includes(ending);
    throw new UsageError(
      planned
        ? `Export to ${ending} is not available yet; ${available} is.`
        : `"${to}": the ending says how to export, and ${ending ? `${ending} is unknown` : 'there is none'}. Available: ${available}.`,
    );
  }
  const results = await readReviewedRecords(dir);
  await write(results, to);
  return results.length;
}
