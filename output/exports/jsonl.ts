import { appendFile, writeFile } from 'node:fs/promises';
import type { ResultRecord } from '../results.ts';
import { writeWholeBy } from '../write-whole.ts';

/** Writes a document a line, each as document.json has it. */
export async function exportJsonl(results: AsyncIterable<ResultRecord>, path: string): Promise<string[]> {
  await writeWholeBy([path], async ([part = '']) => {
    await writeFile(part, '');
    for await (const { record } of results) await appendFile(part, `${JSON.stringify(record)}\n`);
  });
  return [path];
}
