/** Learns a channel: how often letters (one or two) are read as which characters, by EM over aligned words. */

import type { ChannelFile } from '../src/channel.ts';
import { stripMarks, toOldPlacement } from '../src/letters.ts';
import { printedCapitals } from '../src/observed.ts';
import { splitSyllable } from '../src/syllable.ts';
import { bare, type Pair } from './pairs.ts';

/** Longest piece of a reading that a piece of one or two letters may give. */
const LONGEST = [0, 3, 4];
/** What a piece of two letters pays against two pieces of one. */
const TWO_LETTERS = 0.02;

type Table = Map<string, Map<string, number>>;

interface Item {
  word: string;
  read: string;
  count: number;
}

/** Distinct pairs with counts: syllables only, in the capitals they are printed in, tone placement as counted. */
export function trainingItems(pairs: readonly Pair[]): Item[] {
  const items = new Map<string, Item>();
  for (const pair of pairs) {
    const word = bare(pair.truth);
    const read = bare(pair.got);
    const low = toOldPlacement(word.toLowerCase());
    if (read === '' || read.length > word.length + 4 || !splitSyllable(low) || !/^\p{L}+$/u.test(word)) continue;
    const capitals = printedCapitals(word);
    const form =
      capitals === 'upper'
        ? low.toUpperCase()
        : capitals === 'title'
          ? (low[0] ?? '').toUpperCase() + low.slice(1)
          : low;
    const key = `${form}\t${read}`;
    const old = items.get(key);
    if (old) old.count++;
    else items.set(key, { word: form, read, count: 1 });
  }
  return [...items.values()];
}

/** First guess: a letter is read as its bare letter. */
function guess(piece: string, read: string): number {
  if (piece === read) return 0.6;
  if (stripMarks(piece) === stripMarks(read)) return 0.3;
  return 0.002 * 0.3 ** Math.abs(piece.length - read.length);
}

/** How much letters share with others. */
export interface Sharing {
  /** Multiplies what a letter has from its kind. */
  kinds: number;
  /** Multiplies how often marks are lost or changed, as counted over all letters (0: not used). */
  marks: number;
}

/** Learns the tables. `rounds` of EM; pieces seen less than `least` times are dropped at the end. */
export function learnChannel(pairs: readonly Pair[], sharing: Sharing, rounds = 8, least = 1.5): ChannelFile {
  const items = trainingItems(pairs);
  let table: Table | undefined;
  for (let round = 0; round < rounds; round++)
    table = maximise(expect(items, table), round === rounds - 1 ? least : 0.01);
  if (!table) throw new Error('no pairs to learn from');
  const marks = sharing.marks > 0 ? markChanges(table, items) : undefined;
  pool(table, items, sharing.kinds);
  if (marks) shareMarks(table, marks, sharing.marks);
  return { pieces: asObject(table), rimes: asObject(rimeCounts(items, table), true) };
}

function expect(items: readonly Item[], table: Table | undefined): Table {
  const counts: Table = new Map();
  for (const item of items) {
    const { word, read } = item;
    const n = word.length;
    const m = read.length;
    const width = m + 1;
    const forward = new Float64Array((n + 1) * width);
    const backward = new Float64Array((n + 1) * width);
    const score = (i: number, k: number, j: number, l: number): number => {
      const piece = word.slice(i, i + k);
      const part = read.slice(j, j + l);
      const p = table ? (table.get(piece)?.get(part) ?? 0) : guess(piece, part);
      return k === 2 ? p * TWO_LETTERS : p;
    };
    forward[0] = 1;
    backward[n * width + m] = 1;
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= m; j++) {
        const here = forward[i * width + j] ?? 0;
        if (here === 0) continue;
        for (let k = 1; k <= 2 && i + k <= n; k++)
          for (let l = 0; l <= (LONGEST[k] ?? 0) && j + l <= m; l++) {
            const at = (i + k) * width + j + l;
            forward[at] = (forward[at] ?? 0) + here * score(i, k, j, l);
          }
      }
    const all = forward[n * width + m] ?? 0;
    if (all <= 1e-30) continue;
    for (let i = n - 1; i >= 0; i--)
      for (let j = m; j >= 0; j--) {
        let sum = 0;
        for (let k = 1; k <= 2 && i + k <= n; k++)
          for (let l = 0; l <= (LONGEST[k] ?? 0) && j + l <= m; l++) {
            const after = backward[(i + k) * width + j + l] ?? 0;
            if (after === 0) continue;
            const p = score(i, k, j, l);
            sum += p * after;
            const share = ((forward[i * width + j] ?? 0) * p * after * item.count) / all;
            if (share > 1e-6) add(counts, word.slice(i, i + k), read.slice(j, j + l), share);
          }
        backward[i * width + j] = i === n && j === m ? 1 : sum;
      }
  }
  return counts;
}

