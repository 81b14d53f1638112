import { type Command, Option } from 'commander';
import { ENGINE_OPTIONS, type EngineOption } from '../ocr/engine.ts';
import { out, tell, view, wholeNumber } from './terminal.ts';

interface ImportFlags {
  out: string;
  jobs?: number;
  engine: EngineOption;
  timeout?: number;
  maxPages?: number;
  force?: true;
  json?: true;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description('read every plan in the folders and files named and write one result a document')
    .argument('<path...>', 'folders and files: PDF, PNG, JPEG, TIFF, TXT, MD, DOCX, DOC')
    .requiredOption('--out <dir>', 'results folder')
    .option('--jobs <n>', 'processes side by side (default: the cores)', wholeNumber)
    .addOption(new Option('--engine <name>', 'reader of scans').choices(ENGINE_OPTIONS).default('auto'))
    .option('--timeout <s>', 'seconds of work on one document (default: 900, more for long scans)', wholeNumber)
    .option('--max-pages <n>', 'pages of one document that are read (default: 1000)', wholeNumber)
    .option('--force', 'redo what is done')
    .option('--json', 'the final summary as JSON on standard output')
    .action(runImport);
}

async function runImport(paths: string[], flags: ImportFlags): Promise<void> {
  const [{ importPlans }, { createProgress }, { renderSummary }] = await Promise.all([
    import('../index.ts'),
    import('../../output/progress.ts'),
    import('../../output/summary.ts'),
  ]);
  const abort = new AbortController();
  const stop = () => {
    tell('\nStopping: documents under way are finished, the rest waits for the next run. Ctrl-C again stops at once.');
    abort.abort();
  };
  process.once('SIGINT', stop);
  const progress = createProgress({
    stream: process.stderr,
    isTTY: process.stderr.isTTY === true,
    columns: process.stderr.columns ?? 80,
    now: () => performance.now(),
  });
  const { json, ...options } = flags;
  const result = await importPlans(paths, {
    ...options,
    signal: abort.signal,
    onProgress: (state) => progress.update(state),
  });
  progress.finish();
  process.off('SIGINT', stop);
  const { entries: _, exitCode, ...summary } = result;
  if (summary.documents.length > 0 || !abort.signal.aborted) tell(renderSummary(summary, view(process.stderr)));
  if (json) out(JSON.stringify({ exitCode, ...summary }, null, 2));
  if (abort.signal.aborted) tell('Interrupted: run the same line again to go on.');
  process.exitCode = exitCode;
}
