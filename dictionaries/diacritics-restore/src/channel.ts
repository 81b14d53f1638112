/**
 * What a reader makes of printed letters. A syllable is read as its onset and its rime are, and each of those piece by piece
 * (one or two letters → up to four characters), with scores learnt by train/channel-em.ts; rimes seen often have counts of their own.
 */
import { BEAM, Edits, LONGEST, LOWEST, type Tree } from './edits.ts';
import { type LanguageModel, UNIT, units } from './language-model.ts';
import { type Capitals, capitalise } from './letters.ts';
import { splitSyllable } from './syllable.ts';

/** A channel's file: pieces → readings → log probability; rimes → readings → count ("" the sum of all). */
export interface ChannelFile {
  pieces: Record<string, Record<string, number>>;
  rimes: Record<string, Record<string, number>>;
}

/** The capitals a syllable may be printed in. */
export type Printed = Exclude<Capitals, 'mixed'>;

/** A word of the model that a reading may stand for; score is log P(reading | word). */
export interface Reading {
  id: number;
  score: number;
}

/** Onsets or rimes in one kind of capitals, and what was found for them: text → place in `Segments`. */
interface Part {
  tree: Tree;
  /** Counts of whole rimes are of small letters (0) or of capitals (1); undefined where they do not count. */
  rime: 0 | 1 | undefined;
  found: Map<string, number>;
  /** With edits never seen. */
  rough: Map<string, number>;
}

/** Lists of onsets or rimes with scores, one behind the other, each headed by its length; emptied when full. */
class Segments {
  readonly index = new Uint16Array(POOL);
  readonly score = new Int32Array(POOL);
  used = 0;

  /** Writes the numbers of a list by falling score, and returns its place. */
  put(found: readonly number[], scoreOf: Int32Array): number {
    const { index, score } = this;
    const place = this.used;
    index[place] = found.length;
    let end = place;
    for (const number of found) {
      const value = scoreOf[number] as number;
      let at = ++end;
      for (; at > place + 1 && (score[at - 1] as number) < value; at--) {
        score[at] = score[at - 1] as number;
        index[at] = index[at - 1] as number;
      }
      score[at] = value;
      index[at] = number;
    }
    this.used = end + 1;
    return place;
  }
}

/** Counts of a whole rime weigh as much as the pieces when there are this many. */
const RIME_PRIOR = 8;
/** … but never less than this share: pages other than the trainer's are misread in other ways. */
const PIECES_LEAST = 0.3;
/** Most words of a reading, and of one with edits never seen; weight of how often a word is written at all against the channel's score. */
const MOST = 24;
const MOST_ROUGH = 80;
const OWN = 0.7;
/** Characters of the longest reading of a rime; the longest rime has four letters. */
const LONGEST_RIME = 6;
/** Room for parts found, in segments, and readings remembered. */
const POOL = 200_000;
const CACHE_READINGS = 1000;
/** Room that one word may need. */
const ROOM = 20_000;
/** Probability of a rime that the pieces do not give, but a count. */
const UNLIKELY = 1e-6;

/** The readings of one channel over the syllables of a model. */
export class Channel {
  private readonly edits: Edits;
  private readonly wholeRimes = new Map<string, Map<number, number>>();
  private readonly rimeTotals: Float64Array;
  /** By rime and capitals as `rimeTotals`: log share of the pieces where no count says anything, in UNITs. */
  private readonly rimeShares: Int32Array;
  private readonly onsets: string[] = [];
  private readonly rimes: string[] = [];
  private readonly onsetParts: Record<Printed, Part>;
  private readonly rimeParts: Record<Printed, Part>;
  private readonly bareRimes: Part;
  private readonly parts: readonly Part[];
  private readonly ids: Uint16Array;
  private readonly segments = new Segments();
  private readonly words = new Map<string, Reading[]>();
  /** Whether edits never seen are tried: only for a reading that has no words without them. */
  private unseen = false;
  /** Scratch: by onset, rime or word the best score, in UNITs. */
  private readonly byPart: Int32Array;
  private readonly byWord: Int32Array;

