import type { Command } from 'commander';
import { documents, tell } from './terminal.ts';

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('results, reviewed or not, into a file or a database for other programs')
    .argument('<dir>', 'results folder')
    .requiredOption(
      '--to <file|url>',
      'by ending: .xlsx, .csv (one file a kind), .jsonl, .parquet, .sqlite; or postgres://…',
    )
    .option('--against <document>', '.xlsx: mark targets of the others below those of this one (id, folder or source)')
    .action(async (dir: string, { to, ...options }: { to: string; against?: string }) => {
      const { exportResults } = await import('../../output/export.ts');
      const { documents: count, files } = await exportResults(dir, to, options);
      tell(`${documents(count)} written to ${files.join(', ')}`);
    });
}
