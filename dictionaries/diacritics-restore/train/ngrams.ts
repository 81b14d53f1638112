/** Counting bigrams and trigrams of numbered texts by sorting. */

/** Sorted distinct n-grams: key, how often seen (raw), and the same with the weights of the sources. */
export interface Counted {
  keys: Float64Array;
  raw: Uint32Array;
  weighted: Float32Array;
}

interface Text {
  weight: number;
  ids: Uint16Array;
}

/** Counts n-grams (n 2 or 3). Key of (a, b, c) is (a·size + b)·size + c; n-grams that end in a second break are left out. */
export function countNgrams(texts: readonly Text[], n: 2 | 3, size: number): Counted {
  const classes = new Map<number, Text[]>();
  for (const t of texts) classes.set(t.weight, [...(classes.get(t.weight) ?? []), t]);
  let merged: Counted | undefined;
  for (const [weight, group] of classes) {
    const keys = collect(group, n, size);
    keys.sort();
    const part = runs(keys, weight);
    merged = merged ? merge(merged, part) : part;
  }
  if (!merged) throw new Error('no text to count');
  return merged;
}

function collect(group: readonly Text[], n: 2 | 3, size: number): Float64Array {
  let total = 0;
  for (const t of group) total += t.ids.length;
  const keys = new Float64Array(total);
  let k = 0;
  for (const { ids } of group) {
    for (let i = n - 1; i < ids.length; i++) {
      const c = ids[i] ?? 0;
      const b = ids[i - 1] ?? 0;
      if (b === 1 && c === 1) continue;
      if (n === 2) keys[k++] = b * size + c;
      else {
        const a = ids[i - 2] ?? 0;
        // After a single break the word before it does not count: (x, <s>) never is a context but (<s>, <s>) is.
        if (b === 1 && a !== 1) continue;
        keys[k++] = (a * size + b) * size + c;
      }
    }
  }
  return keys.slice(0, k);
}

function runs(keys: Float64Array, weight: number): Counted {
  let distinct = 0;
  for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) distinct++;
  const out = {
    keys: new Float64Array(distinct),
    raw: new Uint32Array(distinct),
    weighted: new Float32Array(distinct),
  };
  let d = -1;
  for (let i = 0; i < keys.length; i++) {
    if (i === 0 || keys[i] !== keys[i - 1]) out.keys[++d] = keys[i] ?? 0;
    out.raw[d] = (out.raw[d] ?? 0) + 1;
  }
  for (let i = 0; i < distinct; i++) out.weighted[i] = (out.raw[i] ?? 0) * weight;
  return out;
}

function merge(a: Counted, b: Counted): Counted {
  let i = 0;
  let j = 0;
  let n = 0;
  const size = a.keys.length + b.keys.length;
  const out = { keys: new Float64Array(size), raw: new Uint32Array(size), weighted: new Float32Array(size) };
  while (i < a.keys.length || j < b.keys.length) {
    const x = i < a.keys.length ? (a.keys[i] ?? 0) : Number.POSITIVE_INFINITY;
    const y = j < b.keys.length ? (b.keys[j] ?? 0) : Number.POSITIVE_INFINITY;
    out.keys[n] = Math.min(x, y);
    if (x <= y) {
      out.raw[n] = a.raw[i] ?? 0;
      out.weighted[n] = a.weighted[i++] ?? 0;
    }
    if (y <= x) {
      out.raw[n] = (out.raw[n] ?? 0) + (b.raw[j] ?? 0);
      out.weighted[n] = (out.weighted[n] ?? 0) + (b.weighted[j++] ?? 0);
    }
    n++;
  }
  return { keys: out.keys.slice(0, n), raw: out.raw.slice(0, n), weighted: out.weighted.slice(0, n) };
}

/** Place of a key in sorted keys, -1 where it is not. */
export function find(keys: Float64Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const mid = (low + high) >>> 1;
    const k = keys[mid] ?? 0;
    if (k === key) return mid;
    if (k < key) low = mid + 1;
    else high = mid - 1;
  }
  return -1;
}
