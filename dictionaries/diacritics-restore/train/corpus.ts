/** Texts → one long array of word numbers. */
import { BREAK, eachWord, NUMBER, SPECIALS } from '../src/words.ts';
import { isHeldOut, readText, type Source } from './files.ts';

/** A text as numbers: two breaks before each sentence, none inside. */
export interface NumberedText {
  name: string;
  weight: number;
  ids: Uint32Array;
}

/** All texts with the words they number; `words[id]`. */
export interface Corpus {
  words: string[];
  texts: NumberedText[];
  /** Weighted counts of each word inside sentences: in small letters, and with a capital first letter only. */
  small: Float64Array;
  title: Float64Array;
}

/** Different words that are told apart before the vocabulary is chosen. */
const MOST_WORDS = 2_000_000;

/** Reads the training part of every source. `onSource` tells the progress. */
export function readCorpus(sources: readonly Source[], onSource: (name: string, words: number) => void): Corpus {
  const words: string[] = [...SPECIALS];
  const numbers = new Map<string, number>(words.map((w, i) => [w, i]));
  const texts: NumberedText[] = [];
  const small = new Float64Array(MOST_WORDS);
  const title = new Float64Array(MOST_WORDS);
  for (const source of sources) {
    let ids = new Uint32Array(1 << 20);
    let n = 0;
    let open = false;
    const push = (id: number): void => {
      if (n + 4 > ids.length) {
        const more = new Uint32Array(ids.length * 2);
        more.set(ids);
        ids = more;
      }
      ids[n++] = id;
    };
    const each = (word: string, written: string): void => {
      if (word === SPECIALS[BREAK]) {
        open = false;
        return;
      }
      const inside = open;
      if (!open) {
        push(BREAK);
        push(BREAK);
        open = true;
      }
      let id = numbers.get(word);
      if (id === undefined) {
        id = words.length;
        words.push(word);
        numbers.set(word, id);
      }
      push(id);
      if (!inside || id <= NUMBER || id >= MOST_WORDS) return;
      const rest = written.slice(1);
      if (rest !== rest.toLowerCase()) return;
      const row = written[0] === word[0] ? small : title;
      row[id] = (row[id] ?? 0) + source.weight;
    };
    let index = 0;
    for (const line of source.lines ?? readText(source.path).split('\n')) {
      if (source.lines || !isHeldOut(index++)) eachWord(line.normalize('NFC'), each);
      open = false;
    }
    push(BREAK);
    texts.push({ name: source.name, weight: source.weight, ids: ids.slice(0, n) });
    onSource(source.name, n);
  }
  return { words, texts, small, title };
}

/** The corpus with a vocabulary of at most `size` words: the ones that `wanted` values most; all others become unknown. */
export function limitVocabulary(
  corpus: Corpus,
  size: number,
  worth: (word: string, count: number) => number,
): { words: string[]; texts: { name: string; weight: number; ids: Uint16Array }[]; title: Float64Array } {
  const counts = new Float64Array(corpus.words.length);
  for (const text of corpus.texts) for (const id of text.ids) counts[id] = (counts[id] ?? 0) + text.weight;
  const order = [...corpus.words.keys()].filter((id) => id > NUMBER);
  const value = order.map((id) => worth(corpus.words[id] ?? '', counts[id] ?? 0));
  const rank = order.map((_, i) => i).filter((i) => (value[i] ?? 0) > 0);
  rank.sort((a, b) => (value[b] ?? 0) - (value[a] ?? 0));
  const kept = rank.slice(0, size - SPECIALS.length).map((i) => order[i] ?? 0);
  // Frequent words get small numbers: the differences written to the file stay small.
  kept.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const to = new Uint16Array(corpus.words.length);
  const words: string[] = [...SPECIALS];
  to[BREAK] = BREAK;
  to[NUMBER] = NUMBER;
  for (const id of kept) {
    to[id] = words.length;
    words.push(corpus.words[id] ?? '');
  }
  const texts = corpus.texts.map((t) => ({
    name: t.name,
    weight: t.weight,
    ids: Uint16Array.from(t.ids, (id) => to[id] ?? 0),
  }));
  // Share of the places inside sentences where the word has a capital, drawn towards one in twelve.
  const title = Float64Array.from([0, 0, 0, ...kept], (id) => {
    const capital = corpus.title[id] ?? 0;
    return (capital + 1) / (capital + (corpus.small[id] ?? 0) + 12);
  });
  return { words, texts, title };
}
