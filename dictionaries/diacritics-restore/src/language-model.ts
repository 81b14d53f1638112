/**
 * The trigram model at run time: sorted arrays, searched by halves. Log probabilities are natural logarithms; the search asks for
 * them in whole UNITs.
 */

import { stripMarks } from './letters.ts';
import {
  BOW_STEP,
  BOW_ZERO,
  LEVEL_BITS,
  rankBits,
  readSections,
  STEP,
  TITLE_STEP,
  TITLE_ZERO,
  varints,
} from './model-file.ts';
import { UNKNOWN } from './words.ts';

/** A search works with whole numbers of this part of a nat: until it is compiled, each fraction costs it an object. */
export const UNIT = 1 / 4096;
/** A score in whole UNITs. */
export const units = (score: number): number => Math.round(score / UNIT);
const P_OF = Int32Array.from({ length: 256 }, (_, q) => units(-q * STEP));
const LEVEL_MASK = (1 << LEVEL_BITS) - 1;
const BOW_OF = Int32Array.from({ length: 256 }, (_, q) => units((BOW_ZERO - q) * BOW_STEP));

/** log p(small first letter) by the byte of the odds; the same of a capital lies mirrored. */
const SMALL_OF = Float32Array.from({ length: 257 }, (_, q) => -Math.log1p(Math.exp((q - TITLE_ZERO) * TITLE_STEP)));

/** A syllable trigram model with back-off. Words are numbers; see `idOf` and `words`. */
export class LanguageModel {
  readonly words: readonly string[];
  /** Word → number. */
  readonly idOf: ReadonlyMap<string, number>;
  /** Word without marks → numbers of the words that look so, frequent ones first. */
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  /** Number of a word's look without marks; equal for words that differ in marks only. */
  readonly keyOf: Int32Array;
  /** log p(small first letter | word) and log p(capital first letter | word) inside a sentence. */
  readonly small: Float32Array;
  readonly title: Float32Array;
  private readonly uniP: Uint8Array;
  private readonly uniBow: Uint8Array;
  private readonly biStart: Uint32Array;
  private readonly biWord: Uint16Array;
  private readonly biP: Uint8Array;
  private readonly biBow: Uint8Array;
  /** Bits of an entry of the rows of trigrams whose second word is this. */
  private readonly entryBits: Uint8Array;
  /** Where the row of a bigram begins in `rows`, in bytes. */
  private readonly rowStart: Uint32Array;
  private readonly rows: Uint8Array;
  private readonly levels: Int32Array;

  /** Reads a model file's bytes. Throws where they are none. */
  constructor(file: Uint8Array) {
    const { head, sections, rows } = readSections(file);
    this.words = Buffer.from(sections.words).toString('utf8').split('\n');
    const idOf = new Map<string, number>();
    const byKey = new Map<string, number[]>();
    this.keyOf = new Int32Array(this.words.length);
    this.words.forEach((word, id) => {
      idOf.set(word, id);
      if (id <= 2) return;
      const key = stripMarks(word);
      const list = byKey.get(key);
      if (list) list.push(id);
      else byKey.set(key, [id]);
      this.keyOf[id] = list ? (this.keyOf[list[0] as number] as number) : id;
    });
    this.idOf = idOf;
    this.byKey = byKey;
    this.small = Float32Array.from(sections.title, (q) => SMALL_OF[q] as number);
    this.title = Float32Array.from(sections.title, (q) => SMALL_OF[2 * TITLE_ZERO - q] as number);
    this.uniP = sections.uniP;
    this.uniBow = sections.uniBow;
    this.biP = sections.biP;
    this.rows = rows;
    this.levels = Int32Array.from(head.levels, units);
    this.entryBits = new Uint8Array(head.words);
    this.biStart = new Uint32Array(head.words + 1);
    this.biWord = new Uint16Array(head.bigrams);
    this.readBigrams(sections.biCounts, sections.biWords);
    this.rowStart = new Uint32Array(head.bigrams + 1);
    this.biBow = new Uint8Array(head.bigrams).fill(BOW_ZERO);
    this.readRows(sections.triCounts, sections.biBow);
  }

