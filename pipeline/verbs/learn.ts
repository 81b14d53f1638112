import type { Command } from 'commander';
import { tell } from './terminal.ts';

export function registerLearn(program: Command): void {
  program
    .command('learn')
    .description('corrected words into a dictionary of your own, that restore and import use from then on')
    .argument('<dir>', 'results folder')
    .action(async (dir: string) => {
      const [{ learn }, { dictionaryPath }] = await Promise.all([
        import('../../output/review/learn.ts'),
        import('../../output/review/dictionary-file.ts'),
      ]);
      const { found, fresh } = await learn(dir);
      tell(`${found} corrected terms, ${fresh} of them new, in ${dictionaryPath()}`);
    });
}
