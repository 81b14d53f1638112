/** The search: a lattice of arcs over positions, each arc one or more words of the model; Viterbi with posteriors on demand. */
import type { LanguageModel } from './language-model.ts';
import { DECODER } from './weights.ts';
import { BREAK } from './words.ts';

/** A way to read the pieces from a position up to (not including) `to`. */
export interface Arc {
  to: number;
  /** Word numbers of the model, in order. */
  words: readonly number[];
  /** Log probability of the reading given the words, and whatever the rules add. */
  score: number;
  /** What is written, one text per word. */
  texts: readonly string[];
  /** Filled by the decoder when posteriors are asked for, 0..1. */
  posterior?: number;
}

/** Words that stand in the document or were named: log bonus of a word after another. */
export interface Memory {
  bonus(before: number, word: number): number;
}

interface State {
  word: number;
  place: number;
  score: number;
  from: State | undefined;
  arc: Arc | undefined;
  alpha: number;
  beta: number;
  edges: { from: State; arc: Arc; score: number }[] | undefined;
}

/**
 * The best path through a sentence's lattice; `arcs[i]` are the arcs that start at position i, at least one each.
 * With `posteriors` every arc gets its posterior probability.
 */
export function decode(arcs: readonly Arc[][], model: LanguageModel, memory?: Memory, posteriors = false): Arc[] {
  const n = arcs.length;
  const open: Map<number, State>[] = Array.from({ length: n + 1 }, () => new Map<number, State>());
  const start: State = {
    word: BREAK,
    place: model.bigram(BREAK, BREAK),
    score: 0,
    from: undefined,
    arc: undefined,
    alpha: 0,
    beta: Number.NEGATIVE_INFINITY,
    edges: undefined,
  };
  open[0]?.set(0, start);
  for (let i = 0; i < n; i++) {
    const map = open[i] as Map<number, State>;
    const states = pruned(map);
    open[i] = new Map(states.map((s, k) => [k, s]));
    for (const state of states) {
      for (const arc of arcs[i] as Arc[]) {
        let { word, place } = state;
        let gain = arc.score;
        for (const next of arc.words) {
          const nextPlace = model.bigram(word, next);
          gain += model.trigramScore(place, next, nextPlace, model.bigramScore(nextPlace, word, next));
          if (memory) gain += memory.bonus(word, next);
          word = next;
          place = nextPlace;
        }
        reach(open[arc.to] as Map<number, State>, state, arc, word, place, gain, posteriors);
      }
    }
  }
  const ends = [...(open[n]?.values() ?? [])];
  let best: State | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const s of ends) {
    const next = model.bigram(s.word, BREAK);
    const end = model.trigramScore(s.place, BREAK, next, model.bigramScore(next, s.word, BREAK));
    s.beta = end * DECODER.flatten;
    if (s.score + end > bestScore) {
      bestScore = s.score + end;
      best = s;
    }
  }
  if (posteriors) spread(open);
  const path: Arc[] = [];
  for (let s = best; s?.arc; s = s.from) path.push(s.arc);
  return path.reverse();
}

function pruned(map: Map<number, State>): State[] {
  let top = Number.NEGATIVE_INFINITY;
  for (const s of map.values()) if (s.score > top) top = s.score;
  let states: State[] = [];
  for (const s of map.values()) if (s.score > top - DECODER.beam) states.push(s);
  if (states.length > DECODER.width) {
    states.sort((a, b) => b.score - a.score);
    states = states.slice(0, DECODER.width);
  }
  return states;
}

function reach(
  map: Map<number, State>,
  from: State,
  arc: Arc,
  word: number,
  place: number,
  gain: number,
  keepEdges: boolean,
): void {
  const key = place >= 0 ? place : -word - 1;
  const score = from.score + gain;
  let state = map.get(key);
  if (!state) {
    state = {
      word,
      place,
      score,
      from,
      arc,
      alpha: Number.NEGATIVE_INFINITY,
      beta: Number.NEGATIVE_INFINITY,
      edges: undefined,
    };
    map.set(key, state);
  } else if (score > state.score) {
    state.score = score;
    state.from = from;
    state.arc = arc;
  }
  if (keepEdges) {
    const flat = gain * DECODER.flatten;
    state.alpha = logAdd(state.alpha, from.alpha + flat);
    if (state.edges) state.edges.push({ from, arc, score: flat });
    else state.edges = [{ from, arc, score: flat }];
  }
}

function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}

/** Backward pass: the posterior of every arc. */
function spread(open: readonly Map<number, State>[]): void {
  let all = Number.NEGATIVE_INFINITY;
  for (const s of open[open.length - 1]?.values() ?? []) all = logAdd(all, s.alpha + s.beta);
  for (let i = open.length - 1; i > 0; i--) {
    for (const state of open[i]?.values() ?? []) {
      if (state.beta === Number.NEGATIVE_INFINITY) continue;
      for (const { from, arc, score } of state.edges ?? []) {
        arc.posterior = (arc.posterior ?? 0) + Math.exp(from.alpha + score + state.beta - all);
        from.beta = logAdd(from.beta, score + state.beta);
      }
    }
  }
}
