/** A general dictionary: the npm package @vntk/dictionary (MIT), unpacked. Only counts of it go into a model. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachWord, NUMBER } from '../src/words.ts';
import type { Source } from './files.ts';

const WORDS = 'data/Viet74K.txt';
const ENTRIES = 'data/dictionary.json';

interface Entry {
  definition?: string;
  example?: string;
}

function fileOf(folder: string, name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: --dictionary wants the folder of the unpacked npm package @vntk/dictionary`);
  }
  return readFileSync(path, 'utf8').normalize('NFC');
}

/** Definitions and examples as texts to count. Throws where `folder` is not the package. */
export function dictionarySource(folder: string, weight: number): Source {
  const entries = Object.values(JSON.parse(fileOf(folder, ENTRIES)) as Record<string, Entry[]>).flat();
  const lines = entries.flatMap(({ definition = '', example = '' }) => [definition, ...example.split(/\s*~\s*/)]);
  return {
    name: 'dictionary',
    path: '',
    weight,
    lines: lines.filter((line) => line !== ''),
  };
}

/** Pairs of syllables (a·size + b) that stand side by side in a word of the dictionary; names are left out. */
export function listedPairs(folder: string, words: readonly string[]): Set<number> {
  const idOf = new Map(words.map((word, id) => [word, id]));
  const pairs = new Set<number>();
  for (const line of fileOf(folder, WORDS).split(/\r?\n/)) {
    if (line !== line.toLowerCase()) continue;
    let before = 0;
    eachWord(line, (word) => {
      const id = idOf.get(word) ?? 0;
      if (before > NUMBER && id > NUMBER) pairs.add(before * words.length + id);
      before = id;
    });
  }
  return pairs;
}
