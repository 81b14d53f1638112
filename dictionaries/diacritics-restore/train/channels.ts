/** Learns a channel from pages rendered and read, and from lists of pairs, and packs it for the model folder. */
import { statSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { learnChannel } from './channel-em.ts';
import { type Pair, pairsOfPages, pairsOfTsv } from './pairs.ts';
import type { Reader } from './render.ts';

/** The packed channel file of a reader. `paths`: folders of rendered pages and TSV files of pairs. */
export function channelFile(reader: Reader, paths: readonly string[], say: (text: string) => void): Uint8Array {
  const pairs: Pair[] = [];
  for (const path of paths) {
    if (!statSync(path).isDirectory()) pairs.push(...pairsOfTsv(path));
    else for (const r of reader === 'vie' ? (['vie', 'fast'] as const) : [reader]) pairs.push(...pairsOfPages(path, r));
  }
  say(`${reader}: ${pairs.length} pairs`);
  // Real scans lose marks more often than rendered pages do when read with Vietnamese data.
  const file = learnChannel(pairs, reader === 'vie' ? { kinds: 0.15, marks: 6 } : { kinds: 1, marks: 0 });
  say(`${reader}: ${Object.keys(file.pieces).length} pieces, ${Object.keys(file.rimes).length} rimes`);
  return brotliCompressSync(Buffer.from(JSON.stringify(file)));
}
