/**
 * The language model's file: a line of JSON (sizes of the sections), then sections packed with brotli.
 * Words by number; bigrams by first word, second words as differences; trigrams by bigram, third words as differences of
 * their place among the successors of the second word; probabilities and back-off weights as bytes.
 */
import { brotliDecompressSync } from 'node:zlib';

/** One step of a stored log probability (natural logarithm); byte q means -q·STEP. */
export const STEP = 0.09;
/** Back-off weights: byte q means (BOW_ZERO - q)·BOW_STEP. */
export const BOW_STEP = 0.06;
export const BOW_ZERO = 40;

/** The names of the sections in the order they stand in the file. */
export const SECTIONS = [
  'words',
  'uniP',
  'uniBow',
  'biCounts',
  'biWords',
  'biP',
  'biBow',
  'triCounts',
  'triWords',
  'triP',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The head of the file. */
export interface ModelHead {
  format: 'diacritics-restore lm 1';
  words: number;
  bigrams: number;
  trigrams: number;
  /** Packed length of each section in bytes. */
  sections: Record<Section, number>;
}

/** Head and unpacked sections of a model file. Throws where the file is not one. */
export function readSections(file: Uint8Array): { head: ModelHead; sections: Record<Section, Uint8Array> } {
  const end = file.indexOf(10);
  if (end < 0 || end > 4096) throw new Error('not a language model file: no head');
  const head = JSON.parse(Buffer.from(file.subarray(0, end)).toString('utf8')) as ModelHead;
  if (head.format !== 'diacritics-restore lm 1') throw new Error(`unknown language model format ${head.format}`);
  let at = end + 1;
  const sections = {} as Record<Section, Uint8Array>;
  for (const name of SECTIONS) {
    const length = head.sections[name];
    sections[name] = brotliDecompressSync(file.subarray(at, at + length));
    at += length;
  }
  return { head, sections };
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
