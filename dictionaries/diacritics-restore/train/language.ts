/** Learns the language model of a folder of texts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlausibleSyllable } from '../src/syllable.ts';
import { limitVocabulary, readCorpus } from './corpus.ts';
import { dictionarySource, listedPairs } from './dictionary.ts';
import { readText, sourcesIn } from './files.ts';
import { gazetteerLines } from './gazetteer.ts';
import { type Listed, withPairs } from './listed-pairs.ts';
import { countNgrams } from './ngrams.ts';
import { smooth } from './smooth.ts';
import { webPairs } from './web-pairs.ts';
import { encodeModel } from './write-lm.ts';

/** Most words of the vocabulary. */
const VOCABULARY = 12_000;
/** Trigrams are kept from one sighting on: the rare ones decide between words that look alike. */
const PRUNING = { minBigram: 2, minTrigram: 1, gain: 0.5, biGain: 3, continuation: 0.4 };

/** Words of a dictionary are behind what texts show; pairs of the web speak where texts have them too. */
const DICTIONARY = { share: 0.02, least: 0.5, power: 0, again: null };
const WEB = { share: 0.3, least: 0.5, power: 0.5, again: 2 };

export interface Lists {
  /** Folder of a dictionary. */
  dictionary?: string | undefined;
  /** A traineddata of Tesseract's that lists pairs of words. */
  tessdata?: string | undefined;
}

/** The model file's bytes. Texts of the folder by the weights of sources.json, the project's own field text, names of units. */
export function languageFile(folder: string, { dictionary, tessdata }: Lists, say: (text: string) => void): Uint8Array {
  const { weights } = JSON.parse(readFileSync(new URL('sources.json', import.meta.url), 'utf8')) as {
    weights: Record<string, number>;
  };
  const field = readText(fileURLToPath(new URL('field.txt', import.meta.url))).split('\n');
  const corpus = readCorpus(
    [
      ...sourcesIn(folder, weights),
      ...(dictionary === undefined ? [] : [dictionarySource(dictionary, weights.dictionary ?? 1)]),
      { name: 'field', path: '', weight: weights.field ?? 1, lines: field },
      { name: 'gazetteer', path: '', weight: weights.gazetteer ?? 1, lines: gazetteerLines(join(folder, 'lists')) },
    ],
    (name, n) => say(`${name}: ${n} words`),
  );
  const { words, texts, title } = limitVocabulary(corpus, VOCABULARY, (word, count) => {
    if (isPlausibleSyllable(word)) return count >= 3 ? count * 30 : 0;
    return count >= 40 ? count : 0;
  });
  say(`${corpus.words.length} different words, ${words.length} kept`);
  const seen = countNgrams(texts, 2, words.length);
  const trigrams = countNgrams(texts, 3, words.length);
  let pairs: Listed = { bigrams: seen, listed: new Uint8Array(seen.keys.length) };
  if (dictionary !== undefined) pairs = withPairs(pairs, listedPairs(dictionary, words), words.length, DICTIONARY);
  if (tessdata !== undefined) pairs = withPairs(pairs, webPairs(tessdata, words), words.length, WEB);
  const { bigrams, listed } = pairs;
  say(`${bigrams.keys.length} bigrams, ${trigrams.keys.length} trigrams`);
  const model = smooth(words, title, bigrams, trigrams, PRUNING, listed);
  say(`kept ${model.bi.keys.length} bigrams, ${model.tri.keys.length} trigrams`);
  return encodeModel(model);
}
