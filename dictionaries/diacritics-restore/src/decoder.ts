/** The search: a lattice of arcs over positions, each arc one or more words of the model; Viterbi, with posteriors on demand. */
import { type LanguageModel, UNIT, units } from './language-model.ts';
import { DECODER } from './weights.ts';
import { BREAK } from './words.ts';

/** A way to read the pieces from a position on. Arcs are shared between positions and never changed. */
export interface Arc {
  /** Pieces it reads: 1, or 2 where two are joined. */
  readonly span: number;
  /** Word numbers of the model, in order. */
  readonly words: readonly number[];
  /** Log probability of the reading given the words, and whatever the rules add. */
  readonly score: number;
  /** What is written, one text per word; none where the token stays as it is whatever happens. */
  readonly texts: readonly string[];
}

/** Words that stand in the document or were named: log bonus of a word after another, in UNITs. */
export interface Memory {
  /** No bonus is higher. */
  readonly most: number;
  bonus(before: number, word: number): number;
}

/** The best path, and the posterior probabilities of the arcs where they were asked for. */
export interface Decoded {
  path: { at: number; arc: Arc }[];
  /** Posterior of arc number `arc` of position `at`; 0 where none was asked for. To be read before the next search. */
  posterior(at: number, arc: number): number;
}

const LOWEST = Number.NEGATIVE_INFINITY;
/** The same for scores in UNITs. */
const LEAST = -(2 ** 30);

/** States or edges of a search by number, one array for each of their fields; kept from sentence to sentence. */
function grown<T extends Int32Array | Float64Array>(array: T, size: number): T {
  if (array.length >= size) return array;
  const more = new (array.constructor as new (length: number) => T)(size * 2);
  more.set(array as never);
  return more;
}

/** The states: the last word, the place of the last two, the best score in UNITs, where it came from; forward and backward sums. */
const states = {
  count: 0,
  word: new Int32Array(1024),
  place: new Int32Array(1024),
  position: new Int32Array(1024),
  score: new Int32Array(1024),
  from: new Int32Array(1024),
  arc: new Int32Array(1024),
  alpha: new Float64Array(1024),
  beta: new Float64Array(1024),
  /** The edge that came last; each edge tells the one before. */
  edge: new Int32Array(1024),
};

/** The edges: from which state, by which arc of its position, with what score. */
const edges = {
  count: 0,
  from: new Int32Array(4096),
  arc: new Int32Array(4096),
  score: new Float64Array(4096),
  before: new Int32Array(4096),
};

/** A new state without scores. */
function addState(word: number, place: number, position: number, from: number, arc: number): number {
  const s = states.count++;
  if (s >= states.word.length) {
    const size = s + 1;
    states.word = grown(states.word, size);
    states.place = grown(states.place, size);
    states.position = grown(states.position, size);
    states.score = grown(states.score, size);
    states.from = grown(states.from, size);
    states.arc = grown(states.arc, size);
    states.alpha = grown(states.alpha, size);
    states.beta = grown(states.beta, size);
    states.edge = grown(states.edge, size);
  }
  states.word[s] = word;
  states.place[s] = place;
  states.position[s] = position;
  states.from[s] = from;
  states.arc[s] = arc;
  states.alpha[s] = LOWEST;
  states.beta[s] = LOWEST;
  states.edge[s] = -1;
  return s;
}

/** A new edge without a score. */
function addEdge(to: number, from: number, arc: number): number {
  const e = edges.count++;
  if (e >= edges.from.length) {
    edges.from = grown(edges.from, e + 1);
    edges.arc = grown(edges.arc, e + 1);
    edges.score = grown(edges.score, e + 1);
    edges.before = grown(edges.before, e + 1);
  }
  edges.from[e] = from;
  edges.arc[e] = arc;
  edges.before[e] = states.edge[to] as number;
  states.edge[to] = e;
  return e;
}

/** The best path through a sentence's lattice; `arcs[i]` are the arcs that start at position i, at least one each. */
export function decode(
  arcs: readonly (readonly Arc[])[],
  model: LanguageModel,
  memory?: Memory,
  posteriors = false,
  beam: number = DECODER.beam,
): Decoded {
  const n = arcs.length;
  const width = units(beam);
  states.count = 0;
  edges.count = 0;
  const open: number[][] = Array.from({ length: n + 1 }, () => []);
  const root = addState(BREAK, model.bigram(BREAK, BREAK), 0, -1, -1);
  states.score[root] = 0;
  states.alpha[root] = 0;
  open[0]?.push(root);
  if (reachedBy.stamp.length < model.words.length) {
    reachedBy.stamp = new Int32Array(model.words.length);
    reachedBy.state = new Int32Array(model.words.length);
  }
  if (tops.length <= n) tops = new Int32Array(2 * n);
  tops.fill(LEAST, 0, n + 1);
  for (let i = 0; i < n; i++) {
    const from = open[i] as number[];
    prune(from, width);
    const here = arcs[i] as readonly Arc[];
    for (let k = 0; k < here.length; k++) {
      const arc = here[k] as Arc;
      const to = i + arc.span;
      extend(from, arc, k, open[to] as number[], model, memory, posteriors, to, width);
    }
  }
  let best = -1;
  let bestScore = LEAST;
  for (const s of open[n] as number[]) {
    const word = states.word[s] as number;
    const next = model.bigram(word, BREAK);
    const end = model.trigramUnits(states.place[s] as number, next, model.bigramUnits(next, word, BREAK));
    states.beta[s] = end * UNIT * DECODER.flatten;
    const score = (states.score[s] as number) + end;
    if (score > bestScore) {
      bestScore = score;
      best = s;
    }
  }
  const path: Decoded['path'] = [];
  for (let s = best; s >= 0 && states.from[s] !== -1; s = states.from[s] as number) {
    const at = states.position[states.from[s] as number] as number;
    path.push({ at, arc: arcs[at]?.[states.arc[s] as number] as Arc });
  }
  return { path: path.reverse(), posterior: posteriors ? spread(open, arcs) : () => 0 };
}