function add(table: Table, piece: string, read: string, count: number): void {
  let row = table.get(piece);
  if (!row) {
    row = new Map();
    table.set(piece, row);
  }
  row.set(read, (row.get(read) ?? 0) + count);
}

/** Shares of the counts; a little is kept back for readings never seen. */
function maximise(counts: Table, least: number): Table {
  const out: Table = new Map();
  for (const [piece, row] of counts) {
    let all = 1;
    for (const c of row.values()) all += c;
    const kept = new Map<string, number>();
    for (const [read, c] of row) if (c >= (piece.length === 2 ? 2 * least : least)) kept.set(read, c / all);
    if (kept.size) out.set(piece, kept);
  }
  return out;
}

/** Shares of a letter's readings that it has from its kind (ã á à ả ạ ă â …), from all vowels, and from `LOOKALIKES`. */
const POOLED = [0.04, 0.012, 0.06];

/** Readings seen of engines other than the trainer's own; shares among themselves. */
const LOOKALIKES: Record<string, Record<string, number>> = {
  Đ: { B: 0.5, P: 0.35, b: 0.15 },
  ố: { b: 0.6, '6': 0.4 },
  ổ: { b: 0.3, '6': 0.4, d: 0.3 },
  ệ: { '¢': 0.6, '€': 0.4 },
  ề: { '¢': 0.2, '€': 0.2 },
  ể: { '¢': 0.1, '€': 0.2 },
  r: { '1': 0.03 },
  ộ: { '¢': 0.4, g: 0.2, '6': 0.2, '9': 0.2 },
  ò: { '0': 0.1 },
  ự: { y: 0.5, u: 0.2, uy: 0.15, yu: 0.15 },
  ó: { '0': 0.1 },
  o: { '0': 0.03 },
  ọ: { '0': 0.1 },
  ỏ: { '0': 0.1 },
  ụ: { y: 0.7, u: 0.3 },
};

/** The kinds a letter belongs to: its bare letter, and vowel in small or capital letters. */
function kindsOf(letter: string): string[] {
  const bareLetter = stripMarks(letter);
  if (/[đĐ]/.test(letter) || letter.length !== 1) return [];
  if (/[aeiouy]/.test(bareLetter)) return [bareLetter, 'vowel'];
  return /[AEIOUY]/.test(bareLetter) ? [bareLetter, 'VOWEL'] : [];
}

/** Letters that look alike are misread alike: each gets a little of what the others are read as. */
function pool(table: Table, items: readonly Item[], factor: number): void {
  const seen = new Map<string, number>();
  for (const { word, count } of items) for (const c of word) seen.set(c, (seen.get(c) ?? 0) + count);
  const kinds: Table = new Map();
  const totals = new Map<string, number>();
  for (const [piece, row] of table) {
    for (const kind of kindsOf(piece)) {
      const weight = Math.sqrt(seen.get(piece) ?? 1);
      totals.set(kind, (totals.get(kind) ?? 0) + weight);
      for (const [read, p] of row) add(kinds, kind, read, p * weight);
    }
  }
  for (const [piece, row] of table) {
    if (piece.length !== 1) continue;
    kindsOf(piece).forEach((kind, level) => {
      mix(row, kinds.get(kind) ?? new Map(), (factor * (POOLED[level] ?? 0)) / (totals.get(kind) ?? 1));
    });
    mix(row, new Map(Object.entries(LOOKALIKES[piece] ?? {})), POOLED[2] ?? 0);
  }
}

const VOWELS = /^[aeiouy]$/i;

/** A letter's bare vowel, shape (circumflex, breve, horn or none) and tone; undefined for other letters. */
function marksOf(letter: string): { vowel: string; shape: string; tone: string } | undefined {
  const [vowel = '', ...marks] = letter.normalize('NFD');
  if (!VOWELS.test(vowel)) return undefined;
  const shape = marks.find((m) => /[\u0302\u0306\u031b]/.test(m)) ?? '';
  return { vowel, shape, tone: marks.find((m) => m !== shape) ?? '' };
}

