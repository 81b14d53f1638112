/** What a document has shown so far: words and pairs of words it uses, to lean to where a reading is unclear. */
import type { Memory } from './decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { MEMORY } from './weights.ts';
import { eachWord, SPECIALS } from './words.ts';

const SHIFT = 65536;

/** Counts of words and pairs, and the bonus they give. */
export class DocumentMemory implements Memory {
  private readonly pairs = new Map<number, number>();
  private readonly words: Uint32Array;
  private readonly keys: Uint32Array;
  private readonly known = new Map<number, number>();
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
        if (before > 2) {
          const pair = before * SHIFT + word;
          this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
        }
      }
      before = word;
    }
  }

  /** Adds a name or term known from elsewhere: it counts as if read several times. */
  addName(name: string): void {
    const words: number[] = [];
    eachWord(name.normalize('NFC'), (w) => {
      if (w !== SPECIALS[1]) words.push(this.model.id(w));
    });
    for (let i = 1; i < words.length; i++) {
      this.known.set((words[i - 1] as number) * SHIFT + (words[i] as number), MEMORY.name);
    }
  }

  /** Log bonus for `word` after `before`. */
  bonus(before: number, word: number): number {
    if (word <= 2) return 0;
    let sum = 0;
    if (before > 2) {
      const pair = before * SHIFT + word;
      sum = this.known.get(pair) ?? 0;
      const count = this.pairs.get(pair) ?? 0;
      // The place itself counts once: only what stands elsewhere too is evidence.
      if (count > 1) sum += Math.min(MEMORY.pairMost, MEMORY.pair * Math.log(count));
    }
    const own = this.words[word] as number;
    const all = this.keys[this.model.keyOf[word] as number] as number;
    if (own === 0 || own === all) return sum;
    return sum + MEMORY.word * Math.log((own + 0.5) / (all + 1));
  }
}