  private readonly model: LanguageModel;

  /** `partBeam`: beginnings of a word worse than the best by more nats are not followed. */
  constructor(file: ChannelFile, model: LanguageModel, partBeam: number) {
    this.model = model;
    this.edits = new Edits(file.pieces, partBeam);
    const onsetOf = new Map<string, number>();
    const rimeOf = new Map<string, number>();
    const cells: [number, number, number][] = [];
    model.words.forEach((word, id) => {
      const parts = id > 2 ? splitSyllable(word) : undefined;
      if (!parts || !/^[aăâeêioôơuưy]+(?:c|ch|m|n|ng|nh|p|t)?$/.test(parts.base)) return;
      cells.push([numberOf(onsetOf, this.onsets, parts.onset), numberOf(rimeOf, this.rimes, parts.rime), id]);
    });
    this.ids = new Uint16Array(this.onsets.length * this.rimes.length);
    for (const [onset, rime, id] of cells) this.ids[onset * this.rimes.length + rime] = id;
    const upper = (text: string): string => text.toUpperCase();
    for (const text of [...this.onsets, ...this.rimes]) this.edits.learnLetters(text + upper(text));
    const part = (items: string[], print: (text: string) => string, rime?: 0 | 1): Part => ({
      tree: this.edits.treeOf(items.map(print)),
      rime,
      found: new Map(),
      rough: new Map(),
    });
    const same = (text: string): string => text;
    const [small, capital] = [part(this.rimes, same, 0), part(this.rimes, upper, 1)];
    this.rimeParts = { lower: small, title: small, upper: capital };
    this.bareRimes = part(this.rimes, capitalise);
    this.onsetParts = {
      lower: part(this.onsets, same),
      title: part(this.onsets, capitalise),
      upper: part(this.onsets, upper),
    };
    this.parts = [small, capital, this.bareRimes, ...Object.values(this.onsetParts)];
    this.byPart = new Int32Array(Math.max(this.onsets.length, this.rimes.length)).fill(LOWEST);
    this.byWord = new Int32Array(model.words.length).fill(LOWEST);
    this.rimeTotals = new Float64Array(this.rimes.length * 2);
    this.readRimes(file, rimeOf);
    this.rimeShares = Int32Array.from(this.rimeTotals, (total) => {
      const prior = Math.max(RIME_PRIOR, total * PIECES_LEAST);
      return units(Math.log(prior / (total + prior)));
    });
  }

  /** Counts of whole rimes, in lower case and in capitals. */
  private readRimes(file: ChannelFile, rimeOf: Map<string, number>): void {
    for (const [rime, row] of Object.entries(file.rimes)) {
      const low = rime.toLowerCase();
      const index = rimeOf.get(low);
      if (index === undefined || (rime !== low && rime !== rime.toUpperCase())) continue;
      const slot = index * 2 + (rime === low ? 0 : 1);
      this.rimeTotals[slot] = row[''] ?? 0;
      for (const [read, count] of Object.entries(row)) {
        if (read === '') continue;
        let map = this.wholeRimes.get(read);
        if (!map) {
          map = new Map();
          this.wholeRimes.set(read, map);
        }
        map.set(slot, count);
      }
    }
  }

  /**
   * Words that may have been printed where `text` was read, likeliest by themselves first: the channel alone does not
   * tell hành from hãnh. `rough`: with edits never seen, if need be.
   */
  read(text: string, printed: Printed, rough = false): readonly Reading[] {
    const key = `${rough ? '!' : ''}${printed}\t${text}`;
    const known = this.words.get(key);
    if (known) return known;
    let found = this.search(text, printed);
    if (found.length === 0 && rough && text.length <= 9) {
      this.unseen = true;
      found = this.search(text, printed);
      this.unseen = false;
    }
    if (this.words.size >= CACHE_READINGS) this.words.clear();
    this.words.set(key, found);
    return found;
  }

