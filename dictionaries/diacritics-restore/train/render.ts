/** Text → page image → wear → tesseract (English and Vietnamese data) → words with their confidence. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { documentHtml, randomOf, type SetPage, setPage } from './page-html.ts';
import { readPgm, wear, writePgm } from './wear.ts';

/** Reader names: `eng` English data, `vie` Vietnamese data, `fast` the smaller Vietnamese data that distributions pack. */
export type Reader = 'eng' | 'vie' | 'fast';

const DPIS = [200, 200, 300, 150, 150];
/** How worn the pages are (see `wear`). */
const LEVELS = [0, 1, 1, 2, 2, 3, 3, 3];

function vietnameseData(work: string): string {
  const folder = join(work, 'tessdata');
  if (!existsSync(join(folder, 'vie.traineddata'))) {
    const pack = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/vie/package.json'));
    mkdirSync(folder, { recursive: true });
    const packed = readFileSync(join(pack, '4.0.0_best_int', 'vie.traineddata.gz'));
    writeFileSync(join(folder, 'vie.traineddata'), gunzipSync(packed));
  }
  return folder;
}

/** The readers of this machine: the Vietnamese data of the system where it has them. */
export function readersHere(): Reader[] {
  const listed = execFileSync('tesseract', ['--list-langs']).toString('utf8');
  return /^vie$/m.test(listed) ? ['eng', 'vie', 'fast'] : ['eng', 'vie'];
}

/** Reads a page image; the words as tesseract's TSV. `fast` needs the system's own Vietnamese data (or TESSDATA_PREFIX). */
export function readImage(image: string, reader: Reader, work: string): string {
  const args = [image, '-', '-l', reader === 'eng' ? 'eng' : 'vie', '--psm', '3'];
  if (reader === 'vie') args.push('--tessdata-dir', vietnameseData(work));
  args.push('-c', 'tessedit_create_tsv=1');
  return execFileSync('tesseract', args, {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString('utf8');
}

/** Where the pages of a run lie: NAME.truth.txt, and NAME.READER.tsv for each reader. */
export interface RenderOptions {
  /** Folder the pages go to; pages already there are kept. */
  out: string;
  pages: number;
  seed: number;
  readers: readonly Reader[];
  /** Called after each page. */
  onPage?: (done: number) => void;
}

/** Renders, wears and reads pages of the paragraphs. Needs chromium, poppler and tesseract; throws where one is missing. */
export function renderPages(paragraphs: readonly string[], options: RenderOptions): void {
  mkdirSync(options.out, { recursive: true });
  const batch = 20;
  for (let start = 0; start < options.pages; start += batch) {
    const size = Math.min(batch, options.pages - start);
    const random = randomOf(options.seed * 7919 + start);
    const pages: SetPage[] = [];
    const next = (): string => paragraphs[Math.floor(random() * paragraphs.length)] ?? '';
    for (let i = 0; i < size; i++) pages.push(setPage(next, random));
    if (pages.every((_, i) => existsSync(`${pageName(start + i, options)}.done`))) continue;
    renderBatch(pages, start, options, random);
  }
}

const pageName = (n: number, options: RenderOptions): string =>
  join(options.out, `p${String(n).padStart(4, '0')}-s${options.seed}`);

function renderBatch(pages: SetPage[], start: number, options: RenderOptions, random: () => number): void {
  const work = mkdtempSync(join(tmpdir(), 'render-'));
  try {
    const html = join(work, 'pages.html');
    const pdf = join(work, 'pages.pdf');
    writeFileSync(html, documentHtml(pages));
    const quiet = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      '--disable-background-networking',
    ];
    execFileSync(
      'chromium',
      [...quiet, `--user-data-dir=${join(work, 'c')}`, `--print-to-pdf=${pdf}`, `file://${html}`],
      {
        stdio: 'ignore',
      },
    );
    for (let i = 0; i < pages.length; i++) {
      const name = pageName(start + i, options);
      const dpi = DPIS[Math.floor(random() * DPIS.length)] ?? 200;
      const level = LEVELS[Math.floor(random() * LEVELS.length)] ?? 1;
      if (existsSync(`${name}.done`)) continue;
      const page = String(i + 1);
      execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-f', page, '-l', page, pdf, join(work, `i${i}`)]);
      const shown = execFileSync('pdftotext', ['-raw', '-f', page, '-l', page, pdf, '-']).toString('utf8');
      const file = readdirSync(work).find((f) => f.startsWith(`i${i}-`));
      if (file === undefined) throw new Error(`pdftoppm wrote no page ${page}`);
      const image = join(work, file);
      writeFileSync(image, writePgm(wear(readPgm(readFileSync(image)), level, random)));
      writeFileSync(`${name}.truth.txt`, shown.normalize('NFC').replace(/\f/g, ''));
      for (const reader of options.readers)
        writeFileSync(`${name}.${reader}.tsv`, readImage(image, reader, options.out));
      writeFileSync(`${name}.done`, `${dpi} dpi, level ${level}\n`);
      rmSync(image);
      options.onPage?.(start + i + 1);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
