import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compare, compareByJobs } from '../compare.ts';
import { corpusTexts } from '../material.ts';
import { importInto, kehoach } from '../processes.ts';
import { comparison } from '../report.ts';
import type { Suite } from './context.ts';

/** Syllables that fill a page of a plan. */
const PAGE = 400;
const COPIES = 10;

const pagesOf = (text: string): number => Math.round(text.split(/\s+/).length / PAGE);

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** Text without marks, restored. The dictionary is read once. */
export const restore: Suite = async ({ rounds, folder, tell }) => {
  const bare = withoutMarks((await corpusTexts()).join('\n'));
  const path = join(folder, 'bare.txt');
  await writeFile(path, bare);
  const pages = pagesOf(bare);
  const contender = { name: 'kehoach restore', jobs: 1, run: () => kehoach('restore', path) };
  const results = await compare([contender], rounds, folder, tell);
  return `${pages} pages of ${PAGE} syllables:\n\n${comparison(results, pages, 'page')}`;
};

/** Texts that need no recognition: what the outline, the records and the checks take. */
export const extract: Suite = async ({ rounds, folder, tell }) => {
  const texts = await corpusTexts();
  const input = join(folder, 'texts');
  await mkdir(input);
  for (let copy = 1; copy <= COPIES; copy++) {
    for (const [i, text] of texts.entries()) await writeFile(join(input, `${copy}-${i}.txt`), `${text}\nBản ${copy}\n`);
  }
  const pages = COPIES * texts.reduce((sum, text) => sum + pagesOf(text), 0);
  const contendersOf = (jobs: number) => [
    { name: 'kehoach', jobs, run: (out: string) => importInto(out, input, '--jobs', String(jobs)) },
  ];
  const results = await compareByJobs(contendersOf, { rounds, folder, tell });
  const files = COPIES * texts.length;
  return `${pages} pages of ${PAGE} syllables in ${files} text files:\n\n${comparison(results, pages, 'page')}`;
};
