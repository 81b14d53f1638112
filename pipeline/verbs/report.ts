import type { Command } from 'commander';
import { documents, tell } from './terminal.ts';

export function registerReport(program: Command): void {
  program
    .command('report')
    .description("the reviewer's page as one file to look at, that opens without a server")
    .argument('<dir>', 'results folder')
    .requiredOption('--to <file>', 'the .html file')
    .option('--source <folder>', 'where the source files lie now, if not where they were imported from')
    .action(async (dir: string, { to, source }: { to: string; source?: string }) => {
      const { writeReport } = await import('../../review/report/report.ts');
      const count = await writeReport(dir, to, source);
      tell(`${documents(count)} written to ${to}`);
    });
}
