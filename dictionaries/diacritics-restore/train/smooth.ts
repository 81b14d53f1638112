/** From counts to a pruned trigram model: interpolated modified Kneser-Ney, then back-off weights that fit what was kept. */
import { type Counted, find } from './ngrams.ts';

/** A model of log probabilities and log back-off weights (natural logarithms), n-grams sorted by key. */
export interface TrigramModel {
  words: string[];
  /** Log odds of a capital first letter inside a sentence. */
  title: Float64Array;
  uni: { p: Float32Array; bow: Float32Array };
  bi: { keys: Float64Array; p: Float32Array; bow: Float32Array };
  tri: { keys: Float64Array; p: Float32Array };
}

/** What is kept: n-grams seen at least this often, and trigrams whose loss would cost at least `gain` (weighted count × log ratio). */
export interface Pruning {
  minBigram: number;
  minTrigram: number;
  gain: number;
  biGain: number;
  /** Share of Kneser-Ney counts (contexts rather than places) in the lower orders, 0..1. */
  continuation: number;
}

function discounts(raw: Uint32Array): [number, number, number] {
  const n = [0, 0, 0, 0, 0];
  for (const c of raw) if (c < 5) n[c] = (n[c] ?? 0) + 1;
  const [, n1 = 1, n2 = 1, n3 = 1, n4 = 1] = n.map((x) => Math.max(1, x));
  const y = n1 / (n1 + 2 * n2);
  return [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3];
}

/** Weighted counts after the discount, in place; D depends on the raw count. */
function discounted(counts: Counted): Float32Array {
  const d = discounts(counts.raw);
  return counts.weighted.map((w, i) => {
    const c = counts.raw[i] ?? 1;
    return w * (1 - (d[Math.min(c, 3) - 1] ?? 1) / c);
  });
}

/** Sums over the n-grams that share a context (key / size). */
function perContext(keys: Float64Array, size: number, add: (context: number, from: number, to: number) => void): void {
  let from = 0;
  while (from < keys.length) {
    const context = Math.floor((keys[from] ?? 0) / size);
    let to = from + 1;
    while (to < keys.length && Math.floor((keys[to] ?? 0) / size) === context) to++;
    add(context, from, to);
    from = to;
  }
}

/** For each bigram after how many different words it stands. */
function contextTypes(bigrams: Counted, trigrams: Counted, size: number): Counted {
  const types = new Uint32Array(bigrams.keys.length);
  const square = size * size;
  for (let i = 0; i < trigrams.keys.length; i++) {
    const at = find(bigrams.keys, (trigrams.keys[i] ?? 0) % square);
    if (at >= 0) types[at] = (types[at] ?? 0) + 1;
  }
  for (let i = 0; i < types.length; i++) if (types[i] === 0) types[i] = Math.min(3, bigrams.raw[i] ?? 1);
  return { keys: bigrams.keys, raw: types, weighted: Float32Array.from(types) };
}

/** Unigram and interpolated bigram probabilities of counts; `weighted`: unigrams by weight rather than by kinds. */
function lowerOrders(counts: Counted, size: number, weighted: boolean): { uniP: Float64Array; biP: Float32Array } {
  const { keys } = counts;
  const uniCount = new Float64Array(size);
  for (let i = 0; i < keys.length; i++) {
    const w = (keys[i] ?? 0) % size;
    uniCount[w] = (uniCount[w] ?? 0) + (weighted ? (counts.weighted[i] ?? 0) : 1);
  }
  const total = uniCount.reduce((a, b) => a + b, 0);
  const uniP = Float64Array.from(uniCount, (c) => (0.999 * c) / total + 0.001 / size);
  const eff = discounted(counts);
  const biP = new Float32Array(keys.length);
  perContext(keys, size, (_, from, to) => {
    let all = 0;
    let kept = 0;
    for (let i = from; i < to; i++) {
      all += counts.weighted[i] ?? 0;
      kept += eff[i] ?? 0;
    }
    const gamma = 1 - kept / all;
    for (let i = from; i < to; i++) biP[i] = (eff[i] ?? 0) / all + gamma * (uniP[(keys[i] ?? 0) % size] ?? 0);
  });
  return { uniP, biP };
}

