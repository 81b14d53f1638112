import type { Command } from 'commander';
import { out, view } from './terminal.ts';

export function registerEval(program: Command): void {
  program
    .command('eval')
    .description('precision, recall and F1 against gold folders')
    .argument('<dir>', 'results folder')
    .argument('<gold>', 'folder of gold folders')
    .option('--json', 'as JSON on standard output')
    .action(async (dir: string, gold: string, { json }: { json?: true }) => {
      const [{ evaluateFolder }, { formatEvaluation }] = await Promise.all([
        import('../../output/eval/folder.ts'),
        import('../../output/eval/format.ts'),
      ]);
      const evaluation = await evaluateFolder(dir, gold);
      out(json ? JSON.stringify(evaluation, null, 2) : formatEvaluation(evaluation, view(process.stdout)));
    });
}
