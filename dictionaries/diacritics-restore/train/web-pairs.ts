/** Pairs of words that stand side by side on the web, as Tesseract's Vietnamese data of before 4.0 lists them (Apache-2.0). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eachWord, NUMBER } from '../src/words.ts';

/**
 * Pairs of syllables (a·size + b) of the list in a vie.traineddata (or .gz) that has one. Throws where it has none, or
 * combine_tessdata and dawg2wordlist, which come with tesseract, are not installed.
 */
export function webPairs(traineddata: string, words: readonly string[]): Set<number> {
  const folder = mkdtempSync(join(tmpdir(), 'web-pairs-'));
  try {
    const bytes = readFileSync(traineddata);
    const data = join(folder, 'data');
    const list = join(folder, 'pairs.txt');
    writeFileSync(data, traineddata.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    execFileSync('combine_tessdata', ['-u', data, join(folder, 'part.')], { stdio: 'ignore' });
    execFileSync('dawg2wordlist', ['part.unicharset', 'part.bigram-dawg', list], { cwd: folder, stdio: 'ignore' });
    const idOf = new Map(words.map((word, id) => [word, id]));
    const pairs = new Set<number>();
    for (const line of readFileSync(list, 'utf8').normalize('NFC').split('\n')) {
      const ids: number[] = [];
      eachWord(line, (word) => ids.push(idOf.get(word) ?? 0));
      const [first = 0, second = 0] = ids;
      if (ids.length === 2 && first > NUMBER && second > NUMBER) pairs.add(first * words.length + second);
    }
    return pairs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
