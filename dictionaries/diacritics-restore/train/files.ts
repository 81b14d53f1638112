/** Reading the folder of texts a model is trained on. One paragraph a line; plain, .xz or .gz. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One text file and the weight its counts have. */
export interface Source {
  name: string;
  path: string;
  weight: number;
  /** Lines given instead of a file; none of them is held out. */
  lines?: readonly string[];
}

/** Texts of a folder (.txt, .txt.xz, .txt.gz), sorted; weight by the first prefix of the name that is in the table, else 1. */
export function sourcesIn(folder: string, weights: Record<string, number> = {}): Source[] {
  return readdirSync(folder)
    .filter((f) => /\.txt(\.xz|\.gz)?$/.test(f))
    .sort()
    .map((f) => {
      const name = basename(f).replace(/\.txt.*$/, '');
      const key = Object.keys(weights).find((k) => name.startsWith(k));
      return { name, path: join(folder, f), weight: key === undefined ? 1 : (weights[key] ?? 1) };
    });
}

/** The file as text. Throws where it cannot be read or xz is not installed. */
export function readText(path: string): string {
  if (path.endsWith('.xz')) return execFileSync('xz', ['-dc', path], { maxBuffer: 1 << 30 }).toString('utf8');
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Lines in blocks of 400; one block of fifty is held out for the eval and never trained on. */
export function isHeldOut(lineIndex: number): boolean {
  return Math.floor(lineIndex / 400) % 50 === 7;
}
