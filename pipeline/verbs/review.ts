import type { Command } from 'commander';
import { out, tell, wholeNumber } from './terminal.ts';

export function registerReview(program: Command): void {
  program
    .command('review')
    .description(
      "the reviewer's page over a results folder, on this machine only; its address is the first line printed",
    )
    .argument('<dir>', 'results folder')
    .option('--port <n>', 'default: a free one', wholeNumber)
    .option('--source <folder>', 'where the source files lie now, if not where they were imported from')
    .action(async (dir: string, options: { port?: number; source?: string }) => {
      const { startReview } = await import('../../review/server/serve.ts');
      const server = await startReview(dir, options);
      out(server.url);
      tell('Open this address in a browser on this machine. Ctrl+C ends.');
      await new Promise((resolve) => {
        process.once('SIGINT', resolve);
        process.once('SIGTERM', resolve);
      });
      await server.close();
    });
}
