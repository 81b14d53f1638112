#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { messageOf } from './message.ts';
import { registerDiff } from './verbs/diff.ts';
import { registerDoctor } from './verbs/doctor.ts';
import { registerEval } from './verbs/eval.ts';
import { registerExport } from './verbs/export.ts';
import { registerImport } from './verbs/import.ts';
import { registerLearn } from './verbs/learn.ts';
import { registerReport } from './verbs/report.ts';
import { registerRestore } from './verbs/restore.ts';
import { registerReview } from './verbs/review.ts';
import { registerSchema } from './verbs/schema.ts';
import { registerStatus } from './verbs/status.ts';
import { registerWorker } from './verbs/worker.ts';
import { VERSION } from './version.ts';

// A reader that has seen enough (`kehoach diff … | head`) is no error; messages nobody reads hold up no import.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.stderr.on('error', () => undefined);

const program = new Command('kehoach')
  .description("Administrative plans of Vietnam's communes, scanned or digital, turned into clean, checked JSON.")
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError('(--help tells what there is)');

registerImport(program);
registerRestore(program);
registerDiff(program);
registerExport(program);
registerReview(program);
registerReport(program);
registerLearn(program);
registerEval(program);
registerSchema(program);
registerWorker(program);
registerStatus(program);
registerDoctor(program);

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
