/** node train/render-main.ts FOLDER OUT PAGES SEED [held-out]: pages rendered and read, for the channels (and the eval). */
import { isHeldOut, readText, sourcesIn } from './files.ts';
import { renderPages } from './render.ts';

const [folder, out, pages, seed, held] = process.argv.slice(2);
if (!folder || !out || !pages || !seed) throw new Error('usage: FOLDER OUT PAGES SEED [held-out]');
const paragraphs: string[] = [];
for (const source of sourcesIn(folder)) {
  const general = !/^(law|admin)/.test(source.name);
  const lines = readText(source.path).split('\n');
  const admin = source.name.startsWith('admin');
  lines.forEach((line, i) => {
    if (isHeldOut(i) !== (held === 'held-out')) return;
    if (line.length < 20 || line.length > 1500) return;
    // Field texts more often than laws, general text now and then (its words are the wider ones).
    const every = held ? 1 : admin ? 1 : general ? 40 : 10;
    if (i % every === 0) paragraphs.push(line.normalize('NFC'));
  });
}
process.stderr.write(`${paragraphs.length} paragraphs\n`);
renderPages(paragraphs, {
  out,
  pages: Number(pages),
  seed: Number(seed),
  readers: ['eng', 'vie'],
  onPage: (n) => process.stderr.write(`page ${n}\n`),
});
