/**
 * The language model's file: a line of JSON (the head), then sections packed with deflate, then the trigrams, which are searched
 * where they lie. Words by number; bigrams by first word, second words as differences; their probabilities and back-off weights
 * are bytes. A row of trigrams belongs to a bigram and begins at a byte: entries of `rankBits` + LEVEL_BITS bits, lowest bits
 * first: the number of the third word among the successors of the second, and which of `levels` its log probability is.
 */
import { inflateRawSync } from 'node:zlib';

/** One step of a stored log probability (natural logarithm); byte q means -q·STEP. */
export const STEP = 0.1;
/** Back-off weights: byte q means (BOW_ZERO - q)·BOW_STEP. */
export const BOW_STEP = 0.07;
export const BOW_ZERO = 40;
/** Log odds of a capital first letter: byte q means (q - TITLE_ZERO)·TITLE_STEP. */
export const TITLE_STEP = 0.08;
export const TITLE_ZERO = 128;
/** Log probabilities of trigrams are told apart by so many bits. */
export const LEVEL_BITS = 6;
/** Bytes behind the last row, so that four can be read anywhere. */
export const PADDING = 4;

/** The names of the sections in the order they stand in the file. */
export const SECTIONS = [
  'words',
  'title',
  'uniP',
  'uniBow',
  'biCounts',
  'biWords',
  'biP',
  'biBow',
  'triCounts',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The head of the file. */
export interface ModelHead {
  format: 'diacritics-restore lm 3';
  words: number;
  bigrams: number;
  trigrams: number;
  /** Packed length of each section in bytes. */
  sections: Record<Section, number>;
  /** Log probabilities of trigrams (natural logarithms), 2^LEVEL_BITS of them. */
  levels: number[];
}

/** Bits of a word's number among `successors`: three at least, so that an entry has a byte and a row's length tells how many it has. */
export function rankBits(successors: number): number {
  return Math.max(3, 32 - Math.clz32(successors - 1));
}

/** Head, unpacked sections and rows of trigrams (a view of `file`) of a model file. Throws where the file is not one. */
export function readSections(file: Uint8Array): {
  head: ModelHead;
  sections: Record<Section, Uint8Array>;
  rows: Uint8Array;
} {
  const end = file.indexOf(10);
  if (end < 0 || end > 65536) throw new Error('not a language model file: no head');
  const head = JSON.parse(Buffer.from(file.subarray(0, end)).toString('utf8')) as ModelHead;
  if (head.format !== 'diacritics-restore lm 3') throw new Error(`unknown language model format ${head.format}`);
  let at = end + 1;
  const sections = {} as Record<Section, Uint8Array>;
  for (const name of SECTIONS) {
    const length = head.sections[name];
    sections[name] = inflateRawSync(file.subarray(at, at + length));
    at += length;
  }
  return { head, sections, rows: file.subarray(at) };
}

/** Reads numbers written seven bits a byte, high bit set on all but the last. */
export function varints(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let byte = bytes[at++] ?? 0;
    let value = byte & 127;
    let shift = 7;
    while (byte > 127) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
      shift += 7;
    }
    return value;
  };
}
