import type { Command } from 'commander';
import { UsageError } from '../../output/usage-error.ts';
import { messageOf } from '../message.ts';
import { out } from './terminal.ts';

export function registerRestore(program: Command): void {
  program
    .command('restore')
    .description('text that lost its marks in (file or standard input), restored text out, the same lines')
    .argument('[file]')
    .action(async (file: string | undefined) => {
      const [{ restore }, { knownTerms }, { readFile }, { decodeText }] = await Promise.all([
        import('diacritics-restore'),
        import('../../output/review/dictionary.ts'),
        import('node:fs/promises'),
        import('../text/decode.ts'),
      ]);
      const bytes = file === undefined ? await readAll(process.stdin) : await readFile(file).catch(unreadable(file));
      const text = decodeText(bytes);
      out(restore(text, { names: knownTerms(text) }));
    });
}

async function readAll(stream: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const unreadable =
  (file: string) =>
  (cause: unknown): never => {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  };
