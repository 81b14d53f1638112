#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../output/usage-error.ts';
import { messageOf } from './message.ts';
import { ENGINE_OPTIONS, type EngineOption } from './ocr/engine.ts';
import { VERSION } from './version.ts';

// A reader that has seen enough (`kehoach diff … | head`) is no error; messages nobody reads hold up no import.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.stderr.on('error', () => undefined);

const out = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
const view = (stream: NodeJS.WriteStream) => ({
  color: stream.isTTY === true && !process.env.NO_COLOR,
  width: stream.columns ?? 120,
});

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError(`"${value}" is no whole number above 0.`);
  return number;
}

const program = new Command('kehoach')
  .description("Administrative plans of Vietnam's communes, scanned or digital, turned into clean, checked JSON.")
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError('(--help tells what there is)');

interface ImportFlags {
  out: string;
  jobs?: number;
  engine: EngineOption;
  timeout?: number;
  maxPages?: number;
  force?: true;
  json?: true;
}

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
  .action(async (paths: string[], flags: ImportFlags) => {
    const [{ importPlans }, { createProgress }, { renderSummary }] = await Promise.all([
      import('./index.ts'),
      import('../output/progress.ts'),
      import('../output/summary.ts'),
    ]);
    const abort = new AbortController();
    const stop = () => {
      process.stderr.write(
        '\nStopping: documents under way are finished, the rest waits for the next run. Ctrl-C again stops at once.\n',
      );
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
    if (summary.documents.length > 0 || !abort.signal.aborted) {
      process.stderr.write(`${renderSummary(summary, view(process.stderr))}\n`);
    }
    if (json) out(JSON.stringify({ exitCode, ...summary }, null, 2));
    if (abort.signal.aborted) process.stderr.write('Interrupted: run the same line again to go on.\n');
    process.exitCode = exitCode;
  });

program
  .command('restore')
  .description('text that lost its marks in (file or standard input), restored text out, the same lines')
  .argument('[file]')
  .action(async (file: string | undefined) => {
    const [{ restore }, { knownTerms }, { readFile }, { decodeText }] = await Promise.all([
      import('diacritics-restore'),
      import('../output/review/dictionary.ts'),
      import('node:fs/promises'),
      import('./text/decode.ts'),
    ]);
    const bytes = file === undefined ? await readAll(process.stdin) : await readFile(file).catch(unreadable(file));
    const text = decodeText(bytes);
    out(restore(text, { names: knownTerms(text) }));
  });

program
  .command('diff')
  .description('the extracted JSON against the source text, record by record')
  .argument('<dir>', 'results folder')
  .argument('[document]', 'id, folder or source of one document')
  .option('--json', 'as JSON on standard output')
  .action(async (dir: string, document: string | undefined, { json }: { json?: true }) => {
    const [{ diffFolder }, { renderDiff }] = await Promise.all([
      import('../output/diff/entries.ts'),
      import('../output/diff/render.ts'),
    ]);
    const entries = await diffFolder(dir, document);
    out(json ? JSON.stringify(entries, null, 2) : renderDiff(entries, view(process.stdout)));
  });

program
  .command('export')
  .description('results into a file for other programs')
  .argument('<dir>', 'results folder')
  .requiredOption('--to <file>', 'by ending: .xlsx')
  .action(async (dir: string, { to }: { to: string }) => {
    const { exportResults } = await import('../output/export.ts');
    const count = await exportResults(dir, to);
    process.stderr.write(`${count} ${count === 1 ? 'document' : 'documents'} written to ${to}\n`);
  });

program
  .command('review')
  .description("the reviewer's page over a results folder, on this machine only; its address is the first line printed")
  .argument('<dir>', 'results folder')
  .option('--port <n>', 'default: a free one', wholeNumber)
  .option('--source <folder>', 'where the source files lie now, if not where they were imported from')
  .action(async (dir: string, options: { port?: number; source?: string }) => {
    const { startReview } = await import('../review/server/serve.ts');
    const server = await startReview(dir, options);
    out(server.url);
    process.stderr.write('Open this address in a browser on this machine. Ctrl+C ends.\n');
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await server.close();
  });

program
  .command('report')
  .description("the reviewer's page as one file to look at, that opens without a server")
  .argument('<dir>', 'results folder')
  .requiredOption('--to <file>', 'the .html file')
  .option('--source <folder>', 'where the source files lie now, if not where they were imported from')
  .action(async (dir: string, { to, source }: { to: string; source?: string }) => {
    const { writeReport } = await import('../review/report/report.ts');
    const count = await writeReport(dir, to, source);
    process.stderr.write(`${count} ${count === 1 ? 'document' : 'documents'} written to ${to}\n`);
  });

program
  .command('learn')
  .description('corrected words into a dictionary of your own, that restore and import use from then on')
  .argument('<dir>', 'results folder')
  .action(async (dir: string) => {
    const [{ learn }, { dictionaryPath }] = await Promise.all([
      import('../output/review/learn.ts'),
      import('../output/review/dictionary.ts'),
    ]);
    const { found, fresh } = await learn(dir);
    process.stderr.write(`${found} corrected terms, ${fresh} of them new, in ${dictionaryPath()}\n`);
  });

program
  .command('eval')
  .description('precision, recall and F1 against gold folders')
  .argument('<dir>', 'results folder')
  .argument('<gold>', 'folder of gold folders')
  .option('--json', 'as JSON on standard output')
  .action(async (dir: string, gold: string, { json }: { json?: true }) => {
    const [{ evaluateFolder }, { formatEvaluation }] = await Promise.all([
      import('../output/eval/folder.ts'),
      import('../output/eval/format.ts'),
    ]);
    const evaluation = await evaluateFolder(dir, gold);
    out(json ? JSON.stringify(evaluation, null, 2) : formatEvaluation(evaluation, view(process.stdout)));
  });

program
  .command('schema')
  .description('the JSON Schema of document.json')
  .action(async () => {
    const { jsonSchema } = await import('../output/schema.ts');
    out(JSON.stringify(jsonSchema(), null, 2));
  });

program
  .command('doctor')
  .description('what is installed, which OCR engines and language data are found; a test page recognised')
  .action(async () => {
    const { doctor } = await import('./doctor.ts');
    const { text, ok } = await doctor(view(process.stdout));
    out(text);
    process.exitCode = ok ? 0 : 1;
  });

async function readAll(stream: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const unreadable =
  (file: string) =>
  (cause: unknown): never => {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  };

try {
  await program.parseAsync();
} catch (error) {
  // Commander has told its own errors; --help and --version end with 0.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    // Wrong arguments, nothing to read, or a fault of ours: in each case there is no result.
    process.stderr.write(`kehoach: ${messageOf(error)}\n`);
    process.exitCode = 2;
  }
}