/** How often the marks of a vowel (shape and tone) are read as which others, over all vowels in small or in capital letters. */
function markChanges(table: Table, items: readonly Item[]): Table {
  const seen = new Map<string, number>();
  for (const { word, count } of items) for (const c of word) seen.set(c, (seen.get(c) ?? 0) + count);
  const counts: Table = new Map();
  for (const [letter, row] of table) {
    const from = letter.length === 1 ? marksOf(letter) : undefined;
    if (!from) continue;
    for (const [read, p] of row) {
      const to = read.length === 1 ? marksOf(read) : undefined;
      if (to?.vowel.toLowerCase() === from.vowel.toLowerCase())
        add(counts, from.shape + from.tone, to.shape + to.tone, p * (seen.get(letter) ?? 0));
    }
  }
  for (const row of counts.values()) {
    let all = 0;
    for (const c of row.values()) all += c;
    for (const [to, c] of row) row.set(to, c / all);
  }
  return counts;
}

/** Adds to each vowel the changes of marks that vowels with the same marks have. */
function shareMarks(table: Table, marks: Table, factor: number): void {
  for (const [letter, row] of table) {
    const from = letter.length === 1 ? marksOf(letter) : undefined;
    if (!from) continue;
    for (const [to, p] of marks.get(from.shape + from.tone) ?? []) {
      const read = (from.vowel + to).normalize('NFC');
      if (read.length === 1 && read !== letter) row.set(read, (row.get(read) ?? 0) + factor * p);
    }
  }
}

function mix(row: Map<string, number>, other: Map<string, number>, share: number): void {
  for (const [read, p] of other) {
    const shared = share * p;
    if (shared > 1e-5 || row.has(read)) row.set(read, (row.get(read) ?? 0) + shared);
  }
}

/** How often a whole rime was read how, each word split where the table likes best. */
function rimeCounts(items: readonly Item[], table: Table): Table {
  const counts: Table = new Map();
  for (const { word, read, count } of items) {
    const parts = splitSyllable(toOldPlacement(word.toLowerCase()));
    if (!parts) continue;
    const onset = word.slice(0, parts.onset.length);
    const rime = word.slice(parts.onset.length);
    let best = Number.NEGATIVE_INFINITY;
    let at = -1;
    for (let s = 0; s <= Math.min(read.length, onset.length + 2); s++) {
      const p = best1(onset, read.slice(0, s), table) + best1(rime, read.slice(s), table);
      if (p > best) {
        best = p;
        at = s;
      }
    }
    if (at >= 0 && best > -25) add(counts, rime, read.slice(at), count);
  }
  for (const [rime, row] of counts) {
    let all = 0;
    for (const [read, c] of row) {
      all += c;
      if (c < 2) row.delete(read);
    }
    if (row.size) row.set('', all);
    else counts.delete(rime);
  }
  return counts;
}

/** Log score of the best way to read `read` off `word`. */
export function best1(word: string, read: string, table: Table): number {
  const n = word.length;
  const m = read.length;
  const score = new Float64Array((n + 1) * (m + 1)).fill(Number.NEGATIVE_INFINITY);
  score[0] = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= m; j++) {
      const here = score[i * (m + 1) + j] ?? 0;
      if (here === Number.NEGATIVE_INFINITY) continue;
      for (let k = 1; k <= 2 && i + k <= n; k++) {
        const row = table.get(word.slice(i, i + k));
        for (let l = 0; l <= (LONGEST[k] ?? 0) && j + l <= m; l++) {
          const p = row?.get(read.slice(j, j + l)) ?? 1e-7;
          const at = (i + k) * (m + 1) + j + l;
          score[at] = Math.max(score[at] ?? 0, here + Math.log(p * (k === 2 ? TWO_LETTERS : 1)));
        }
      }
    }
  return score[n * (m + 1) + m] ?? Number.NEGATIVE_INFINITY;
}

function asObject(table: Table, counts = false): Record<string, Record<string, number>> {
  const out: Record<string, Record<string, number>> = {};
  for (const [piece, row] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const twoLetters = piece.length === 2 ? Math.log(TWO_LETTERS) : 0;
    const entries = [...row]
      .map(([read, p]) => [read, counts ? Math.round(p) : Math.round((Math.log(p) + twoLetters) * 100) / 100] as const)
      .filter(([, v]) => counts || v > -10.5)
      .sort((a, b) => b[1] - a[1]);
    if (entries.length) out[piece] = Object.fromEntries(entries);
  }
  return out;
}
