/** Pairs of a printed word and what a reader made of it, from a TSV or from rendered pages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripMarks } from '../src/letters.ts';
import { foldObserved } from '../src/observed.ts';
import { readText } from './files.ts';
import type { Reader } from './render.ts';

/** One printed word and its reading; confidence 0..1 where the engine told it. */
export interface Pair {
  truth: string;
  got: string;
  confidence?: number;
}

const EDGE = /^[\s.,;:!?…()[\]{}"“”«»'’‘|/\-–—_*•]+|[\s.,;:!?…()[\]{}"“”«»|/\-–—_*•]+$/g;

/** A word without the punctuation around it. */
export function bare(word: string): string {
  return foldObserved(word).replace(EDGE, '');
}

/** Pairs of a TSV (group, document, printed, read), as in channel-pairs-eng.tsv.xz. */
export function pairsOfTsv(path: string): Pair[] {
  const pairs: Pair[] = [];
  for (const line of readText(path).split('\n')) {
    const [, , truth, got] = line.split('\t');
    if (truth !== undefined && got !== undefined) pairs.push({ truth, got });
  }
  return pairs;
}

/** Words of a tesseract TSV in reading order. */
export function wordsOfTsv(tsv: string): { text: string; confidence: number; line: string }[] {
  return tsv
    .split('\n')
    .map((l) => l.split('\t'))
    .filter((f) => f[0] === '5' && (f[11] ?? '').trim() !== '')
    .map((f) => ({
      text: (f[11] ?? '').normalize('NFC'),
      confidence: Number(f[10]) / 100,
      line: f.slice(2, 5).join('.'),
    }));
}

/** Pairs of the rendered pages of a folder that the reader has read, by aligning the words of each page. */
export function pairsOfPages(folder: string, reader: Reader): Pair[] {
  const pairs: Pair[] = [];
  for (const file of readdirSync(folder)
    .filter((f) => f.endsWith('.done'))
    .sort()) {
    const name = join(folder, file.slice(0, -5));
    if (!existsSync(`${name}.${reader}.tsv`)) continue;
    const truth = readFileSync(`${name}.truth.txt`, 'utf8').split(/\s+/).filter(Boolean);
    pairs.push(...align(truth, wordsOfTsv(readFileSync(`${name}.${reader}.tsv`, 'utf8'))));
  }
  return pairs;
}

/** How alike two words look, 0..1: letters in common in order, marks aside. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const row = new Uint8Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    let diagonal = 0;
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1] ?? 0;
      row[j + 1] = a[i] === b[j] ? diagonal + 1 : Math.max(above, row[j] ?? 0);
      diagonal = above;
    }
  }
  return (2 * (row[b.length] ?? 0)) / (a.length + b.length);
}

/** Aligns printed and read words in order; gives the pairs that look alike. */
export function align(truth: readonly string[], got: readonly { text: string; confidence: number }[]): Pair[] {
  const n = truth.length;
  const m = got.length;
  const a = truth.map((w) => stripMarks(w).toLowerCase());
  const b = got.map((w) => stripMarks(w.text).toLowerCase());
  const score = new Float32Array((n + 1) * (m + 1));
  const memo = new Map<string, number>();
  const like = (i: number, j: number): number => {
    const key = `${a[i]}\t${b[j]}`;
    let v = memo.get(key);
    if (v === undefined) {
      v = likeness(a[i] ?? '', b[j] ?? '') - 0.25;
      memo.set(key, v);
    }
    return v;
  };
  const width = m + 1;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const both = (score[(i + 1) * width + j + 1] ?? 0) + like(i, j);
      score[i * width + j] = Math.max(both, score[(i + 1) * width + j] ?? 0, score[i * width + j + 1] ?? 0);
    }
  }
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < n && j < m) {
    const here = score[i * width + j] ?? 0;
    const l = like(i, j);
    if (Math.abs(here - (score[(i + 1) * width + j + 1] ?? 0) - l) < 1e-4) {
      const word = got[j];
      if (l > 0 && word) pairs.push({ truth: truth[i] ?? '', got: word.text, confidence: word.confidence });
      i++;
      j++;
    } else if (Math.abs(here - (score[(i + 1) * width + j] ?? 0)) < 1e-4) i++;
    else j++;
  }
  return pairs;
}
