/** The texts the eval measures on: none of them is trained on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isHeldOut, readText, sourcesIn } from '../train/files.ts';
import { wordsOfTsv } from '../train/pairs.ts';
import { readImage } from '../train/render.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** The project's shared folder, beside the checkout; undefined where it is absent. */
export const shared: string | undefined = [join(repository, '../shared')].find((p) => existsSync(join(p, 'language')));

/** Plans written for this project, in the repository. */
export function ownPlans(): { name: string; text: string }[] {
  const folder = join(repository, 'corpus/sources');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.md'))
    .map((f) => ({ name: f, text: readFileSync(join(folder, f), 'utf8').normalize('NFC') }));
}

/** The held-out paragraphs of each source, at most `most` lines of one. */
export function heldOut(folder: string, most: number): { name: string; text: string }[] {
  return sourcesIn(join(folder, 'language')).map(({ name, path }) => ({
    name,
    text: readText(path)
      .split('\n')
      .filter((line, i) => isHeldOut(i) && line.length > 30)
      .slice(0, most)
      .join('\n')
      .normalize('NFC'),
  }));
}

/** A page as an engine read it: its text in lines, and the words with their confidence. */
export interface ReadPage {
  name: string;
  raw: string;
  words: { text: string; confidence: number }[];
  lineStarts: number[];
  truth: string;
}

/** A page from a tesseract TSV. */
export function pageOf(name: string, tsv: string, truth: string): ReadPage {
  const words = wordsOfTsv(tsv);
  const lineStarts = words.flatMap((w, i) => (i === 0 || w.line !== words[i - 1]?.line ? [i] : []));
  let raw = '';
  words.forEach((w, i) => {
    raw += (i === 0 ? '' : w.line === words[i - 1]?.line ? ' ' : '\n') + w.text;
  });
  return { name, raw, words, lineStarts, truth };
}

/** Pages rendered by train/render.ts in a folder. */
export function renderedPages(folder: string, reader: 'eng' | 'vie'): ReadPage[] {
  return readdirSync(folder)
    .filter((f) => f.endsWith('.done'))
    .sort()
    .map((f) => {
      const name = join(folder, f.slice(0, -5));
      return pageOf(f, readFileSync(`${name}.${reader}.tsv`, 'utf8'), readFileSync(`${name}.truth.txt`, 'utf8'));
    });
}

/** The scans of the shared folder whose text is known, each read as a whole with the Vietnamese data. */
export function scannedPlans(folder: string): ReadPage[] {
  return ['ke-sat', 'hung-thang'].flatMap((name) => {
    const pdf = join(folder, 'scans', `${name}.scan.pdf`);
    if (!existsSync(pdf)) return [];
    const work = mkdtempSync(join(tmpdir(), 'scan-'));
    try {
      execFileSync('pdftoppm', ['-r', '200', '-gray', pdf, join(work, 'p')]);
      const pages = readdirSync(work)
        .filter((f) => f.endsWith('.pgm'))
        .sort();
      const tsv = pages
        .map((f, i) => readImage(join(work, f), 'vie', work).replace(/^5\t1\t/gm, `5\t${i}\t`))
        .join('\n');
      return [pageOf(name, tsv, readFileSync(join(folder, 'gold', name, 'text.txt'), 'utf8'))];
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

/** Where this file lies. */
export const here: string = dirname(fileURLToPath(import.meta.url));
