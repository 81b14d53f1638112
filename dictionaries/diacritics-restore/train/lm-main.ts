/** node train/lm-main.ts FOLDER OUT [gain] [quality]: the language model of a folder of texts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { isPlausibleSyllable } from '../src/syllable.ts';
import { limitVocabulary, readCorpus } from './corpus.ts';
import { sourcesIn } from './files.ts';
import { countNgrams } from './ngrams.ts';
import { smooth } from './smooth.ts';
import { encodeModel } from './write-lm.ts';

const [folder, out, quality = '5', ...grid] = process.argv.slice(2);
if (!folder || !out) throw new Error('usage: FOLDER OUT [brotli quality] [gain:continuation:minTri …]');
const started = Date.now();
const say = (text: string): void =>
  void process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0)} s ${text}\n`);
const { weights } = JSON.parse(readFileSync(new URL('sources.json', import.meta.url), 'utf8')) as {
  weights: Record<string, number>;
};
const corpus = readCorpus(sourcesIn(folder, weights), (name, n) => say(`${name}: ${n} words`));
say(`${corpus.words.length} different words`);
const { words, texts } = limitVocabulary(corpus, 12_000, (word, count) => {
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
  const model = smooth(words, bigrams, trigrams, {
    minBigram: 2,
    minTrigram,
    gain,
    biGain: 3,
    continuation: cont === 1,
  });
  say(`${g}: kept ${model.bi.keys.length} bigrams, ${model.tri.keys.length} trigrams`);
  const file = encodeModel(model, Number(quality));
  writeFileSync(grid.length > 1 ? `${out}.${g}` : out, file);
  say(`${file.length} bytes`);
}
