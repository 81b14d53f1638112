import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fitConfidence } from '../../corpus/eval/fit.ts';
import { paste } from '../../corpus/make/paste.ts';
import { random } from '../../corpus/make/random.ts';
import { readSource } from '../../corpus/make/source.ts';
import { pageLines } from '../../pipeline/page.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';
import { GOLD } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';

const results = tempFolder();
const PLANS = ['nguyet-khe', 'van-khoang', 'tung-nghieu'];

/** A plan's pages as an engine would have read them: one percentage in three is misread, and most of those unsurely. */
function keep(id: string, plan: string, seed: number): void {
  const rng = random(seed);
  const folder = join(results, '.kehoach', 'pages', id);
  mkdirSync(folder, { recursive: true });
  for (const page of readTextPages(paste(readSource(join(GOLD, '..', 'sources', `${plan}.md`))))) {
    for (const word of [...pageLines(page)].flatMap((line) => line.words)) {
      const isMisread = /^\d+%$/.test(word.text) && rng.next() < 1 / 3;
      word.confidence = isMisread && rng.next() < 0.8 ? 0.6 : 0.96;
      if (isMisread) word.raw = word.text = word.text.replace(/^\d/, (digit) => String((Number(digit) % 9) + 1));
    }
    const kept = JSON.stringify({ key: '', page: { ...page, textSource: 'ocr' } });
    writeFileSync(join(folder, `${page.number}.json.gz`), gzipSync(kept));
  }
}

it('weights learnt from some plans tell the records of another that are wrong', async () => {
  const documents = PLANS.flatMap((plan, i) =>
    [0, 1].map((copy) => ({
      id: `${i}${copy}`.padStart(16, '0'),
      source: `${copy}/${plan}.pdf`,
      plan,
      seed: 2 * i + copy,
    })),
  );
  for (const { id, plan, seed } of documents) keep(id, plan, seed);
  const entries = documents.map(({ id, source }) => ({ id, source, outcome: 'done', folder: id, pages: 1, issues: 0 }));
  writeFileSync(join(results, 'index.json'), JSON.stringify({ schemaVersion: '1.0', documents: entries }));
  const { weights, left } = await fitConfidence([results], GOLD);
  expect(left.of - left.right).toBeGreaterThan(5);
  expect(left.auc).toBeGreaterThan(0.85);
  expect((weights.weights.doubt ?? 0) + (weights.weights.worst ?? 0)).toBeLessThan(-0.5);
  expect(Object.values(weights.weights).every((weight) => weight <= 0)).toBe(true);
});
