import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

// Apart from the other lists: what recognises pages must not depend on the words of the extractors.

/** Lines that the form of official papers prints the same in all of them. */
export function formLines(): string[] {
  const path = join(packageRoot(), 'dictionaries', 'administrative', 'form-lines.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { lines: string[] }).lines;
}
