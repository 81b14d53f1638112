/** A general dictionary: the npm package @vntk/dictionary (MIT), unpacked. Only counts of it go into a model. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachWord, NUMBER } from '../src/words.ts';
import type { Source } from './files.ts';
import { type Counted, find } from './ngrams.ts';

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

/** Share of a syllable's places that its listed pairs are given together, and the least count of one. */
const SHARE = 0.02;
const LEAST = 0.5;
/** What a listed pair counts as for the discounts: no chance sighting. */
const SIGHTINGS = 3;

/** The bigrams with listed pairs that no text has; `listed` marks those. */
export function withListed(
  bigrams: Counted,
  pairs: ReadonlySet<number>,
  size: number,
): { bigrams: Counted; listed: Uint8Array } {
  const places = new Float64Array(size);
  const { keys } = bigrams;
  for (let i = 0; i < keys.length; i++) {
    const first = Math.floor((keys[i] ?? 0) / size);
    places[first] = (places[first] ?? 0) + (bigrams.weighted[i] ?? 0);
  }
  const kinds = new Uint32Array(size);
  for (const key of pairs) {
    const first = Math.floor(key / size);
    kinds[first] = (kinds[first] ?? 0) + 1;
  }
  const added = Float64Array.from([...pairs].filter((key) => find(keys, key) < 0)).sort();
  const n = keys.length + added.length;
  const out = {
    keys: new Float64Array(n),
    raw: new Uint32Array(n),
    weighted: new Float32Array(n),
  };
  const listed = new Uint8Array(n);
  for (let i = 0, j = 0, at = 0; at < n; at++) {
    const key = added[j] ?? Number.POSITIVE_INFINITY;
    if (i < keys.length && (keys[i] ?? 0) < key) {
      out.keys[at] = keys[i] ?? 0;
      out.raw[at] = bigrams.raw[i] ?? 0;
      out.weighted[at] = bigrams.weighted[i++] ?? 0;
    } else {
      const first = Math.floor(key / size);
      out.keys[at] = key;
      out.raw[at] = SIGHTINGS;
      out.weighted[at] = Math.max(LEAST, (SHARE * (places[first] ?? 0)) / (kinds[first] ?? 1));
      listed[at] = 1;
      j++;
    }
  }
  return { bigrams: out, listed };
}
