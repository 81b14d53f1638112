/** The search: a lattice of arcs over positions, each arc one or more words of the model; Viterbi, with posteriors on demand. */
import type { LanguageModel } from './language-model.ts';
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

/** Words that stand in the document or were named: log bonus of a word after another. */
export interface Memory {
  bonus(before: number, word: number): number;
}

/** The best path, and for each position the posterior probabilities of its arcs (in their order) where they were asked for. */
export interface Decoded {
  path: { at: number; arc: Arc }[];
  posteriors: Float64Array[];
}

interface State {
  word: number;
  place: number;
  score: number;
  from: State | undefined;
  arc: Arc | undefined;
  at: number;
  alpha: number;
  beta: number;
  edges: { from: State; arc: number; score: number }[] | undefined;
}

const LOWEST = Number.NEGATIVE_INFINITY;

/** The best path through a sentence's lattice; `arcs[i]` are the arcs that start at position i, at least one each. */
export function decode(
  arcs: readonly (readonly Arc[])[],
  model: LanguageModel,
  memory?: Memory,
  posteriors = false,
  beam: number = DECODER.beam,
): Decoded {
  const n = arcs.length;
  const open: State[][] = Array.from({ length: n + 1 }, () => []);
  open[0]?.push({
    word: BREAK,
    place: model.bigram(BREAK, BREAK),
    score: 0,
    from: undefined,
    arc: undefined,
    at: -1,
    alpha: 0,
    beta: LOWEST,
    edges: undefined,
  });
  for (let i = 0; i < n; i++) {
    const states = pruned(open[i] as State[], beam);
    open[i] = states;
    const here = arcs[i] as readonly Arc[];
    for (let k = 0; k < here.length; k++) {
      const arc = here[k] as Arc;
      extend(states, arc, k, i, open[i + arc.span] as State[], model, memory, posteriors);
    }
  }
  let best: State | undefined;
  let bestScore = LOWEST;
  for (const s of open[n] as State[]) {
    const next = model.bigram(s.word, BREAK);
    const end = model.trigramScore(s.place, next, model.bigramScore(next, s.word, BREAK));
    s.beta = end * DECODER.flatten;
    if (s.score + end > bestScore) {
      bestScore = s.score + end;
      best = s;
    }
  }
  const path: Decoded['path'] = [];
  for (let s = best; s?.arc; s = s.from) path.push({ at: s.at, arc: s.arc });
  return { path: path.reverse(), posteriors: posteriors ? spread(open, arcs) : [] };
}

/** Follows one arc from all states of a position. */
function extend(
  states: readonly State[],
  arc: Arc,
  number: number,
  at: number,
  target: State[],
  model: LanguageModel,
  memory: Memory | undefined,
  keepEdges: boolean,
): void {
  const own = target.length;
  const { words } = arc;
  const first = words[0] as number;
  // States that end in the same word lie side by side: what depends on that word alone is looked up once.
  let lastWord = -1;
  let lastPlace = -1;
  let lower = 0;
  let extra = 0;
  for (let s = 0; s < states.length; s++) {
    const state = states[s] as State;
    if (state.word !== lastWord) {
      lastWord = state.word;
      lastPlace = model.bigram(lastWord, first);
      lower = model.bigramScore(lastPlace, lastWord, first);
      extra = arc.score + (memory ? memory.bonus(lastWord, first) : 0);
    }
    let place = lastPlace;
    let gain = extra + model.trigramScore(state.place, place, lower);
    let word = first;
    for (let k = 1; k < words.length; k++) {
      const next = words[k] as number;
      const nextPlace = model.bigram(word, next);
      gain += model.trigramScore(place, nextPlace, model.bigramScore(nextPlace, word, next));
      if (memory) gain += memory.bonus(word, next);
      word = next;
      place = nextPlace;
    }
    const score = state.score + gain;
    let reached: State | undefined;
    for (let t = own; t < target.length; t++) {
      const other = target[t] as State;
      if (other.place === place && other.word === word) {
        reached = other;
        break;
      }
    }
    if (!reached) {
      reached = { word, place, score, from: state, arc, at, alpha: LOWEST, beta: LOWEST, edges: undefined };
      target.push(reached);
    } else if (score > reached.score) {
      reached.score = score;
      reached.from = state;
      reached.arc = arc;
      reached.at = at;
    }
    if (keepEdges) {
      const flat = gain * DECODER.flatten;
      reached.alpha = logAdd(reached.alpha, state.alpha + flat);
      if (reached.edges) reached.edges.push({ from: state, arc: number, score: flat });
      else reached.edges = [{ from: state, arc: number, score: flat }];
    }
  }
}

function pruned(all: State[], beam: number): State[] {
  if (all.length < 2) return all;
  let top = LOWEST;
  for (const s of all) if (s.score > top) top = s.score;
  const states = all.filter((s) => s.score > top - beam);
  if (states.length <= DECODER.width) return states;
  const scores = Float64Array.from(states, (s) => s.score).sort();
  const least = scores[states.length - DECODER.width] as number;
  return states.filter((s) => s.score >= least);
}

function logAdd(a: number, b: number): number {
  if (a === LOWEST) return b;
  if (b === LOWEST) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** Backward pass: the posterior of every arc. */
function spread(open: readonly State[][], arcs: readonly (readonly Arc[])[]): Float64Array[] {
  const out = arcs.map((list) => new Float64Array(list.length));
  let all = LOWEST;
  for (const s of open[open.length - 1] ?? []) all = logAdd(all, s.alpha + s.beta);
  for (let i = open.length - 1; i > 0; i--) {
    for (const state of open[i] ?? []) {
      if (state.beta === LOWEST) continue;
      for (const { from, arc, score } of state.edges ?? []) {
        const start = from.at < 0 ? 0 : startOf(from);
        const row = out[start] as Float64Array;
        row[arc] = (row[arc] ?? 0) + Math.exp(from.alpha + score + state.beta - all);
        from.beta = logAdd(from.beta, score + state.beta);
      }
    }
  }
  return out;
}

/** The position a state stands at: where its arc began, and the arc's span. */
function startOf(state: State): number {
  return state.at + (state.arc?.span ?? 0);
}
