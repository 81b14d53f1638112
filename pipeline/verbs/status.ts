import type { Command } from 'commander';
import { out, view } from './terminal.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('what a cluster is doing: its queues, rates, failures and workers')
    .requiredOption('--database <url>', 'postgres://USER:PASSWORD@HOST:5432/DATABASE')
    .option('--json', 'as JSON on standard output')
    .action(async ({ database, json }: { database: string; json?: true }) => {
      const { clusterStatus, renderStatus } = await import('../cluster/status.ts');
      const status = await clusterStatus(database);
      out(json ? JSON.stringify(status, null, 2) : renderStatus(status, view(process.stdout)));
    });
}
