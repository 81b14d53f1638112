/** node train/lm-main.ts FOLDER OUT [gain] [quality]: the language model of a folder of texts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlausibleSyllable } from '../src/syllable.ts';
import { limitVocabulary, readCorpus } from './corpus.ts';
import { readText, sourcesIn } from './files.ts';
import { gazetteerLines } from './gazetteer.ts';
import { countNgrams } from './ngrams.ts';
import { smooth } from './smooth.ts';
import { encodeModel } from './write-lm.ts';

const [folder, out, ...grid] = process.argv.slice(2);
if (!folder || !out) throw new Error('usage: FOLDER OUT [gain:continuation:minTri …]');
const started = Date.now();
const say = (text: string): void =>
  void process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0)} s ${text}\n`);
const { weights } = JSON.parse(readFileSync(new URL('sources.json', import.meta.url), 'utf8')) as {
  weights: Record<string, number>;
};
const field = readText(fileURLToPath(new URL('field.txt', import.meta.url))).split('\n');
const sources = [
  ...sourcesIn(folder, weights),
  { name: 'field', path: '', weight: weights.field ?? 1, lines: field },
  { name: 'gazetteer', path: '', weight: weights.gazetteer ?? 1, lines: gazetteerLines(join(folder, 'lists')) },
];
const corpus = readCorpus(sources, (name, n) => say(`${name}: ${n} words`));
say(`${corpus.words.length} different words`);
const { words, texts, title } = limitVocabulary(corpus, 12_000, (word, count) => {
  if (isPlausibleSyllable(word)) return count >= 3 ? count * 30 : 0;
  return count >= 40 ? count : 0;
});
say(`${words.length} words kept, ${words.filter(isPlausibleSyllable).length} syllables`);
const bigrams = countNgrams(texts, 2, words.length);
say(`${bigrams.keys.length} bigrams`);
const trigrams = countNgrams(texts, 3, words.length);
say(`${trigrams.keys.length} trigrams`);
for (const g of grid.length ? grid : ['6:1:2']) {
  const [gain = 6, cont = 1, minTrigram = 2] = g.split(':').map(Number);
  const model = smooth(words, title, bigrams, trigrams, {
    minBigram: 2,
    minTrigram,
    gain,
    biGain: 3,
    continuation: cont,
  });
  say(`${g}: kept ${model.bi.keys.length} bigrams, ${model.tri.keys.length} trigrams`);
  const file = encodeModel(model);
  writeFileSync(grid.length > 1 ? `${out}.${g}` : out, file);
  say(`${file.length} bytes`);
}
