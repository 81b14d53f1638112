import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Contender, compareByJobs } from '../compare.ts';
import { copyPdfs, isBornDigital, pdfsOf } from '../material.ts';
import { importInto, run, sideBySide } from '../processes.ts';
import { comparison } from '../report.ts';
import type { Suite } from './context.ts';

const PAGES = 500;

export const bornDigital: Suite = async ({ rounds, files, peers, folder, tell }) => {
  const born: string[] = [];
  for (const path of await pdfsOf(files)) if (await isBornDigital(path)) born.push(path);
  if (born.length === 0) return 'No PDF has a text layer.';
  const input = join(folder, 'born');
  const pages = await copyPdfs(born, PAGES, input);
  const pdfs = (await readdir(input)).map((name) => join(input, name));
  tell(`${pages} pages in ${pdfs.length} files`);
  const contendersOf = (jobs: number): Contender[] => {
    const contenders: Contender[] = [
      { name: 'kehoach', jobs, run: (out) => importInto(out, input, '--jobs', String(jobs)) },
    ];
    if (peers.pdftotext !== null) {
      contenders.push({
        name: 'pdftotext',
        jobs,
        run: (out) => sideBySide(pdfs, jobs, (pdf, i) => run('pdftotext', ['-layout', pdf, join(out, `${i}.txt`)])),
      });
    }
    const { liteparse } = peers;
    if (liteparse !== null && jobs === 1) {
      contenders.push({
        name: 'LiteParse',
        jobs,
        run: (out) => run(process.execPath, [liteparse.program, 'batch-parse', '--no-ocr', '--quiet', input, out]),
      });
    }
    return contenders;
  };
  const results = await compareByJobs(contendersOf, { rounds, folder, tell });
  return `${pages} pages in ${pdfs.length} files:\n\n${comparison(results, pages, 'page')}`;
};
