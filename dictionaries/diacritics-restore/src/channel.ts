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

interface Node {
  next: Map<string, Node>;
  /** Number of the onset or rime that ends here, -1 for none. */
  end: number;
}

const NONE: { piece: string; score: number }[] = [];

interface Segment {
  index: number;
  score: number;
}

const newNode = (): Node => ({ next: new Map(), end: -1 });

function insert(root: Node, text: string, end: number): void {
  let node = root;
  for (const c of text) {
    let next = node.next.get(c);
    if (!next) {
      next = newNode();
      node.next.set(c, next);
    }
    node = next;
  }
  node.end = end;
}

/** An edit that was never seen: letter changed, letter lost, character added. */
const UNSEEN = -9;
/** Parts of a word worse than the best by more than this are not followed. */
const BEAM = 11;
const PART_BEAM = 9;
const LOST = -5.5;
/** Counts of a whole rime weigh as much as the pieces when there are this many. */
const RIME_PRIOR = 8;
const CACHE = 30_000;

/** The readings of one channel over the syllables of a model. */
export class Channel {
  private readonly readings = new Map<string, { piece: string; score: number }[]>();
  private readonly wholeRimes = new Map<string, Map<number, number>>();
  private readonly rimeTotals: Float64Array;
  private readonly onsets: string[] = [];
  private readonly rimes: string[] = [];
  private readonly onsetTries: Record<Printed, Node>;
  private readonly rimeTries: Record<Printed, Node>;
  private readonly bareRimes: Node;
  private readonly ids: Uint16Array;
  private readonly cache = new Map<string, Segment[]>();
  private readonly words = new Map<string, Reading[]>();
  private longest = 1;
  /** Whether edits never seen are tried: only for a reading that has no words without them. */
  private unseen = false;

  constructor(file: ChannelFile, model: LanguageModel) {
    for (const [piece, row] of Object.entries(file.pieces)) {
      for (const [read, score] of Object.entries(row)) {
        // A letter lost without a trace is rare: the rarest of those would only cost time.
        if (read === '' && score < LOST) continue;
        this.longest = Math.max(this.longest, read.length);
        const list = this.readings.get(read);
        if (list) list.push({ piece, score });
        else this.readings.set(read, [{ piece, score }]);
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
    const tries = (items: string[], print: (text: string) => string): Node => {
      const root = newNode();
      items.forEach((text, i) => {
        insert(root, print(text), i);
      });
      return root;
    };
    const upper = (text: string): string => text.toUpperCase();
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

  /** Words that may have been printed where `text` was read, best first (at most 40); `rough`: with edits never seen, if need be. */
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
    if (this.words.size >= CACHE) this.words.clear();
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
    return [...best]
      .map(([id, score]) => ({ id, score }))
      .filter((r) => r.score >= top - BEAM)
      .sort((a, b) => b.score - a.score)
      .slice(0, 40);
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
      return { index, score: Math.log((count + RIME_PRIOR * p) / (total + RIME_PRIOR)) };
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
  private segment(text: string, root: Node, name: string, keep = true): Segment[] {
    const key = `${name}${this.unseen ? '!' : ''}\t${text}`;
    const known = keep ? this.cache.get(key) : undefined;
    if (known) return known;
    const found = this.walk(text, root, this.unseen);
    if (keep) this.remember(key, found);
    return found;
  }

  /** The search behind `segment`; `unseen` edits only where there is no reading without. */
  private walk(text: string, root: Node, unseen: boolean): Segment[] {
    const n = text.length;
    const open: Map<Node, number>[] = Array.from({ length: n + 1 }, () => new Map<Node, number>());
    open[0]?.set(root, 0);
    const reach = (at: number, node: Node, score: number): void => {
      const map = open[at];
      if (map && score > (map.get(node) ?? Number.NEGATIVE_INFINITY)) map.set(node, score);
    };
    for (let at = 0; at <= n; at++) {
      const here = open[at];
      if (!here) break;
      let top = Number.NEGATIVE_INFINITY;
      for (const score of here.values()) if (score > top) top = score;
      // Letters read as nothing reach further nodes of the same place: the map grows while it is walked.
      for (const [node, score] of here) {
        if (score < top - PART_BEAM) continue;
        for (let l = 0; l <= Math.min(this.longest, n - at); l++) {
          for (const r of this.readings.get(text.slice(at, at + l)) ?? NONE) {
            let next: Node | undefined = node;
            for (let k = 0; k < r.piece.length && next; k++) next = next.next.get(r.piece[k] as string);
            if (next) reach(at + l, next, score + r.score);
          }
        }
        if (!unseen || score < UNSEEN) continue;
        if (at < n) {
          reach(at + 1, node, score + UNSEEN);
          for (const next of node.next.values()) reach(at + 1, next, score + UNSEEN);
        }
        for (const next of node.next.values()) reach(at, next, score + UNSEEN);
      }
    }
    const found: Segment[] = [];
    for (const [node, score] of open[n] ?? []) if (node.end >= 0) found.push({ index: node.end, score });
    found.sort((a, b) => b.score - a.score);
    const top = found[0]?.score ?? 0;
    return found.filter((s) => s.score >= top - BEAM);
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
