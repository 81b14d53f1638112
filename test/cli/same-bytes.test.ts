import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import { findNative } from '../../pipeline/ocr/native.ts';
import { tempFolder } from '../temp.ts';
import { kehoach, PLANS, tree } from './kehoach.ts';

const temp = tempFolder();
const plans = join(temp, 'plans');
const native = await findNative();

/** Text, a born-digital PDF and one scanned page. */
beforeAll(async () => {
  mkdirSync(plans);
  for (const name of ['nguyet-khe.txt', 'thach-lang.pdf']) copyFileSync(join(PLANS, name), join(plans, name));
  const scan = await PDFDocument.create();
  const pages = await scan.copyPages(await PDFDocument.load(readFileSync(join(PLANS, 'loc-hac.pdf'))), [0]);
  for (const page of pages) scan.addPage(page);
  writeFileSync(join(plans, 'scan.pdf'), await scan.save());
});

test.each(native ? ['tesseract.js', 'native'] : ['tesseract.js'])(
  '%s: the same bytes by one process and by two, made anew',
  async (engine) => {
    const out = join(temp, engine);
    const first = await kehoach(['import', plans, '--out', out, '--engine', engine, '--jobs', '1']);
    expect(first.code, first.stderr).toBe(0);
    const before = tree(out);
    expect(Object.keys(before).filter((path) => path.endsWith('text.txt'))).toHaveLength(3);
    const again = await kehoach(['import', plans, '--out', out, '--engine', engine, '--jobs', '2', '--force']);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).not.toContain('kept');
    expect(tree(out)).toEqual(before);
  },
);

test('another limit makes results anew, as far as it reaches', async () => {
  const named = ['nguyet-khe.txt', 'thach-lang.pdf'].map((name) => join(plans, name));
  const importing = ['import', ...named, '--out', join(temp, 'tesseract.js'), '--engine', 'tesseract.js', '--json'];
  const { stdout } = await kehoach([...importing, '--max-pages', '5']);
  const { documents } = JSON.parse(stdout) as { documents: { outcome: string; milliseconds: number | null }[] };
  expect(documents.map(({ outcome }) => outcome)).toEqual(['done', 'partial']);
  expect(documents.every(({ milliseconds }) => milliseconds !== null)).toBe(true);
});
