import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ProgressState } from '../../output/progress.ts';
import type { Outcome } from '../../output/record.ts';
import type { Summary } from '../../output/summary.ts';
import { UsageError } from '../../output/usage-error.ts';
import { OUTCOMES } from '../../output/vocabulary.ts';
import type { ImportResult } from '../index.ts';
import { ENGINE_OPTIONS, type EngineOption } from '../ocr/engine.ts';
import { out, printable, STOP_SIGNALS, tell, view, wholeNumber } from './terminal.ts';

interface ImportFlags {
  out?: string;
  database?: string;
  jobs?: number;
  engine: EngineOption;
  timeout?: number;
  maxPages?: number;
  force?: true;
  since?: Date;
  only?: Outcome[];
  watch?: true;
  json?: true;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description('read every plan in the folders and files named and write one result a document')
    .argument('<path...>', 'folders and files: PDF, PNG, JPEG, TIFF, TXT, MD, DOCX, DOC')
    .option('--out <dir>', 'results folder; needed without --database')
    .option(
      '--database <url>',
      'hand the work to the workers of a cluster: postgres://USER:PASSWORD@HOST:5432/DATABASE',
    )
    .option('--jobs <n>', 'processes side by side (default: the cores)', wholeNumber)
    .addOption(new Option('--engine <name>', 'reader of scans').choices(ENGINE_OPTIONS).default('auto'))
    .option('--timeout <s>', 'seconds of work on one document (default: 900, more for long scans)', wholeNumber)
    .option('--max-pages <n>', 'pages of one document that are read (default: 1000)', wholeNumber)
    .option('--force', 'redo what is done')
    .option('--since <date>', 'only files written to since: 2026-11-20, or 2026-11-20T08:30', moment)
    .option(
      '--only <outcomes>',
      'only plans that ended so before, tried again: partial, failed or partial,failed',
      outcomes,
    )
    .option('--watch', 'go on with plans that are added or changed, until Ctrl-C')
    .option('--json', 'the final summary as JSON on standard output; with --watch a line a run')
    .action(runImport);
}

/** A day begins at midnight here; a time without a zone is local. */
function moment(value: string): Date {
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError(`"${value}" is no date: write 2026-11-20, or 2026-11-20T08:30.`);
  }
  return date;
}

function outcomes(value: string): Outcome[] {
  return value.split(',').map((name) => {
    const outcome = OUTCOMES.find((one) => one === name.trim());
    if (outcome === undefined) {
      throw new InvalidArgumentError(`"${name}" is no outcome: write ${OUTCOMES.join(', ')}, with commas between.`);
    }
    return outcome;
  });
}

async function runImport(
  paths: string[],
  { json, watch, out: outDir, database, ...flags }: ImportFlags,
): Promise<void> {
  if (outDir === undefined && database === undefined) {
    throw new UsageError('--out is missing: name a folder for the results (or a cluster with --database).');
  }
  if (outDir === undefined && (watch || flags.only)) {
    throw new UsageError('--watch and --only look into a results folder: name it with --out.');
  }
  if (database !== undefined && flags.jobs !== undefined) {
    throw new UsageError('--jobs counts processes of this machine: with --database, give it to "kehoach worker".');
  }
  const [{ importPlans, watchPlans }, { createProgress }] = await Promise.all([
    import('../index.ts'),
    import('../../output/progress.ts'),
  ]);
  const stopping = stopOnSignals(database !== undefined);
  const progress = createProgress({
    stream: process.stderr,
    isTTY: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    now: () => performance.now(),
  });
  const { signal } = stopping;
  const onProgress = (state: ProgressState) =>
    progress.update(state.current === undefined ? state : { ...state, current: printable(state.current) });
  const options = { ...flags, signal, onProgress };
  const show = async (result: ImportResult) => {
    progress.finish();
    await showResult(result, signal.aborted, json === true ? (watch ? 'line' : 'pretty') : null);
    process.exitCode = result.exitCode;
  };
  try {
    if (outDir !== undefined) {
      const into = { ...options, out: outDir, ...(database === undefined ? {} : { database }) };
      if (!watch) return await show(await importPlans(paths, into));
      const onLost = (message: string) => tell(`${message}\nIt is tried again every few seconds; Ctrl-C ends.`);
      await watchPlans(paths, into, { onResult: show, onWait: stopping.wait, onLost });
    } else if (database !== undefined) {
      const { importIntoDatabase } = await import('../cluster/import-plans.ts');
      return await show(await importIntoDatabase(paths, { ...options, database }));
    }
    process.exitCode = INTERRUPTED;
  } finally {
    stopping.off();
  }
}

const INTERRUPTED = 130;

const STOPPING =
  'Stopping: documents under way are finished, the rest waits for the next run. Ctrl-C again stops at once.';
const STOPPING_IN_CLUSTER = 'Stopping to wait: the jobs stay in the database, and the workers go on with them.';

/** The first signal asks for an end, the second one ends at once. `wait`: nothing is under way, so nothing is finished. */
function stopOnSignals(inCluster: boolean): { signal: AbortSignal; wait: () => void; off: () => void } {
  const abort = new AbortController();
  let waits = false;
  const stop = () => {
    tell(`\n${waits ? 'Stopped.' : inCluster ? STOPPING_IN_CLUSTER : STOPPING}`);
    off();
    abort.abort();
  };
  const off = () => {
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  return {
    signal: abort.signal,
    wait() {
      waits = true;
      tell('Waiting for plans that are added or changed. Ctrl-C ends.');
    },
    off,
  };
}

async function showResult(
  { entries: _, exitCode, ...result }: ImportResult,
  interrupted: boolean,
  json: 'line' | 'pretty' | null,
): Promise<void> {
  const { renderSummary } = await import('../../output/summary.ts');
  const { documents, leftOut, replaced } = result;
  if (documents.length === 0 && leftOut > 0) tell(`Nothing to do: --since and --only leave out all ${leftOut} plans.`);
  else if (documents.length > 0 || !interrupted) tell(renderSummary(onOneLine(result), view(process.stderr)));
  for (const folder of replaced) {
    tell(
      `The source of a plan that was reviewed has changed: its earlier result, with the decisions, is now ${folder}`,
    );
  }
  if (json !== null) out(JSON.stringify({ exitCode, ...result }, null, json === 'pretty' ? 2 : 0));
  if (interrupted) tell('Interrupted: run the same line again to go on.');
}

function onOneLine({ documents, skipped, milliseconds }: Summary): Summary {
  return {
    documents: documents.map(({ source, duplicateOf, ...row }) => ({
      ...row,
      source: printable(source),
      ...(duplicateOf === undefined ? {} : { duplicateOf: printable(duplicateOf) }),
    })),
    skipped: skipped.map(printable),
    milliseconds,
  };
}
