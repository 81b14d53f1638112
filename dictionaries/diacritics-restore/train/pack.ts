/** node train/pack.ts FROM TO: packs a channel's JSON with brotli. */
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const [from, to] = process.argv.slice(2);
if (!from || !to) throw new Error('usage: FROM TO');
writeFileSync(to, brotliCompressSync(readFileSync(from)));
