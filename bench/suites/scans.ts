import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, extname, join } from 'node:path';
import { packedDataFolder, unpackedDataFolder } from '../../pipeline/ocr/language-data.ts';
import { type Contender, compareByJobs } from '../compare.ts';
import { DPI, PDF_PAGES, type ScanSet } from '../material.ts';
import { importInto, ROOT, run, sideBySide } from '../processes.ts';
import { comparison } from '../report.ts';
import type { BenchContext, Suite } from './context.ts';

/** Pages of each kind: enough that starting the programs counts for little. */
export const PAGES = { plain: 24, tables: 12 };

type Engine = (set: ScanSet, jobs: number, context: BenchContext) => Promise<Contender[]>;

const ours = (engine: string, { folder }: ScanSet, jobs: number): Contender => ({
  name: `kehoach, ${engine}`,
  jobs,
  run: (out) => importInto(out, folder, '--engine', engine, '--jobs', String(jobs)),
});

/** A folder that has our language data and the settings of the tesseract installed: what OCRmyPDF needs to use the same data. */
async function dataWithSettings(folder: string): Promise<string> {
  const data = join(folder, 'tessdata');
  const [said = ''] = (await run('tesseract', ['--list-langs'])).split('\n');
  const installed = /"(.+)"/.exec(said)?.[1];
  if (installed === undefined) throw new Error(`tesseract does not say where its data lies: ${said}`);
  for (const name of ['configs', 'tessconfigs', 'pdf.ttf', 'osd.traineddata']) {
    await cp(join(installed, name), join(data, name), { recursive: true, dereference: true });
  }
  await cp(await unpackedDataFolder(), data, { recursive: true });
  return data;
}

/** The pages as pdftoppm draws them unless told otherwise; drawn once for all numbers of jobs. */
async function drawnInColour({ pdfs, images }: ScanSet, folder: string): Promise<string[]> {
  const drawn = images.map((image) => join(folder, `${basename(image, extname(image))}-drawn`));
  await sideBySide(drawn, cpus().length, async (to, i) => {
    if (existsSync(`${to}.png`)) return;
    const [pdf = '', page] = [pdfs[Math.floor(i / PDF_PAGES)], String((i % PDF_PAGES) + 1)];
    await run('pdftoppm', ['-r', String(DPI), '-png', '-singlefile', '-f', page, '-l', page, pdf, to]);
  });
  return drawn.map((path) => `${path}.png`);
}

const native: Engine = async (set, jobs, { peers, folder }) => {
  if (peers.tesseract === null) return [];
  const data = await dataWithSettings(folder);
  const contenders = [ours('native', set, jobs)];
  const read = (image: string, out: string) =>
    run('tesseract', [image, out, '--tessdata-dir', data, '-l', 'vie', '--dpi', String(DPI)], {
      env: { OMP_THREAD_LIMIT: '1' },
    });
  contenders.push({
    name: 'tesseract alone',
    jobs,
    run: (out) => sideBySide(set.images, jobs, (image, i) => read(image, join(out, String(i)))),
  });
  // pdftoppm comes with pdftotext.
  if (peers.pdftotext !== null) {
    const drawn = await drawnInColour(set, folder);
    contenders.push({
      ...{ name: 'tesseract alone, drawn in colour', jobs, isOnce: true },
      run: (out) => sideBySide(drawn, jobs, (image, i) => read(image, join(out, String(i)))),
    });
  }
  if (peers.ocrmypdf !== null) {
    const rows: [name: string, options: string[]][] = [['OCRmyPDF', []]];
    // It takes minutes, and with one job tells nothing more.
    if (jobs > 1) rows.push(['OCRmyPDF, turning and straightening', ['--rotate-pages', '--deskew']]);
    for (const [name, options] of rows) {
      contenders.push({
        ...{ name, jobs, isOnce: true },
        run: (out) =>
          sideBySide(set.pdfs, 1, (pdf) =>
            run('ocrmypdf', ['-l', 'vie', '--jobs', String(jobs), ...options, pdf, join(out, basename(pdf))], {
              env: { TESSDATA_PREFIX: data },
            }),
          ),
      });
    }
  }
  const { liteparse } = peers;
  if (liteparse !== null) {
    const config = join(folder, 'liteparse.json');
    await writeFile(config, JSON.stringify({ tessdataPath: data, ocrLanguage: 'vie', dpi: DPI, numWorkers: jobs }));
    contenders.push({
      name: 'LiteParse',
      jobs,
      isOnce: true,
      run: () =>
        sideBySide(set.pdfs, 1, (pdf) =>
          run(process.execPath, [liteparse.program, 'parse', '--quiet', '--config', config, pdf]),
        ),
    });
  }
  return contenders;
};

const script: Engine = async (set, jobs) => [
  ours('tesseract.js', set, jobs),
  {
    name: 'tesseract.js alone',
    jobs,
    run: () =>
      run(process.execPath, [
        ...[join(ROOT, 'bench/peers/tesseract-js.mjs'), packedDataFolder(), String(jobs)],
        ...set.images,
      ]),
  },
];

const suiteOf =
  (engine: Engine): Suite =>
  async (context) => {
    const scans = await context.scans();
    const parts: string[] = [];
    for (const [set, kind] of [
      [scans.plain, 'without tables'],
      [scans.tables, 'with a task table'],
    ] as const) {
      const count = set.images.length;
      if (count === 0) continue;
      context.tell(`${count} pages ${kind}`);
      const results = await compareByJobs((jobs) => engine(set, jobs, context), context);
      if (results.length > 0) parts.push(`${count} pages ${kind}:\n\n${comparison(results, count, 'page')}`);
    }
    return parts.length > 0 ? parts.join('\n\n') : 'The program `tesseract` is not installed.';
  };

export const nativeScans = suiteOf(native);
export const scriptScans = suiteOf(script);
