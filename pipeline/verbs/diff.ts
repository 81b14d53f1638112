import type { Command } from 'commander';
import { out, view } from './terminal.ts';

export function registerDiff(program: Command): void {
  program
    .command('diff')
    .description('the extracted JSON against the source text, record by record')
    .argument('<dir>', 'results folder')
    .argument('[document]', 'id, folder or source of one document')
    .option('--json', 'as JSON on standard output')
    .action(async (dir: string, document: string | undefined, { json }: { json?: true }) => {
      const [{ diffFolder }, { renderDiff }] = await Promise.all([
        import('../../output/diff/entries.ts'),
        import('../../output/diff/render.ts'),
      ]);
      const entries = await diffFolder(dir, document);
      out(json ? JSON.stringify(entries, null, 2) : renderDiff(entries, view(process.stdout)));
    });
}
