/** What a document has shown so far: words and pairs of words it uses, to lean to where a reading is unclear. */
import type { Memory } from './decoder.ts';
import { type LanguageModel, units } from './language-model.ts';
import { MEMORY } from './weights.ts';
import { eachWord, SPECIALS } from './words.ts';

const SHIFT = 65536;

/** How often each pair was added: open addressing, never more than half full. */
class PairCounts {
  private keys = new Int32Array(1 << 12);
  private counts = new Int32Array(1 << 12);
  private used = 0;

  add(pair: number): void {
    if (2 * this.used >= this.keys.length) this.grow();
    const slot = this.slotOf(pair);
    if (this.keys[slot] === 0) {
      this.keys[slot] = pair;
      this.used++;
    }
    this.counts[slot] = (this.counts[slot] as number) + 1;
  }

  get(pair: number): number {
    return this.counts[this.slotOf(pair)] as number;
  }

  /** Where a pair stands, or may be put. */
  private slotOf(pair: number): number {
    const mask = this.keys.length - 1;
    let slot = (Math.imul(pair, 0x9e3779b1) >>> 8) & mask;
    while (this.keys[slot] !== 0 && this.keys[slot] !== pair) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, counts } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.counts = new Int32Array(keys.length * 2);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue;
      const slot = this.slotOf(keys[i] as number);
      this.keys[slot] = keys[i] as number;
      this.counts[slot] = counts[i] as number;
    }
  }
}

/** Bonus of a pair by how often it was seen. The place itself counts once: only what stands elsewhere too is evidence. */
const PAIR = Int32Array.from({ length: 64 }, (_, n) =>
  n < 2 ? 0 : units(Math.min(MEMORY.pairMost, MEMORY.pair * Math.log(n))),
);

const PAIR_MOST = units(MEMORY.pairMost);
const NAMED = units(MEMORY.name);

/** Counts of words and pairs, and the bonus they give. */
export class DocumentMemory implements Memory {
  most: number = PAIR_MOST;
  private readonly pairs = new PairCounts();
  private readonly words: Uint32Array;
  private readonly keys: Uint32Array;
  private readonly named = new Set<number>();
  private readonly model: LanguageModel;

  constructor(model: LanguageModel) {
    this.model = model;
    this.words = new Uint32Array(model.words.length);
    this.keys = new Uint32Array(model.words.length);
  }

  /** Adds a sentence as it was read. */
  add(words: readonly number[]): void {
    let before = 1;
    for (const word of words) {
      if (word > 2) {
        const key = this.model.keyOf[word] as number;
        this.words[word] = (this.words[word] as number) + 1;
        this.keys[key] = (this.keys[key] as number) + 1;
        if (before > 2) this.pairs.add(before * SHIFT + word);
      }
      before = word;
    }
  }

  /** Adds a name or term known from elsewhere: it counts as if read several times. */
  addName(name: string): void {
    this.most = PAIR_MOST + NAMED;
    const words: number[] = [];
    eachWord(name.normalize('NFC'), (w) => {
      if (w !== SPECIALS[1]) words.push(this.model.id(w));
    });
    for (let i = 1; i < words.length; i++) this.named.add((words[i - 1] as number) * SHIFT + (words[i] as number));
  }

  /** Log bonus for `word` after `before`, in UNITs. */
  bonus(before: number, word: number): number {
    if (word <= 2) return 0;
    let sum = 0;
    if (before > 2) {
      const pair = before * SHIFT + word;
      if (this.named.size > 0 && this.named.has(pair)) sum = NAMED;
      sum += PAIR[Math.min(PAIR.length - 1, this.pairs.get(pair))] as number;
    }
    const own = this.words[word] as number;
    const all = this.keys[this.model.keyOf[word] as number] as number;
    if (own === 0 || own === all) return sum;
    return sum + units(MEMORY.word * Math.log((own + 0.5) / (all + 1)));
  }
}