  private search(text: string, printed: Printed): Reading[] {
    if (text.length === 0 || text.length > LONGEST) return [];
    if (this.segments.used > POOL - ROOM) this.forget();
    const { byWord, ids } = this;
    const { index, score } = this.segments;
    const touched: number[] = [];
    let top = LOWEST;
    const width = this.rimes.length;
    for (let s = 0; s <= Math.min(text.length, 5); s++) {
      const onsets = this.find(text.slice(0, s), this.onsetParts[printed]);
      const onsetsEnd = onsets + (index[onsets] as number);
      if (onsets === onsetsEnd) continue;
      const rest = text.slice(s);
      if (rest.length > LONGEST_RIME) continue;
      const rimes = this.find(rest, this.rimeParts[printed]);
      const bare = printed === 'title' && s === 0 ? this.find(rest, this.bareRimes) : rimes;
      for (let o = onsets + 1; o <= onsetsEnd; o++) {
        const onset = score[o] as number;
        if (onset < top - BEAM) break;
        const row = (index[o] as number) * width;
        const list = this.onsets[index[o] as number] === '' ? bare : rimes;
        const end = list + (index[list] as number);
        for (let r = list + 1; r <= end; r++) {
          const value = onset + (score[r] as number);
          if (value < top - BEAM) break;
          const id = ids[row + (index[r] as number)] as number;
          if (id === 0) continue;
          const old = byWord[id] as number;
          if (old === LOWEST) touched.push(id);
          if (value > old) byWord[id] = value;
          if (value > top) top = value;
        }
      }
    }
    const found: Reading[] = [];
    for (const id of touched) {
      const own = byWord[id] as number;
      if (own >= top - BEAM) found.push({ id, score: own * UNIT });
      // From here on what it is sorted by.
      byWord[id] = own + Math.round(OWN * this.model.unigramUnits(id));
    }
    found.sort((a, b) => (byWord[b.id] as number) - (byWord[a.id] as number));
    for (const id of touched) byWord[id] = LOWEST;
    const most = this.unseen ? MOST_ROUGH : MOST;
    if (found.length > most) found.length = most;
    return found;
  }

  /** Forgets the parts found: their room is full. */
  private forget(): void {
    this.segments.used = 0;
    for (const part of this.parts) {
      part.found.clear();
      part.rough.clear();
    }
  }

  /** Onsets or rimes that may have been read as `text`, best first: a place in `segments`. */
  private find(text: string, part: Part): number {
    const cache = this.unseen ? part.rough : part.found;
    const known = cache.get(text);
    if (known !== undefined) return known;
    const found = this.edits.search(text, part.tree, this.unseen, this.byPart);
    if (part.rime !== undefined) this.weighRimes(text, found, part.rime);
    const place = this.segments.put(found, this.byPart);
    for (const number of found) this.byPart[number] = LOWEST;
    cache.set(text, place);
    return place;
  }

  /** Weighs the pieces' scores in `byPart` against the counts of whole rimes; adds the rimes that only those have. */
  private weighRimes(text: string, found: number[], shift: 0 | 1): void {
    const { byPart } = this;
    const whole = this.wholeRimes.get(text);
    for (const number of found)
      byPart[number] = (byPart[number] as number) + (this.rimeShares[number * 2 + shift] as number);
    for (const [slot, count] of whole ?? []) {
      if (slot % 2 !== shift) continue;
      const number = slot >> 1;
      const old = byPart[number] as number;
      if (old === LOWEST) found.push(number);
      const total = this.rimeTotals[slot] as number;
      const prior = Math.max(RIME_PRIOR, total * PIECES_LEAST);
      const pieces = old === LOWEST ? (UNLIKELY * prior) / (total + prior) : Math.exp(old * UNIT);
      byPart[number] = units(Math.log(count / (total + prior) + pieces));
    }
  }
}

function numberOf(map: Map<string, number>, list: string[], text: string): number {
  let n = map.get(text);
  if (n === undefined) {
    n = list.length;
    list.push(text);
    map.set(text, n);
  }
  return n;
}
