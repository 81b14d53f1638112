import type { Command } from 'commander';
import { documents, tell } from './terminal.ts';

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('results into a file for other programs')
    .argument('<dir>', 'results folder')
    .requiredOption('--to <file>', 'by ending: .xlsx')
    .action(async (dir: string, { to }: { to: string }) => {
      const { exportResults } = await import('../../output/export.ts');
      const count = await exportResults(dir, to);
      tell(`${documents(count)} written to ${to}`);
    });
}
