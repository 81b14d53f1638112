import type { Command } from 'commander';
import { out } from './terminal.ts';

export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('the JSON Schema of document.json')
    .action(async () => {
      const { jsonSchema } = await import('../../output/schema.ts');
      out(JSON.stringify(jsonSchema(), null, 2));
    });
}
