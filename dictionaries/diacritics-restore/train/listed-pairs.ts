/** Pairs of syllables from lists that tell no counts, brought into the bigrams counted in texts. */
import { type Counted, find } from './ngrams.ts';

/** Bigrams, and which of them are kept whatever they are worth. */
export interface Listed {
  bigrams: Counted;
  listed: Uint8Array;
}

export interface ListWeights {
  /** Share of a syllable's places that its listed pairs are given together, and the least count of one. */
  share: number;
  least: number;
  /** How a share is parted: 0 alike, 1 by how often the second syllable is seen. */
  power: number;
  /** Sightings that a listed pair counts as for the discounts where texts have it too; null: such a pair gets nothing. */
  again: number | null;
}

/** What a pair that no text has counts as for the discounts: no chance sighting. */
const SIGHTINGS = 3;

/** The bigrams with the pairs (first·size + second) of a list. */
export function withPairs(
  { bigrams, listed }: Listed,
  pairs: ReadonlySet<number>,
  size: number,
  { share, least, power, again }: ListWeights,
): Listed {
  const { keys, raw, weighted } = bigrams;
  const places = new Float64Array(size);
  const seen = new Float64Array(size);
  for (let i = 0; i < keys.length; i++) {
    const [first, second] = partsOf(keys[i] ?? 0, size);
    places[first] = (places[first] ?? 0) + (weighted[i] ?? 0);
    seen[second] = (seen[second] ?? 0) + (weighted[i] ?? 0);
  }
  const partOf = (second: number): number => (seen[second] ?? 0) ** power;
  const parts = new Float64Array(size);
  for (const key of pairs) {
    const [first, second] = partsOf(key, size);
    parts[first] = (parts[first] ?? 0) + partOf(second);
  }
  const countOf = (key: number): number => {
    const [first, second] = partsOf(key, size);
    const all = parts[first] ?? 0;
    return Math.max(least, all === 0 ? 0 : (share * (places[first] ?? 0) * partOf(second)) / all);
  };
  const added = Float64Array.from([...pairs].filter((key) => find(keys, key) < 0)).sort();
  const n = keys.length + added.length;
  const out = { keys: new Float64Array(n), raw: new Uint32Array(n), weighted: new Float32Array(n) };
  const kept = new Uint8Array(n);
  for (let i = 0, j = 0, at = 0; at < n; at++) {
    const key = added[j] ?? Number.POSITIVE_INFINITY;
    const known = keys[i] ?? Number.POSITIVE_INFINITY;
    if (known < key) {
      const isAgain = again !== null && pairs.has(known);
      out.keys[at] = known;
      out.raw[at] = (raw[i] ?? 0) + (isAgain ? again : 0);
      out.weighted[at] = (weighted[i] ?? 0) + (isAgain ? countOf(known) : 0);
      kept[at] = listed[i++] ?? 0;
    } else {
      out.keys[at] = key;
      out.raw[at] = SIGHTINGS;
      out.weighted[at] = countOf(key);
      kept[at] = 1;
      j++;
    }
  }
  return { bigrams: out, listed: kept };
}

const partsOf = (key: number, size: number): [first: number, second: number] => [Math.floor(key / size), key % size];
