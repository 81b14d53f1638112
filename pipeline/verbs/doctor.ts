import type { Command } from 'commander';
import { out, view } from './terminal.ts';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what is installed, which OCR engines and language data are found; a test page recognised')
    .action(async () => {
      const { doctor } = await import('../doctor.ts');
      const { text, ok } = await doctor(view(process.stdout));
      out(text);
      process.exitCode = ok ? 0 : 1;
    });
}
