/**
 * What a reader makes of printed letters. A syllable is read as its onset and its rime are, and each of those piece by piece
 * (one or two letters → up to four characters), with scores learnt by train/channel-em.ts; rimes seen often have counts of their own.
 */
import type { LanguageModel } from './language-model.ts';
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

/** Onsets or rimes as a tree of letters: `next[node · letters + letter]` is a node, 0 for none; node 1 is the root. */
interface Tree {
  next: Int32Array;
  /** Number of the onset or rime that ends at a node, -1 for none. */
  end: Int32Array;
  nodes: number;
}

/** A piece of one or two letters (their numbers, the second 0 for none) and what its reading scores. */
interface Piece {
  first: number;
  second: number;
  score: number;
}

const NONE: Piece[] = [];

interface Segment {
  index: number;
  score: number;
}

function treeOf(items: readonly string[], letterOf: ReadonlyMap<string, number>): Tree {
  const letters = letterOf.size + 1;
  const most = items.reduce((n, text) => n + text.length, 2);
  const tree: Tree = { next: new Int32Array(most * letters), end: new Int32Array(most).fill(-1), nodes: 2 };
  items.forEach((text, i) => {
    let node = 1;
    for (const c of text) {
      const slot = node * letters + (letterOf.get(c) ?? 0);
      if (tree.next[slot] === 0) tree.next[slot] = tree.nodes++;
      node = tree.next[slot] as number;
    }
    tree.end[node] = i;
  });
  return { next: tree.next.slice(0, tree.nodes * letters), end: tree.end.slice(0, tree.nodes), nodes: tree.nodes };
}

/** An edit that was never seen: letter changed, letter lost, character added. */
const UNSEEN = -9;
/** Parts of a word worse than the best by more than this are not followed. */
const BEAM = 11;
const PART_BEAM = 9;
const LOST = -5.5;
/** Counts of a whole rime weigh as much as the pieces when there are this many. */
const RIME_PRIOR = 8;
/** … but never less than this share: pages other than the trainer's are misread in other ways. */
const PIECES_LEAST = 0.3;
/** Most words of a reading, and of one with edits never seen; weight of how often a word is written at all against the channel's score. */
const MOST = 24;
const MOST_ROUGH = 80;
const OWN = 0.7;
/** Parts, and readings, remembered. */
const CACHE = 8000;
const CACHE_READINGS = 1000;

/** The readings of one channel over the syllables of a model. */
export class Channel {
  private readonly readings = new Map<string, Piece[]>();
  private readonly letterOf = new Map<string, number>();
  private readonly letters: number;
  private readonly wholeRimes = new Map<string, Map<number, number>>();
  private readonly rimeTotals: Float64Array;
  private readonly onsets: string[] = [];
  private readonly rimes: string[] = [];
  private readonly onsetTries: Record<Printed, Tree>;
  private readonly rimeTries: Record<Printed, Tree>;
  private readonly bareRimes: Tree;
  private readonly ids: Uint16Array;
  private readonly cache = new Map<string, Segment[]>();
  private readonly words = new Map<string, Reading[]>();
  private longest = 1;
  /** Scratch of `walk`. */
  private scores = new Float32Array(0);
  /** Whether edits never seen are tried: only for a reading that has no words without them. */
  private unseen = false;

  private readonly model: LanguageModel;

  constructor(file: ChannelFile, model: LanguageModel) {
    this.model = model;
    const letter = (c: string | undefined): number => {
      if (c === undefined) return 0;
      const known = this.letterOf.get(c) ?? this.letterOf.size + 1;
      this.letterOf.set(c, known);
      return known;
    };
    for (const [piece, row] of Object.entries(file.pieces)) {
      for (const [read, score] of Object.entries(row)) {
        // A letter lost without a trace is rare: the rarest of those would only cost time.
        if (read === '' && score < LOST) continue;
        this.longest = Math.max(this.longest, read.length);
        const list = this.readings.get(read);
        const item = { first: letter(piece[0]), second: letter(piece[1]), score };
        if (list) list.push(item);
        else this.readings.set(read, [item]);
      }
    }
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
    for (const text of [...this.onsets, ...this.rimes]) for (const c of text + upper(text)) letter(c);
    this.letters = this.letterOf.size + 1;
    const tries = (items: string[], print: (text: string) => string): Tree => treeOf(items.map(print), this.letterOf);
    const same = (text: string): string => text;
    this.onsetTries = {
      lower: tries(this.onsets, same),
      title: tries(this.onsets, capitalise),
      upper: tries(this.onsets, upper),
    };
    this.rimeTries = {
      lower: tries(this.rimes, same),
      title: tries(this.rimes, same),
      upper: tries(this.rimes, upper),
    };
    this.bareRimes = tries(this.rimes, capitalise);
    this.rimeTotals = new Float64Array(this.rimes.length * 2);
    this.readRimes(file, rimeOf);
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
    if (text.length === 0 || text.length > 12) return [];
    const best = new Map<number, number>();
    let top = Number.NEGATIVE_INFINITY;
    const width = this.rimes.length;
    for (let s = 0; s <= Math.min(text.length, 5); s++) {
      const onsets = this.segment(text.slice(0, s), this.onsetTries[printed], `o${printed}`);
      if (onsets.length === 0) continue;
      const rest = text.slice(s);
      const rimes = this.rimesOf(rest, printed);
      const bare = printed === 'title' && s === 0 ? this.segment(rest, this.bareRimes, 'bare') : rimes;
      for (const onset of onsets) {
        if (onset.score < top - BEAM) break;
        const list = this.onsets[onset.index] === '' ? bare : rimes;
        for (const rime of list) {
          const score = onset.score + rime.score;
          if (score < top - BEAM) break;
          const id = this.ids[onset.index * width + rime.index] as number;
          if (id === 0) continue;
          if (score > (best.get(id) ?? Number.NEGATIVE_INFINITY)) best.set(id, score);
          if (score > top) top = score;
        }
      }
    }
    const found: (Reading & { value: number })[] = [];
    for (const [id, score] of best) {
      if (score >= top - BEAM) found.push({ id, score, value: score + OWN * this.model.unigram(id) });
    }
    found.sort((a, b) => b.value - a.value);
    return found.slice(0, this.unseen ? MOST_ROUGH : MOST).map(({ id, score }) => ({ id, score }));
  }

