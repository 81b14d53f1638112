/** node train/channel-main.ts OUT eng|vie PAGES-FOLDER… [PAIRS.tsv(.xz)…]: learns one channel. */
import { statSync, writeFileSync } from 'node:fs';
import { learnChannel, trainingItems } from './channel-em.ts';
import { type Pair, pairsOfPages, pairsOfTsv } from './pairs.ts';
import type { Reader } from './render.ts';

const [out, reader, ...paths] = process.argv.slice(2);
if (!out || (reader !== 'eng' && reader !== 'vie')) throw new Error('usage: OUT eng|vie PATH…');
const pairs: Pair[] = [];
for (const path of paths) {
  for (const pair of statSync(path).isDirectory() ? pairsOfPages(path, reader as Reader) : pairsOfTsv(path))
    pairs.push(pair);
}
process.stderr.write(`${pairs.length} pairs, ${trainingItems(pairs).length} different\n`);
const file = learnChannel(pairs);
const text = JSON.stringify(file);
writeFileSync(out, text);
process.stderr.write(`${Object.keys(file.pieces).length} pieces, ${text.length} characters\n`);