  // Both loops read numbers as `varints` does, written out: they are most of what a start costs.
  private readBigrams(counts: Uint8Array, seconds: Uint8Array): void {
    const { biStart, biWord, entryBits } = this;
    const count = varints(counts);
    let from = 0;
    let at = 0;
    for (let w = 0; w < entryBits.length; w++) {
      const n = count();
      let word = 0;
      for (const end = at + n; at < end; at++) {
        let byte = seconds[from++] as number;
        word += byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = seconds[from++] as number;
          word += (byte & 127) << shift;
        }
        biWord[at] = word;
      }
      biStart[w + 1] = at;
      entryBits[w] = rankBits(n) + LEVEL_BITS;
    }
  }

  private readRows(counts: Uint8Array, bows: Uint8Array): void {
    const { biWord, biBow, rowStart, entryBits } = this;
    let from = 0;
    let end = 0;
    let bow = 0;
    for (let b = 0; b < biWord.length; b++) {
      let byte = counts[from++] as number;
      let n = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = counts[from++] as number;
        n += (byte & 127) << shift;
      }
      if (n > 0) biBow[b] = bows[bow++] as number;
      end += (n * (entryBits[biWord[b] as number] as number) + 7) >>> 3;
      rowStart[b + 1] = end;
    }
  }

  /** Number of a word in its counted form; UNKNOWN where the model has it not. */
  id(form: string): number {
    return this.idOf.get(form) ?? UNKNOWN;
  }

  /** log p(word) without context, in UNITs. */
  unigramUnits(word: number): number {
    return P_OF[this.uniP[word] ?? 255] as number;
  }

  /** Place of the bigram (a, b), -1 where it was not kept. The place is what a hypothesis carries on. */
  bigram(a: number, b: number): number {
    let low = this.biStart[a] ?? 0;
    let high = (this.biStart[a + 1] ?? 0) - 1;
    const words = this.biWord;
    while (low <= high) {
      const mid = (low + high) >>> 1;
      const w = words[mid] as number;
      if (w === b) return mid;
      if (w < b) low = mid + 1;
      else high = mid - 1;
    }
    return -1;
  }

  /** Calls `each` for the words seen after `a`, with log p(word | a). */
  eachSuccessor(a: number, each: (word: number, p: number) => void): void {
    const end = this.biStart[a + 1] ?? 0;
    for (let place = this.biStart[a] ?? 0; place < end; place++) {
      each(this.biWord[place] as number, (P_OF[this.biP[place] as number] as number) * UNIT);
    }
  }

  /** log p(b | a) given the place of (a, b). */
  bigramScore(place: number, a: number, b: number): number {
    return this.bigramUnits(place, a, b) * UNIT;
  }

  /** log p(c | a b): `context` is the place of (a, b), `next` that of (b, c), `lower` is bigramScore(next, b, c). */
  trigramScore(context: number, next: number, lower: number): number {
    return this.trigramUnits(context, next, units(lower)) * UNIT;
  }

  /** `bigramScore` in UNITs. */
  bigramUnits(place: number, a: number, b: number): number {
    if (place >= 0) return P_OF[this.biP[place] as number] as number;
    return (BOW_OF[this.uniBow[a] as number] as number) + (P_OF[this.uniP[b] as number] as number);
  }

  /** `trigramScore` in UNITs, as is `lower`. */
  trigramUnits(context: number, next: number, lower: number): number {
    if (context < 0) return lower;
    const start = this.rowStart[context] as number;
    const end = this.rowStart[context + 1] as number;
    if (start === end) return lower;
    if (next >= 0) {
      const { rows } = this;
      const second = this.biWord[context] as number;
      const bits = this.entryBits[second] as number;
      const rank = next - (this.biStart[second] as number);
      const mask = (1 << (bits - LEVEL_BITS)) - 1;
      let low = 0;
      let high = Math.floor(((end - start) << 3) / bits) - 1;
      while (low <= high) {
        const mid = (low + high) >>> 1;
        const bit = mid * bits;
        const at = start + (bit >>> 3);
        const entry =
          ((rows[at] as number) |
            ((rows[at + 1] as number) << 8) |
            ((rows[at + 2] as number) << 16) |
            ((rows[at + 3] as number) << 24)) >>>
          (bit & 7);
        const found = entry & mask;
        if (found === rank) return this.levels[(entry >>> (bits - LEVEL_BITS)) & LEVEL_MASK] as number;
        if (found < rank) low = mid + 1;
        else high = mid - 1;
      }
    }
    return (BOW_OF[this.biBow[context] as number] as number) + lower;
  }
}
