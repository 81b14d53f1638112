import type { Command } from 'commander';
import { documents, STOP_SIGNALS, tell, wholeNumber } from './terminal.ts';

interface WorkerFlags {
  database: string;
  jobs?: number;
}

export function registerWorker(program: Command): void {
  program
    .command('worker')
    .description('one worker of a cluster: takes jobs that "import --database" has put into a PostgreSQL database')
    .requiredOption('--database <url>', 'postgres://USER:PASSWORD@HOST:5432/DATABASE')
    .option('--jobs <n>', 'processes side by side (default: the cores)', wholeNumber)
    .action(async ({ database, ...options }: WorkerFlags) => {
      const { runWorker } = await import('../cluster/worker.ts');
      const abort = new AbortController();
      const stop = () => {
        if (abort.signal.aborted) process.exit(130);
        tell('Stopping: jobs under way are finished, other workers take the rest. Ctrl-C again stops at once.');
        abort.abort();
      };
      for (const signal of STOP_SIGNALS) process.on(signal, stop);
      const counts = await runWorker(database, { ...options, signal: abort.signal, tell });
      tell(`Stopped after ${documents(counts.documents)} and ${counts.pages} recognised pages.`);
      process.exit(0);
    });
}
