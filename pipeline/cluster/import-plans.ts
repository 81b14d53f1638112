import { exitCode, type ImportOptions, type ImportResult, progressOf, workOf } from '../index.ts';
import { discover } from '../run/discover.ts';
import { select } from '../run/select.ts';
import { bySource } from '../run/state.ts';
import { copiesOf, takeIn } from '../run/take-in.ts';
import { joinCluster } from './import.ts';

/**
 * Reads every plan in the folders and files named on the workers of a cluster; the results stay in its database. Throws
 * UsageError for a path that does not exist, and for a database that cannot be reached.
 */
export async function importIntoDatabase(
  paths: readonly string[],
  options: Omit<ImportOptions, 'out' | 'only'> & { database: string },
): Promise<ImportResult> {
  const started = performance.now();
  const { since, signal = new AbortController().signal } = options;
  const { files, skipped } = await discover(paths, null);
  const cluster = await joinCluster(options.database, options.engine ?? 'auto');
  const selected = await select(files, [], { since });
  const { taken, duplicates } = await takeIn(selected, [], signal);
  const done = await cluster.run(taken, {
    ...workOf(options),
    ...{ outDir: null, log: null, signal, onProgress: progressOf(taken.length, options.onProgress) },
  });
  const all = [...done, ...copiesOf(duplicates, done)];
  const rows = all.map(({ row }) => row).sort(bySource);
  return {
    ...{ documents: rows, skipped, replaced: [], log: null, leftOut: files.length - selected.length },
    entries: all.flatMap(({ entry }) => entry ?? []).sort(bySource),
    milliseconds: performance.now() - started,
    exitCode: signal.aborted ? 130 : exitCode(rows, files.length > selected.length),
  };
}
