/** The trigram model at run time: sorted arrays, searched by halves. Log probabilities are natural logarithms. */

import { inflateRawSync } from 'node:zlib';
import { stripMarks } from './letters.ts';
import { BLOCK_BITS, BOW_STEP, BOW_ZERO, readSections, STEP, TITLE_STEP, TITLE_ZERO, varints } from './model-file.ts';
import { UNKNOWN } from './words.ts';

const P_OF = Float32Array.from({ length: 256 }, (_, q) => -q * STEP);
const BOW_OF = Float32Array.from({ length: 256 }, (_, q) => (BOW_ZERO - q) * BOW_STEP);

/** Unpacked trigrams of a block: third words and probabilities, and the number of its first trigram. */
interface Block {
  first: number;
  words: Uint16Array;
  p: Uint8Array;
}

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
  private readonly triStart: Uint32Array;
  private readonly packed: (Uint8Array | undefined)[];
  private readonly blocks: (Block | undefined)[];

  /** Reads a model file's bytes. Throws where they are none. */
  constructor(file: Uint8Array) {
    const { head, sections, blocks } = readSections(file);
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
    this.small = Float32Array.from(sections.title, (q) => -Math.log1p(Math.exp((q - TITLE_ZERO) * TITLE_STEP)));
    this.title = Float32Array.from(sections.title, (q) => -Math.log1p(Math.exp((TITLE_ZERO - q) * TITLE_STEP)));
    this.uniP = sections.uniP;
    this.uniBow = sections.uniBow;
    this.biP = sections.biP;
    this.packed = blocks;
    this.blocks = blocks.map(() => undefined);
    this.biStart = new Uint32Array(head.words + 1);
    this.biWord = new Uint16Array(head.bigrams);
    const counts = varints(sections.biCounts);
    const seconds = varints(sections.biWords);
    let at = 0;
    for (let w = 0; w < head.words; w++) {
      const n = counts();
      let word = 0;
      for (let i = 0; i < n; i++) {
        word += seconds();
        this.biWord[at++] = word;
      }
      this.biStart[w + 1] = at;
    }
    this.triStart = new Uint32Array(head.bigrams + 1);
    this.biBow = new Uint8Array(head.bigrams).fill(BOW_ZERO);
    const triCounts = varints(sections.triCounts);
    let t = 0;
    let bow = 0;
    for (let b = 0; b < head.bigrams; b++) {
      const n = triCounts();
      if (n > 0) this.biBow[b] = sections.biBow[bow++] ?? BOW_ZERO;
      t += n;
      this.triStart[b + 1] = t;
    }
  }

  /** Unpacks the block of trigrams a bigram belongs to. */
  private block(context: number): Block {
    const number = context >> BLOCK_BITS;
    const first = number << BLOCK_BITS;
    const last = Math.min(first + (1 << BLOCK_BITS), this.biWord.length);
    const start = this.triStart[first] as number;
    const size = (this.triStart[last] as number) - start;
    const bytes = inflateRawSync(this.packed[number] as Uint8Array);
    const words = new Uint16Array(size);
    // As `varints` reads them, written out: every text unpacks most blocks.
    let at = 0;
    let t = 0;
    for (let b = first; b < last; b++) {
      const end = (this.triStart[b + 1] as number) - start;
      let place = t < end ? (this.biStart[this.biWord[b] as number] as number) : 0;
      while (t < end) {
        let byte = bytes[at++] as number;
        place += byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[at++] as number;
          place += (byte & 127) << shift;
        }
        words[t++] = this.biWord[place] as number;
      }
    }
    const block = { first: start, words, p: bytes.subarray(bytes.length - size) };
    this.blocks[number] = block;
    this.packed[number] = undefined;
    return block;
  }

  /** Number of a word in its counted form; UNKNOWN where the model has it not. */
  id(form: string): number {
    return this.idOf.get(form) ?? UNKNOWN;
  }

  /** log p(word) without context. */
  unigram(word: number): number {
    return P_OF[this.uniP[word] ?? 255] ?? -20;
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
      each(this.biWord[place] as number, P_OF[this.biP[place] as number] as number);
    }
  }

  /** log p(b | a) given the place of (a, b). */
  bigramScore(place: number, a: number, b: number): number {
    if (place >= 0) return P_OF[this.biP[place] as number] as number;
    return (BOW_OF[this.uniBow[a] as number] as number) + (P_OF[this.uniP[b] as number] as number);
  }

  /** log p(c | a b): `context` is the place of (a, b), `next` that of (b, c), `lower` is bigramScore(next, b, c). */
  trigramScore(context: number, c: number, next: number, lower: number): number {
    if (context < 0) return lower;
    const start = this.triStart[context] as number;
    const end = this.triStart[context + 1] as number;
    if (start === end) return lower;
    if (next >= 0) {
      const block = this.blocks[context >> BLOCK_BITS] ?? this.block(context);
      const { words, first } = block;
      let low = start - first;
      let high = end - first - 1;
      while (low <= high) {
        const mid = (low + high) >>> 1;
        const w = words[mid] as number;
        if (w === c) return P_OF[block.p[mid] as number] as number;
        if (w < c) low = mid + 1;
        else high = mid - 1;
      }
    }
    return (BOW_OF[this.biBow[context] as number] as number) + lower;
  }
}
