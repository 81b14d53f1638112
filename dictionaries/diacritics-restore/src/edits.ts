/** Texts that may have been printed where a reader wrote another: a search piece by piece through a tree of letters. */
import { units } from './language-model.ts';

/** Texts as a tree of letters: `next[node · letters + letter]` is a node, 0 for none; node 1 is the root. */
export interface Tree {
  next: Int32Array;
  /** Number of the text that ends at a node, -1 for none. */
  end: Int32Array;
  nodes: number;
}

/** Pieces of one or two letters (their numbers, the second 0 for none) that are read alike, likeliest first; scores in UNITs. */
interface Pieces {
  first: Uint16Array;
  second: Uint16Array;
  score: Int32Array;
}

const NONE: Pieces = { first: new Uint16Array(0), second: new Uint16Array(0), score: new Int32Array(0) };

/** No score, in UNITs. */
export const LOWEST = -(2 ** 30);

/** In UNITs. An edit that was never seen: letter changed, letter lost, character added. */
const UNSEEN = units(-9);
/** In UNITs. Whole texts worse than the best by more than this are left out. */
export const BEAM = units(10);
const LOST = -5.5;
/** Characters of the longest text that is searched for. */
export const LONGEST = 12;

/** What a reader makes of pieces of one or two letters. */
export class Edits {
  private readonly readings = new Map<string, Pieces>();
  private readonly letterOf = new Map<string, number>();
  private longest = 1;
  /** Scratch of a search: by place and node the best score; by place the nodes reached, how many, and the best score. */
  private scores = new Int32Array(0);
  private open = new Uint16Array(0);
  private readonly opened = new Int32Array(LONGEST + 1);
  private readonly tops = new Int32Array(LONGEST + 1);

  private readonly partBeam: number;

  /** `pieces`: piece → reading → log probability; beginnings worse than the best by more than `partBeam` nats are not followed. */
  constructor(pieces: Record<string, Record<string, number>>, partBeam: number) {
    this.partBeam = units(partBeam);
    const lists = new Map<string, { first: number; second: number; score: number }[]>();
    for (const [piece, row] of Object.entries(pieces)) {
      for (const [read, score] of Object.entries(row)) {
        // A letter lost without a trace is rare: the rarest of those would only cost time.
        if (read === '' && score < LOST) continue;
        this.longest = Math.max(this.longest, read.length);
        const list = lists.get(read);
        const item = { first: this.letter(piece[0]), second: this.letter(piece[1]), score };
        if (list) list.push(item);
        else lists.set(read, [item]);
      }
    }
    for (const [read, list] of lists) {
      list.sort((a, b) => b.score - a.score);
      this.readings.set(read, {
        first: Uint16Array.from(list, (item) => item.first),
        second: Uint16Array.from(list, (item) => item.second),
        score: Int32Array.from(list, (item) => units(item.score)),
      });
    }
  }

  /** Letters that the trees to come have. */
  learnLetters(text: string): void {
    for (const c of text) this.letter(c);
  }

  private letter(c: string | undefined): number {
    if (c === undefined) return 0;
    const known = this.letterOf.get(c) ?? this.letterOf.size + 1;
    this.letterOf.set(c, known);
    return known;
  }

  /** A tree of texts. All their letters must have been learnt. */
  treeOf(items: readonly string[]): Tree {
    const { letterOf } = this;
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

  /**
   * The texts of a tree that may have been read as `text`, by number, with their log probabilities (UNITs) in `scoreOf`. `unseen`: with
   * edits never seen.
   */
  search(text: string, tree: Tree, unseen: boolean, scoreOf: Int32Array): number[] {
    const n = text.length;
    const { next, end, nodes } = tree;
    const { opened, tops, partBeam } = this;
    const letters = this.letterOf.size + 1;
    const size = (n + 1) * nodes;
    if (this.scores.length < size) {
      this.scores = new Int32Array(size).fill(LOWEST);
      this.open = new Uint16Array(size);
    }
    const { scores, open } = this;
    opened.fill(0, 0, n + 1);
    tops.fill(LOWEST, 0, n + 1);
    const reach = (at: number, node: number, value: number): void => {
      const slot = at * nodes + node;
      const old = scores[slot] as number;
      if (old === LOWEST) open[at * nodes + (opened[at] as number)++] = node;
      if (value > old) {
        scores[slot] = value;
        // At the end only whole texts count.
        if (value > (tops[at] as number) && (at < n || (end[node] as number) >= 0)) tops[at] = value;
      }
    };
    reach(0, 1, 0);
    for (let at = 0; at <= n; at++) {
      const longest = Math.min(this.longest, n - at);
      const least = (tops[at] as number) - (at < n ? partBeam : BEAM);
      // Letters read as nothing and edits never seen reach further nodes of the same place: the list grows while it is walked.
      if (unseen) {
        for (let h = 0; h < (opened[at] as number); h++) {
          const node = open[at * nodes + h] as number;
          const value = scores[at * nodes + node] as number;
          if (value < least || value < UNSEEN) continue;
          if (at < n) reach(at + 1, node, value + UNSEEN);
          for (let letter = 1; letter < letters; letter++) {
            const to = next[node * letters + letter] as number;
            if (to === 0) continue;
            if (at < n) reach(at + 1, to, value + UNSEEN);
            reach(at, to, value + UNSEEN);
          }
        }
      }
      for (let l = 0; l <= longest; l++) {
        const { first, second, score } = this.readings.get(text.slice(at, at + l)) ?? NONE;
        if (first.length === 0) continue;
        const to = at + l;
        const width = to < n ? partBeam : BEAM;
        for (let h = 0; h < (opened[at] as number); h++) {
          const node = open[at * nodes + h] as number;
          const value = scores[at * nodes + node] as number;
          if (value < least) continue;
          const row = node * letters;
          for (let p = 0; p < first.length; p++) {
            const reached = value + (score[p] as number);
            if (reached < (tops[to] as number) - width) break;
            let child = next[row + (first[p] as number)] as number;
            if (child !== 0 && second[p] !== 0) child = next[child * letters + (second[p] as number)] as number;
            if (child !== 0) reach(to, child, reached);
          }
        }
      }
    }
    const found: number[] = [];
    const best = tops[n] as number;
    for (let at = 0; at <= n; at++) {
      for (let h = 0; h < (opened[at] as number); h++) {
        const node = open[at * nodes + h] as number;
        const slot = at * nodes + node;
        const value = scores[slot] as number;
        scores[slot] = LOWEST;
        const number = end[node] as number;
        if (at < n || number < 0 || value < best - BEAM) continue;
        found.push(number);
        scoreOf[number] = value;
      }
    }
    return found;
  }
}
