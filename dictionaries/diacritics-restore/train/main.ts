/**
 * npm run train -w diacritics-restore -- FOLDER [--out DIR] [--work DIR] [--pages 300] [--pairs FILE.tsv(.xz)]
 *   [--dictionary DIR] [--tessdata FILE] [--only language|channels]
 * Learns the model from a folder of texts (.txt, .xz, .gz; one paragraph a line) and, where given, from the unpacked npm package
 * @vntk/dictionary (its words and examples of everyday language) and from the pairs of words in a traineddata of Tesseract's
 * (4.0.0/vie.traineddata.gz of the npm package @tesseract.js-data/vie). The pages for the channels are rendered, worn
 * and read into the work folder (needs chromium, poppler-utils, tesseract) and kept there; `--render-held-out N` renders pages of
 * the held-out part instead, for the eval.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { channelFile } from './channels.ts';
import { languageFile } from './language.ts';
import { paragraphsOf } from './paragraphs.ts';
import { readersHere, renderPages } from './render.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('../model/', import.meta.url)) },
    work: { type: 'string', default: join(process.cwd(), 'diacritics-work') },
    pages: { type: 'string', default: '300' },
    pairs: { type: 'string' },
    dictionary: { type: 'string' },
    tessdata: { type: 'string' },
    only: { type: 'string' },
    'render-held-out': { type: 'string' },
  },
});
const [folder] = positionals;
if (!folder || !existsSync(folder)) {
  process.stderr.write(`usage: train FOLDER (a folder of texts), not ${String(folder)}\n`);
  process.exit(2);
}
const started = Date.now();
const say = (text: string): void =>
  void process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0)} s  ${text}\n`);
const onPage = (n: number): void => say(`page ${n}`);
mkdirSync(values.out, { recursive: true });

if (values['render-held-out']) {
  const out = join(values.work, 'held-out');
  renderPages(paragraphsOf(folder, true), {
    out,
    pages: Number(values['render-held-out']),
    seed: 5,
    readers: readersHere(),
    onPage,
  });
  process.exit(0);
}
if (values.only !== 'channels') writeFileSync(join(values.out, 'language.bin'), languageFile(folder, values, say));
if (values.only !== 'language') {
  const pages = join(values.work, 'pages');
  renderPages(paragraphsOf(folder), {
    out: pages,
    pages: Number(values.pages),
    seed: 1,
    readers: readersHere(),
    onPage,
  });
  const own = join(folder, 'channel-pairs-eng.tsv.xz');
  const pairs = values.pairs ?? (existsSync(own) ? own : undefined);
  writeFileSync(join(values.out, 'channel-english.json.br'), channelFile('eng', pairs ? [pages, pairs] : [pages], say));
  writeFileSync(join(values.out, 'channel-vietnamese.json.br'), channelFile('vie', [pages], say));
}