  private rimesOf(text: string, printed: Printed): Segment[] {
    const name = printed === 'upper' ? 'ru' : 'rl';
    const key = `${name}${this.unseen ? '!' : ''}\t${text}`;
    const known = this.cache.get(key);
    if (known) return known;
    const pieces = this.segment(text, this.rimeTries[printed], name, false);
    const whole = this.wholeRimes.get(text);
    const shift = printed === 'upper' ? 1 : 0;
    const scores = new Map<number, number>();
    for (const { index, score } of pieces) scores.set(index, Math.exp(score));
    for (const slot of whole?.keys() ?? [])
      if (slot % 2 === shift && !scores.has(slot >> 1)) scores.set(slot >> 1, 1e-6);
    const found = [...scores].map(([index, p]) => {
      const total = this.rimeTotals[index * 2 + shift] ?? 0;
      const count = whole?.get(index * 2 + shift) ?? 0;
      const prior = Math.max(RIME_PRIOR, total * PIECES_LEAST);
      return { index, score: Math.log((count + prior * p) / (total + prior)) };
    });
    found.sort((a, b) => b.score - a.score);
    this.remember(key, found);
    return found;
  }

  private remember(key: string, found: Segment[]): void {
    if (this.cache.size >= CACHE) this.cache.clear();
    this.cache.set(key, found);
  }

  /** Onsets or rimes that may have been read as `text`, best first. */
  private segment(text: string, root: Tree, name: string, keep = true): Segment[] {
    const key = `${name}${this.unseen ? '!' : ''}\t${text}`;
    const known = keep ? this.cache.get(key) : undefined;
    if (known) return known;
    const found = this.walk(text, root, this.unseen);
    if (keep) this.remember(key, found);
    return found;
  }

  /** The search behind `segment`; `unseen` edits only where there is no reading without. */
  private walk(text: string, tree: Tree, unseen: boolean): Segment[] {
    const n = text.length;
    const { next, end, nodes } = tree;
    const { letters } = this;
    // Best score of every node at every place of the text, and the nodes reached there.
    const size = (n + 1) * nodes;
    if (this.scores.length < size) this.scores = new Float32Array(size);
    const score = this.scores.fill(Number.NEGATIVE_INFINITY, 0, size);
    const open: number[][] = Array.from({ length: n + 1 }, () => []);
    const reach = (at: number, node: number, value: number): void => {
      const slot = at * nodes + node;
      const old = score[slot] as number;
      if (old === Number.NEGATIVE_INFINITY) (open[at] as number[]).push(node);
      if (value > old) score[slot] = value;
    };
    reach(0, 1, 0);
    for (let at = 0; at <= n; at++) {
      const here = open[at] as number[];
      const pieces: Piece[][] = [];
      for (let l = 0; l <= Math.min(this.longest, n - at); l++) {
        pieces.push(this.readings.get(text.slice(at, at + l)) ?? NONE);
      }
      let top = Number.NEGATIVE_INFINITY;
      for (const node of here) top = Math.max(top, score[at * nodes + node] as number);
      // Letters read as nothing reach further nodes of the same place: the list grows while it is walked.
      for (let h = 0; h < here.length; h++) {
        const node = here[h] as number;
        const value = score[at * nodes + node] as number;
        if (value < top - PART_BEAM) continue;
        const row = node * letters;
        for (let l = 0; l < pieces.length; l++) {
          for (const piece of pieces[l] as Piece[]) {
            let to = next[row + piece.first] as number;
            if (to !== 0 && piece.second !== 0) to = next[to * letters + piece.second] as number;
            if (to !== 0) reach(at + l, to, value + piece.score);
          }
        }
        if (!unseen || value < UNSEEN) continue;
        if (at < n) reach(at + 1, node, value + UNSEEN);
        for (let letter = 1; letter < letters; letter++) {
          const to = next[row + letter] as number;
          if (to === 0) continue;
          if (at < n) reach(at + 1, to, value + UNSEEN);
          reach(at, to, value + UNSEEN);
        }
      }
    }
    const found: Segment[] = [];
    for (const node of open[n] as number[]) {
      const index = end[node] as number;
      if (index >= 0) found.push({ index, score: score[n * nodes + node] as number });
    }
    found.sort((a, b) => b.score - a.score);
    const best = found[0]?.score ?? 0;
    return found.filter((s) => s.score >= best - BEAM);
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
