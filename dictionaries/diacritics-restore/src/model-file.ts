/**
 * The language model's file: a line of JSON (the head), then sections packed with deflate, then the trigrams in blocks.
 * Words by number; bigrams by first word, second words as differences. Trigrams lie in blocks of BLOCK bigrams, each packed
 * by itself and unpacked when first asked for: third words as differences of their place among the successors of the second
 * word, then the probabilities. Probabilities and back-off weights are bytes.
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
/** Bigrams of one block of trigrams, as a power of two. */
export const BLOCK_BITS = 12;

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
  format: 'diacritics-restore lm 2';
  words: number;
  bigrams: number;
  trigrams: number;
  /** Packed length of each section in bytes. */
  sections: Record<Section, number>;
  /** Packed lengths of the blocks of trigrams in bytes. */
  blocks: number[];
}

/** Head, unpacked sections and packed blocks of a model file. Throws where the file is not one. */
export function readSections(file: Uint8Array): {
  head: ModelHead;
  sections: Record<Section, Uint8Array>;
  blocks: Uint8Array[];
} {
  const end = file.indexOf(10);
  if (end < 0 || end > 65536) throw new Error('not a language model file: no head');
  const head = JSON.parse(Buffer.from(file.subarray(0, end)).toString('utf8')) as ModelHead;
  if (head.format !== 'diacritics-restore lm 2') throw new Error(`unknown language model format ${head.format}`);
  let at = end + 1;
  const sections = {} as Record<Section, Uint8Array>;
  for (const name of SECTIONS) {
    const length = head.sections[name];
    sections[name] = inflateRawSync(file.subarray(at, at + length));
    at += length;
  }
  const blocks = head.blocks.map((length) => {
    const block = file.subarray(at, at + length);
    at += length;
    return block;
  });
  return { head, sections, blocks };
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
