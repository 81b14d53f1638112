/** Writes a trigram model in the format of src/model-file.ts. */
import { brotliCompressSync, constants } from 'node:zlib';
import { BOW_STEP, BOW_ZERO, type ModelHead, SECTIONS, type Section, STEP } from '../src/model-file.ts';
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

/** The file's bytes. `quality` is brotli's (11 for what is committed, 5 while trying things). */
export function encodeModel(model: TrigramModel, quality = 11): Uint8Array {
  const size = model.words.length;
  const parts = Object.fromEntries(SECTIONS.map((s) => [s, new Bytes()])) as Record<Section, Bytes>;
  for (const b of Buffer.from(model.words.join('\n'))) parts.words.byte(b);
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
  const place = new Map<number, number>();
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
  for (let i = 0; i < model.bi.keys.length; i++) {
    parts.biP.byte(quantP(model.bi.p[i] ?? 0));
    const key = model.bi.keys[i] ?? 0;
    const b = second[i] ?? 0;
    const from = start[b] ?? 0;
    const to = start[b + 1] ?? 0;
    let count = 0;
    let last = 0;
    place.clear();
    while (t < model.tri.keys.length && Math.floor((model.tri.keys[t] ?? 0) / size) === key) {
      const c = (model.tri.keys[t] ?? 0) % size;
      const at = placeOf(second, from, to, c);
      parts.triWords.varint(at - last);
      last = at;
      parts.triP.byte(quantP(model.tri.p[t] ?? 0));
      t++;
      count++;
    }
    parts.triCounts.varint(count);
    if (count > 0) parts.biBow.byte(quantBow(model.bi.bow[i] ?? 0));
  }
  const packed = SECTIONS.map((s) =>
    brotliCompressSync(parts[s].done(), {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 },
    }),
  );
  const head: ModelHead = {
    format: 'diacritics-restore lm 1',
    words: size,
    bigrams: model.bi.keys.length,
    trigrams: model.tri.keys.length,
    sections: Object.fromEntries(SECTIONS.map((s, i) => [s, packed[i]?.length ?? 0])) as Record<Section, number>,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...packed]);
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
