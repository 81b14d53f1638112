/** Writes a trigram model in the format of src/model-file.ts. */
import { deflateRawSync } from 'node:zlib';
import {
  BOW_STEP,
  BOW_ZERO,
  LEVEL_BITS,
  type ModelHead,
  PADDING,
  rankBits,
  SECTIONS,
  type Section,
  STEP,
  TITLE_STEP,
  TITLE_ZERO,
} from '../src/model-file.ts';
import type { TrigramModel } from './smooth.ts';

class Bytes {
  private data = new Uint8Array(1 << 16);
  private n = 0;
  varint(value: number): void {
    let v = value;
    while (v > 127) {
      this.byte((v & 127) | 128);
      v >>>= 7;
    }
    this.byte(v);
  }
  byte(value: number): void {
    if (this.n === this.data.length) {
      const more = new Uint8Array(this.data.length * 2);
      more.set(this.data);
      this.data = more;
    }
    this.data[this.n++] = value;
  }
  done(): Uint8Array {
    return this.data.subarray(0, this.n);
  }
}

const quantP = (p: number): number => Math.max(0, Math.min(255, Math.round(-p / STEP)));
const quantBow = (bow: number): number => Math.max(0, Math.min(255, Math.round(BOW_ZERO - bow / BOW_STEP)));

/** The file's bytes. */
export function encodeModel(model: TrigramModel): Uint8Array {
  const size = model.words.length;
  const parts = Object.fromEntries(SECTIONS.map((s) => [s, new Bytes()])) as Record<Section, Bytes>;
  for (const b of Buffer.from(model.words.join('\n'))) parts.words.byte(b);
  for (const odds of model.title)
    parts.title.byte(Math.max(0, Math.min(255, Math.round(TITLE_ZERO + odds / TITLE_STEP))));
  for (const p of model.uni.p) parts.uniP.byte(quantP(p));
  for (const b of model.uni.bow) parts.uniBow.byte(quantBow(b));
  const start = new Uint32Array(size + 1);
  const second = new Uint16Array(model.bi.keys.length);
  model.bi.keys.forEach((key, i) => {
    start[Math.floor(key / size) + 1] = i + 1;
    second[i] = key % size;
  });
  for (let w = 1; w <= size; w++) start[w] = Math.max(start[w] ?? 0, start[w - 1] ?? 0);
  let t = 0;
  for (let w = 0; w < size; w++) {
    const from = start[w] ?? 0;
    const to = start[w + 1] ?? 0;
    parts.biCounts.varint(to - from);
    let last = 0;
    for (let i = from; i < to; i++) {
      parts.biWords.varint((second[i] ?? 0) - last);
      last = second[i] ?? 0;
    }
  }
  const levels = levelsOf(model.tri.p);
  const levelOf = nearest(levels);
  const rows = new Bytes();
  for (let i = 0; i < model.bi.keys.length; i++) {
    parts.biP.byte(quantP(model.bi.p[i] ?? 0));
    const key = model.bi.keys[i] ?? 0;
    const b = second[i] ?? 0;
    const from = start[b] ?? 0;
    const to = start[b + 1] ?? 0;
    const bits = rankBits(to - from);
    let count = 0;
    let pending = 0;
    let filled = 0;
    while (t < model.tri.keys.length && Math.floor((model.tri.keys[t] ?? 0) / size) === key) {
      const c = (model.tri.keys[t] ?? 0) % size;
      pending |= (placeOf(second, from, to, c) | (levelOf(model.tri.p[t] ?? 0) << bits)) << filled;
      for (filled += bits + LEVEL_BITS; filled >= 8; filled -= 8) {
        rows.byte(pending & 255);
        pending >>>= 8;
      }
      t++;
      count++;
    }
    if (filled > 0) rows.byte(pending);
    parts.triCounts.varint(count);
    if (count > 0) parts.biBow.byte(quantBow(model.bi.bow[i] ?? 0));
  }
  for (let i = 0; i < PADDING; i++) rows.byte(0);
  const packed = SECTIONS.map((s) => deflateRawSync(parts[s].done(), { level: 9 }));
  const head: ModelHead = {
    format: 'diacritics-restore lm 3',
    words: size,
    bigrams: model.bi.keys.length,
    trigrams: model.tri.keys.length,
    sections: Object.fromEntries(SECTIONS.map((s, i) => [s, packed[i]?.length ?? 0])) as Record<Section, number>,
    levels,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...packed, rows.done()]);
}

function placeOf(second: Uint16Array, from: number, to: number, word: number): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const mid = (low + high) >>> 1;
    const w = second[mid] ?? 0;
    if (w === word) return mid - from;
    if (w < word) low = mid + 1;
    else high = mid - 1;
  }
  throw new Error('a trigram whose last two words are no bigram of the model');
}

/** Steps of a log probability that are told apart while the levels are sought. */
const FINE = 100;

/** The 2^LEVEL_BITS levels with the least squared error (Lloyd's algorithm on a histogram). */
function levelsOf(p: Float32Array): number[] {
  const histogram = new Float64Array(26 * FINE);
  for (const value of p) {
    const bin = Math.min(histogram.length - 1, Math.max(0, Math.round(-value * FINE)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const count = 1 << LEVEL_BITS;
  let levels = Array.from({ length: count }, (_, i) => ((i + 0.5) * 13) / count);
  for (let round = 0; round < 300; round++) {
    const sums = new Float64Array(count);
    const weights = new Float64Array(count);
    let level = 0;
    histogram.forEach((n, bin) => {
      const value = bin / FINE;
      while (level + 1 < count && value > ((levels[level] ?? 0) + (levels[level + 1] ?? 0)) / 2) level++;
      sums[level] = (sums[level] ?? 0) + n * value;
      weights[level] = (weights[level] ?? 0) + n;
    });
    levels = levels.map((old, i) => ((weights[i] ?? 0) > 0 ? (sums[i] ?? 0) / (weights[i] ?? 1) : old));
  }
  return levels.map((value) => -Math.round(value * 1000) / 1000);
}

/** The number of the level nearest to a log probability. */
function nearest(levels: readonly number[]): (p: number) => number {
  return (p) => {
    let low = 0;
    let high = levels.length - 1;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if (p < ((levels[mid] ?? 0) + (levels[mid + 1] ?? 0)) / 2) low = mid + 1;
      else high = mid;
    }
    return low;
  };
}