/** Builds the model from trigram and bigram counts of a vocabulary; `listed`: bigrams that are kept whatever they are worth. */
export function smooth(
  words: string[],
  title: Float64Array,
  bigrams: Counted,
  trigrams: Counted,
  pruning: Pruning,
  listed?: Uint8Array,
): TrigramModel {
  const size = words.length;
  // Lower orders: half from how often a word is seen, half from after how many different words (Kneser-Ney).
  const types = contextTypes(bigrams, trigrams, size);
  const parts = [bigrams, types].map((counts, i) => lowerOrders(counts, size, i === 0));
  const share = [1 - pruning.continuation, pruning.continuation];
  const mixed = (values: readonly { [i: number]: number }[], i: number): number =>
    values.reduce((sum, v, k) => sum + (share[k] ?? 0) * (v[i] ?? 0), 0);
  const uniP = Float64Array.from(words, (_, i) =>
    mixed(
      parts.map((p) => p.uniP),
      i,
    ),
  );
  const biP = Float32Array.from(bigrams.keys, (_, i) =>
    mixed(
      parts.map((p) => p.biP),
      i,
    ),
  );

  // Trigrams, interpolated; then chosen.
  const triEff = discounted(trigrams);
  const triP = new Float32Array(trigrams.keys.length);
  const keep = new Uint8Array(trigrams.keys.length);
  const keepBi = listed?.slice() ?? new Uint8Array(bigrams.keys.length);
  const square = size * size;
  perContext(trigrams.keys, size, (context, from, to) => {
    let all = 0;
    let kept = 0;
    for (let i = from; i < to; i++) {
      all += trigrams.weighted[i] ?? 0;
      kept += triEff[i] ?? 0;
    }
    const gamma = 1 - kept / all;
    const contextAt = find(bigrams.keys, context);
    for (let i = from; i < to; i++) {
      const key = trigrams.keys[i] ?? 0;
      const at = find(bigrams.keys, key % square);
      const lower = at >= 0 ? (biP[at] ?? 0) : (uniP[key % size] ?? 0);
      const p = (triEff[i] ?? 0) / all + gamma * lower;
      triP[i] = p;
      if ((trigrams.raw[i] ?? 0) < pruning.minTrigram || contextAt < 0 || at < 0) continue;
      if ((trigrams.weighted[i] ?? 0) * Math.log(p / (gamma * lower)) < pruning.gain) continue;
      keep[i] = 1;
      keepBi[at] = 1;
      keepBi[contextAt] = 1;
    }
  });
  perContext(bigrams.keys, size, (_, from, to) => {
    for (let i = from; i < to; i++) {
      if (keepBi[i] || (bigrams.raw[i] ?? 0) < pruning.minBigram) continue;
      const lower = uniP[(bigrams.keys[i] ?? 0) % size] ?? 1e-9;
      if ((bigrams.weighted[i] ?? 0) * Math.abs(Math.log((biP[i] ?? 0) / lower)) >= pruning.biGain) keepBi[i] = 1;
    }
  });

  // Back-off weights for what is left.
  const bi = pick(bigrams.keys, biP, keepBi);
  const tri = pick(trigrams.keys, triP, keep);
  const uniBow = new Float32Array(size);
  perContext(bi.keys, size, (context, from, to) => {
    let high = 0;
    let low = 0;
    for (let i = from; i < to; i++) {
      high += bi.p[i] ?? 0;
      low += uniP[(bi.keys[i] ?? 0) % size] ?? 0;
    }
    uniBow[context] = Math.log(Math.max(1e-6, 1 - high) / Math.max(1e-6, 1 - low));
  });
  const biBow = new Float32Array(bi.keys.length);
  perContext(tri.keys, size, (context, from, to) => {
    let high = 0;
    let low = 0;
    for (let i = from; i < to; i++) {
      high += tri.p[i] ?? 0;
      const at = find(bi.keys, (tri.keys[i] ?? 0) % square);
      low += bi.p[at] ?? 0;
    }
    const at = find(bi.keys, context);
    biBow[at] = Math.log(Math.max(1e-6, 1 - high) / Math.max(1e-6, 1 - low));
  });
  return {
    words,
    title: title.map((p) => Math.log(p / (1 - p))),
    uni: { p: Float32Array.from(uniP, Math.log), bow: uniBow },
    bi: { keys: bi.keys, p: bi.p.map(Math.log), bow: biBow },
    tri: { keys: tri.keys, p: tri.p.map(Math.log) },
  };
}

function pick(keys: Float64Array, p: Float32Array, keep: Uint8Array): { keys: Float64Array; p: Float32Array } {
  let n = 0;
  for (const k of keep) n += k;
  const out = { keys: new Float64Array(n), p: new Float32Array(n) };
  let j = 0;
  for (let i = 0; i < keep.length; i++) {
    if (!keep[i]) continue;
    out.keys[j] = keys[i] ?? 0;
    out.p[j++] = p[i] ?? 0;
  }
  return out;
}