/** Where the states that one arc reaches are found: by the word before it, where the model has the pair; else all in one. */
const reachedBy = { arc: 0, stamp: new Int32Array(0), state: new Int32Array(0), other: -1 };

/** The best score at each position so far. */
let tops = new Int32Array(64);

/**
 * Follows one arc from all states of a position to position `to`. What is so far behind the best there as to fall out of the beam
 * whatever the model says is not followed.
 */
function extend(
  from: readonly number[],
  arc: Arc,
  number: number,
  target: number[],
  model: LanguageModel,
  memory: Memory | undefined,
  keepEdges: boolean,
  to: number,
  beam: number,
): void {
  const { words } = arc;
  const flatten = UNIT * DECODER.flatten;
  const first = words[0] as number;
  const single = words.length === 1;
  const own = units(arc.score);
  const most = own + (memory ? words.length * memory.most : 0) + beam;
  reachedBy.arc++;
  reachedBy.other = -1;
  let best = tops[to] as number;
  // States that end in the same word lie side by side: what depends on that word alone is looked up once.
  let lastWord = -1;
  let lastPlace = -1;
  let lower = 0;
  let extra = 0;
  for (let i = 0; i < from.length; i++) {
    const state = from[i] as number;
    const before = states.score[state] as number;
    if (before + most < best) continue;
    const stateWord = states.word[state] as number;
    if (stateWord !== lastWord) {
      lastWord = stateWord;
      lastPlace = model.bigram(lastWord, first);
      lower = model.bigramUnits(lastPlace, lastWord, first);
      extra = own + (memory ? memory.bonus(lastWord, first) : 0);
    }
    let place = lastPlace;
    let gain = extra + model.trigramUnits(states.place[state] as number, place, lower);
    let word = first;
    for (let k = 1; k < words.length; k++) {
      const next = words[k] as number;
      const nextPlace = model.bigram(word, next);
      gain += model.trigramUnits(place, nextPlace, model.bigramUnits(nextPlace, word, next));
      if (memory) gain += memory.bonus(word, next);
      word = next;
      place = nextPlace;
    }
    const score = before + gain;
    if (score > best) best = score;
    else if (score < best - beam) continue;
    const paired = single && place >= 0;
    let reached = paired
      ? reachedBy.stamp[lastWord] === reachedBy.arc
        ? (reachedBy.state[lastWord] as number)
        : -1
      : reachedBy.other;
    if (reached < 0) {
      reached = addState(word, place, to, state, number);
      states.score[reached] = score;
      target.push(reached);
      if (paired) {
        reachedBy.stamp[lastWord] = reachedBy.arc;
        reachedBy.state[lastWord] = reached;
      } else reachedBy.other = reached;
    } else if (score > (states.score[reached] as number)) {
      states.score[reached] = score;
      states.from[reached] = state;
    }
    if (!keepEdges) continue;
    const edge = addEdge(reached, state, number);
    edges.score[edge] = gain * flatten;
    const a = states.alpha[reached] as number;
    const b = (states.alpha[state] as number) + gain * flatten;
    states.alpha[reached] =
      a === LOWEST ? b : a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
  }
  tops[to] = best;
}

/** Leaves the states within the beam of the best, and at most so many. */
function prune(all: number[], beam: number): void {
  if (all.length < 2) return;
  const { score } = states;
  let top = LEAST;
  for (const s of all) if ((score[s] as number) > top) top = score[s] as number;
  keep(all, top - beam);
  if (all.length <= DECODER.width) return;
  const scores = Int32Array.from(all, (s) => score[s] as number).sort();
  keep(all, scores[all.length - DECODER.width] as number, true);
}

/** Takes out, in place, the states whose score is below `least` (or equal, unless `even`). */
function keep(all: number[], least: number, even = false): void {
  let kept = 0;
  for (const s of all) {
    const score = states.score[s] as number;
    if (score > least || (even && score === least)) all[kept++] = s;
  }
  all.length = kept;
}

function logAdd(a: number, b: number): number {
  if (a === LOWEST) return b;
  if (b === LOWEST) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** Backward pass: the posterior of every arc. */
function spread(open: readonly number[][], arcs: readonly (readonly Arc[])[]): Decoded['posterior'] {
  const offsets = new Int32Array(arcs.length + 1);
  arcs.forEach((list, i) => {
    offsets[i + 1] = (offsets[i] as number) + list.length;
  });
  const out = new Float64Array(offsets[arcs.length] as number);
  const { alpha, beta } = states;
  let all = LOWEST;
  for (const s of open[open.length - 1] ?? []) all = logAdd(all, (alpha[s] as number) + (beta[s] as number));
  for (let i = open.length - 1; i > 0; i--) {
    for (const state of open[i] ?? []) {
      const behind = beta[state] as number;
      if (behind === LOWEST) continue;
      for (let e = states.edge[state] as number; e >= 0; e = edges.before[e] as number) {
        const from = edges.from[e] as number;
        const score = edges.score[e] as number;
        const at = (offsets[states.position[from] as number] as number) + (edges.arc[e] as number);
        out[at] = (out[at] as number) + Math.exp((alpha[from] as number) + score + behind - all);
        beta[from] = logAdd(beta[from] as number, score + behind);
      }
    }
  }
  return (at, arc) => out[(offsets[at] as number) + arc] as number;
}
