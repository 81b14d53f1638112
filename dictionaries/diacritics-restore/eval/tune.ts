/** node eval/tune.ts PAGES reader: raw and restored accuracy over rendered pages (for development). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restore, restoreTokens } from '../src/index.ts';
import { wordsOfTsv } from '../train/pairs.ts';
import { matched, scoreText, wordsOf } from './score.ts';

const [folder, reader, flag] = process.argv.slice(2);
if (!folder || !reader) throw new Error('usage: PAGES eng|vie');
let all = 0;
let before = 0;
let after = 0;
let tokens = 0;
let worse = 0;
const misses = new Map<string, number>();
const started = performance.now();
for (const file of readdirSync(folder)
  .filter((f) => f.endsWith('.done'))
  .sort()) {
  const name = join(folder, file.slice(0, -5));
  const truth = readFileSync(`${name}.truth.txt`, 'utf8');
  const words = wordsOfTsv(readFileSync(`${name}.${reader}.tsv`, 'utf8'));
  const lines: string[] = [];
  words.forEach((w, i) => {
    if (i === 0 || w.line !== words[i - 1]?.line) lines.push(w.text);
    else lines[lines.length - 1] += ` ${w.text}`;
  });
  const raw = lines.join('\n');
  let got: string;
  if (flag === 'tokens') {
    const starts = words.flatMap((w, i) => (i === 0 || w.line !== words[i - 1]?.line ? [i] : []));
    got = restoreTokens(words, { lineStarts: starts })
      .map((t) => t.restored)
      .join(' ');
  } else got = restore(raw);
  tokens += words.length;
  const a = scoreText(raw, truth);
  const b = scoreText(got, truth);
  all += a.syllables;
  before += a.right;
  after += b.right;
  if (b.right < a.right) {
    worse++;
    process.stdout.write(
      `worse: ${file} ${a.right} -> ${b.right} of ${a.syllables} (${readFileSync(`${name}.done`, 'utf8').trim()})\n`,
    );
  }
  if (flag === 'misses') {
    const t = wordsOf(truth);
    const g = wordsOf(got);
    const ht = matched(t, g);
    const hg = matched(g, t);
    let i = 0;
    let j = 0;
    while (i < t.length || j < g.length) {
      const x: string[] = [];
      const y: string[] = [];
      while (i < t.length && !ht[i]) x.push(t[i++] ?? '');
      while (j < g.length && !hg[j]) y.push(g[j++] ?? '');
      if (x.length || y.length) {
        const key = `${x.join(' ')} -> ${y.join(' ')}`;
        misses.set(key, (misses.get(key) ?? 0) + 1);
      }
      i++;
      j++;
    }
  }
}
const seconds = (performance.now() - started) / 1000;
for (const [k, n] of [...misses].sort((a, b) => b[1] - a[1]).slice(0, 150)) process.stdout.write(`${n} ${k}\n`);
process.stdout.write(
  `${reader}: ${all} syllables, raw ${(before / all).toFixed(4)}, restored ${(after / all).toFixed(4)}, wrong cut by ${((100 * (after - before)) / (all - before)).toFixed(1)} %, ${worse} pages worse, ${Math.round(tokens / seconds)} tokens/s\n`,
);
