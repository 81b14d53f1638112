import { fold } from '../fold.ts';
import { matchedCount } from './matcher.ts';

/** One kind's figures by name: p, r, f1, tp, fp, fn, then the shares of its fields. */
export type Figures = Record<string, number>;

/** Index into the gold list, index into the result's list. */
export type Pair = [gold: number, got: number];

/** Rounds half to even, as the judge does; `toFixed` alone would round the exact halves (odd / 2^(digits+1)) up. */
export function round(value: number, digits = 4): number {
  const halves = value * 2 ** (digits + 1);
  if (!Number.isInteger(halves) || halves % 2 === 0) return Number(value.toFixed(digits));
  const below = Math.floor(value * 10 ** digits);
  return (below % 2 === 0 ? below : below + 1) / 10 ** digits;
}

/** Precision, recall and F1 from counts. Nothing to find and nothing found is 1. */
export function precisionRecall(tp: number, fp: number, fn: number): Figures {
  const p = tp + fp ? tp / (tp + fp) : 1;
  const r = tp + fn ? tp / (tp + fn) : 1;
  return { p: round(p), r: round(r), f1: p + r ? round((2 * p * r) / (p + r)) : 0, tp, fp, fn };
}

/** Figures of a matching; a gold line marked optional counts neither way, `free` extra finds are not held against it. */
export function countPairs(
  gold: readonly { optional?: boolean | undefined }[],
  gotCount: number,
  pairs: readonly Pair[],
  free = 0,
): Figures {
  const optional = pairs.filter(([i]) => gold[i]?.optional).length;
  const tp = pairs.length - optional;
  return precisionRecall(tp, gotCount - pairs.length - free, gold.filter((line) => !line.optional).length - tp);
}

/** [share of b's words found in a, share of a's words found in b], in order; 0 where one has no words. */
export function overlap(a: readonly string[], b: readonly string[]): [number, number] {
  if (!a.length || !b.length) return [0, 0];
  const matched = matchedCount(a, b);
  return [matched / b.length, matched / a.length];
}

/** The lesser of the two shares of `overlap`. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  return Math.min(...overlap(a, b));
}

/** `likeness` where it can reach `floor`, else 0: spares the alignment of lengths too different. */
export function likenessFrom(floor: number, a: readonly string[], b: readonly string[]): number {
  return Math.min(a.length, b.length) / Math.max(a.length, b.length) < floor ? 0 : likeness(a, b);
}

/** Matches greedily one to one, best scores first, then the nearest positions; nothing below `floor`. */
export function matchPairs<G, H>(
  gold: readonly G[],
  got: readonly H[],
  score: (gold: G, got: H) => number,
  floor: number,
): Pair[] {
  const candidates: { score: number; i: number; j: number }[] = [];
  for (const [i, g] of gold.entries()) {
    for (const [j, h] of got.entries()) {
      const value = score(g, h);
      if (value >= floor) candidates.push({ score: value, i, j });
    }
  }
  candidates.sort((x, y) => y.score - x.score || Math.abs(x.i - x.j) - Math.abs(y.i - y.j) || y.i - x.i || y.j - x.j);
  const [usedGold, usedGot, pairs] = [new Set<number>(), new Set<number>(), [] as Pair[]];
  for (const { i, j } of candidates) {
    if (usedGold.has(i) || usedGot.has(j)) continue;
    usedGold.add(i);
    usedGot.add(j);
    pairs.push([i, j]);
  }
  return pairs;
}

/** Share of the matched pairs that pass the test; 0 where nothing matched. */
export function shareOf<G, H>(
  pairs: readonly Pair[],
  gold: readonly G[],
  got: readonly H[],
  test: (gold: G, got: H) => boolean,
): number {
  if (!pairs.length) return 0;
  return round(pairs.filter(([i, j]) => test(gold[i] as G, got[j] as H)).length / pairs.length);
}

/** Share of the neighbours, in gold order, that the result has in the same order. */
export function orderShare(pairs: readonly Pair[]): number {
  const order = pairs.toSorted((x, y) => x[0] - y[0] || x[1] - y[1]).map(([, j]) => j);
  if (order.length < 2) return 1;
  return round(order.slice(1).filter((j, i) => (order[i] as number) < j).length / (order.length - 1));
}

/** True where both texts have the same words; null and undefined have none. */
export function sameWords(a: string | null | undefined, b: string | null | undefined): boolean {
  return fold(a ?? '') === fold(b ?? '');
}

/** Words of an issuer's name with UBND written out. */
export function issuerWords(text: string): string {
  return fold(text).replaceAll('ubnd', 'ủy ban nhân dân');
}
