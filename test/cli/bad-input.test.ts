import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PlanIndex, PlanRecord } from '../../output/record.ts';
import { tempFolder } from '../temp.ts';
import { DOCX, encryptedPdf, planText, pngHeader, printedPage, zip } from './files.ts';
import { type Ended, indexOf, kehoach, PLANS, recordOf, rowOf, tree } from './kehoach.ts';

const temp = tempFolder();
const folderOf = (name: string, files: Record<string, string | Buffer>): string => {
  const folder = join(temp, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};
const pdf = readFileSync(join(PLANS, 'thach-lang.pdf'));
const cut = (share: number): Buffer => pdf.subarray(0, Math.floor(pdf.length * share));
const html = '<!DOCTYPE html>\n<html><body>Đăng nhập</body></html>\n';
const isRoot = process.getuid?.() === 0;
const nfd = 'Kế hoạch số 15 (bản nháp).txt'.normalize('NFD');

/** source → outcome, code of its issue, what its line says to do. */
const FAILED: [string, string, RegExp][] = [
  ['empty.pdf', 'empty-file', /empty \(0 bytes\): fetch or scan it again/],
  ['blank.txt', 'empty-file', /only blanks.*again/],
  ['web page.pdf', 'unknown-format', /web page.*fetch the plan itself/],
  ['bytes.pdf', 'unknown-format', /does not begin like a PDF file.*Fetch it again/],
  ['zip.pdf', 'unknown-format', /application\/zip.*save or print it as PDF/],
  ['tcvn3.txt', 'unknown-format', /save it again as UTF-8/],
  ['cut 30.pdf', 'damaged', /cut off.*again/],
  ['cut.jpg', 'damaged', /cut off.*again/],
  ['locked.pdf', 'encrypted', /password.*copy without one/],
  ['huge.png', 'too-large', /30000 × 30000 pixels.*200-300 dpi/],
  ['broken.docx', 'damaged', /Open it in Word/],
  ['broken.doc', 'damaged', /Open it in Word/],
  ['rtf.doc', 'unsupported-format', /open it in Word, save it as a Word document/],
  ['gone.pdf', 'unreadable', /link whose file is gone/],
  ...(isRoot ? [] : ([['private.pdf', 'unreadable', /may not read/]] satisfies [string, string, RegExp][])),
];
const READ: [string, string, RegExp | null][] = [
  ['good.txt', 'text/plain', null],
  ['PDF.txt', 'application/pdf', /name says \.txt, but it holds a PDF/],
  ['text.pdf', 'text/plain', /name says \.pdf, but it holds plain text/],
  ['photo.png', 'image/jpeg', /name says \.png, but it holds a JPEG/],
  ['owner.pdf', 'application/pdf', null],
  ['BM.txt', 'text/plain', null],
  [nfd.normalize('NFC'), 'text/plain', null],
];

describe('a folder of bad files', () => {
  let ended: Ended;
  const out = join(temp, 'bad/kết quả');
  beforeAll(async () => {
    const photo = await printedPage('jpeg', ['KẾ HOẠCH', 'Cải cách hành chính năm 2026']);
    const folder = folderOf('bad', {
      'good.txt': planText(1),
      'PDF.txt': encryptedPdf('', 'KE HOACH NAM 2026'),
      'text.pdf': planText(2),
      'photo.png': photo,
      'owner.pdf': encryptedPdf('', 'KE HOACH NAM 2027'),
      'BM.txt': `BM.01 ${planText(3)}`,
      [nfd]: planText(4),
      'empty.pdf': '',
      'blank.txt': ' \n\n\t\n',
      'web page.pdf': html,
      'bytes.pdf': Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 197) % 251)),
      'zip.pdf': zip({ 'a.txt': 'hello' }),
      'tcvn3.txt': Buffer.from([0x4b, 0xd5, 0x20, 0x68, 0x6f, 0xb9, 0x63, 0x68, 0xb5, 0xe8]),
      'cut 30.pdf': cut(0.3),
      'cut.jpg': photo.subarray(0, photo.length >> 1),
      'locked.pdf': encryptedPdf('secret', 'KE HOACH'),
      'huge.png': pngHeader(30_000, 30_000),
      'broken.docx': DOCX,
      'rtf.doc': '{\\rtf1 plan}',
      'broken.doc': Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      '~$plan.docx': 'lock',
      '.hidden.txt': planText(5),
      '.folder/inside.txt': planText(6),
      'budget.xlsx': 'no plan',
      'zz/good again.txt': planText(1),
    });
    symlinkSync(join(temp, 'nowhere.pdf'), join(folder, 'gone.pdf'));
    if (!isRoot) {
      writeFileSync(join(folder, 'private.pdf'), pdf);
      chmodSync(join(folder, 'private.pdf'), 0);
    }
    ended = await kehoach(['import', folder, '--out', out, '--json']);
  }, 60_000);

  test('ends with 1, a valid index sorted by source, every file in it', () => {
    expect(ended.code).toBe(1);
    const { documents } = PlanIndex.parse(indexOf(out));
    const sources = documents.map(({ source }) => source);
    const expected = [...FAILED, ...READ].map(([source]) => source);
    expect(sources).toEqual([...expected, 'zz/good again.txt'].sort());
  });

  test.each(FAILED)('%s fails as %s, with one line that says what to do', (source, code, toDo) => {
    const record = PlanRecord.parse(recordOf(out, source));
    expect(record.outcome).toBe('failed');
    expect(record.issues.map((issue) => [issue.severity, issue.code])).toEqual([['error', code]]);
    const [issue] = record.issues;
    expect(issue?.message).toMatch(toDo);
    expect(issue?.message).not.toContain(source);
    const lines = ended.stderr.split('\n').filter((line) => line.startsWith(`${source}: `));
    expect(lines).toEqual([`${source}: ${issue?.message}`]);
  });

  test.each(READ)('%s is read as %s', (source, mediaType, warning) => {
    const record = PlanRecord.parse(recordOf(out, source));
    expect(record.source.mediaType).toBe(mediaType);
    expect(record.outcome).toBe('done');
    const named = record.issues.filter((issue) => issue.stage === 'intake');
    expect(named.map((issue) => [issue.severity, issue.code])).toEqual(warning ? [['warning', 'unknown-format']] : []);
    if (warning) expect(named[0]?.message).toMatch(warning);
  });

  test('every entry has its folder with a document, a text and a layout, and counts errors and warnings', () => {
    for (const entry of indexOf(out).documents) {
      const folder = join(out, entry.folder);
      const record = PlanRecord.parse(JSON.parse(readFileSync(join(folder, 'document.json'), 'utf8')));
      expect(record.id).toBe(entry.id);
      expect(entry.outcome).toBe(record.outcome);
      expect(entry.issues).toBe(record.issues.filter(({ severity }) => severity !== 'info').length);
      const text = readFileSync(join(folder, 'text.txt'), 'utf8');
      if (record.outcome === 'failed') expect(text).toBe('');
      else expect(text).toMatch(/\n$/);
      expect(existsSync(join(folder, 'layout.json'))).toBe(true);
    }
  });

  test('the same bytes twice: one folder, the later entry says so', () => {
    const { documents } = indexOf(out);
    const { source, duplicateOf, ...copy } = documents.find((entry) => entry.source === 'zz/good again.txt') ?? {};
    const { source: _, ...good } = documents.find((entry) => entry.source === 'good.txt') ?? {};
    expect(duplicateOf).toBe('good.txt');
    expect(copy).toEqual(good);
    expect(ended.stderr).toContain(`${source}: the same file as good.txt, read once`);
  });

  test('what is no plan is counted and listed', () => {
    expect(ended.stderr).toContain('3 skipped: .hidden.txt, budget.xlsx, ~$plan.docx');
  });

  test('standard output has the summary as JSON and nothing else', () => {
    const summary = JSON.parse(ended.stdout) as { exitCode: number; documents: unknown[]; skipped: string[] };
    expect(summary.exitCode).toBe(1);
    expect(summary.documents).toHaveLength(FAILED.length + READ.length + 1);
    expect(summary.skipped).toHaveLength(3);
  });

  test('a second run takes no result in, makes nothing anew that would come out the same, and ends in the same files', async () => {
    const before = tree(out);
    const again = await kehoach(['import', join(temp, 'bad'), '--out', out]);
    expect(again.code).toBe(1);
    expect(tree(out)).toEqual(before);
    const kept = [...FAILED, ...READ].filter(([source]) => rowOf(again.stderr, source).at(-1) === 'kept');
    expect(kept.map(([source]) => source)).toEqual(
      [...FAILED, ...READ].map(([source]) => source).filter((source) => !/^(?:gone|private)/.test(source)),
    );
  });
});

test.concurrent('a PDF cut near its end: what can be read is kept, and the loss is one line', async () => {
  const folder = folderOf('cut', { 'cut 95.pdf': cut(0.95), 'good.txt': planText(1) });
  const out = join(temp, 'cut-out');
  const { code, stderr } = await kehoach(['import', folder, '--out', out]);
  expect(code).toBe(1);
  const record = recordOf(out, 'cut 95.pdf');
  expect(['partial', 'failed']).toContain(record.outcome);
  expect(record.issues.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
  expect(stderr).toMatch(/^cut 95\.pdf: .*again\.$/m);
  expect(recordOf(out, 'good.txt').outcome).toBe('done');
});

test.concurrent('equal sources of two folders carry the folders names; the same bytes are read once', async () => {
  const a = folderOf('two/A', { 'p.txt': planText(1), 'q.txt': planText(2) });
  const b = folderOf('two/B', { 'p.txt': planText(1), 'q.txt': planText(3) });
  const out = join(temp, 'two-out');
  const { code } = await kehoach(['import', a, b, '--out', out]);
  expect(code).toBe(0);
  const { documents } = indexOf(out);
  expect(documents.map(({ source, duplicateOf }) => [source, duplicateOf])).toEqual([
    ['A/p.txt', undefined],
    ['A/q.txt', undefined],
    ['B/p.txt', 'A/p.txt'],
    ['B/q.txt', undefined],
  ]);
  expect(documents[2]?.folder).toBe(documents[0]?.folder);
});

test.concurrent('results in the folder of plans itself are not taken in', async () => {
  const folder = folderOf('same', { 'p.txt': planText(1), '2025/p.txt': planText(2) });
  expect((await kehoach(['import', folder, '--out', folder])).code).toBe(0);
  const before = tree(folder);
  expect((await kehoach(['import', folder, '--out', folder])).code).toBe(0);
  expect(tree(folder)).toEqual(before);
  expect(indexOf(folder).documents.map(({ source }) => source)).toEqual(['2025/p.txt', 'p.txt']);
});

test.concurrent('a renamed plan keeps its folder and counts once; a changed one is read anew', async () => {
  const out = join(temp, 'renamed-out');
  const plan = (name: string, number: number) =>
    join(folderOf(`renamed-${number}`, { [name]: planText(number) }), name);
  await kehoach(['import', plan('cũ.txt', 1), '--out', out]);
  const [old] = indexOf(out).documents;
  await kehoach(['import', plan('mới.txt', 1), '--out', out]);
  const { documents } = indexOf(out);
  expect(documents.map(({ source, duplicateOf }) => [source, duplicateOf])).toEqual([
    ['cũ.txt', 'mới.txt'],
    ['mới.txt', undefined],
  ]);
  expect(new Set(documents.map(({ folder }) => folder))).toEqual(new Set([old?.folder]));
  expect(recordOf(out, 'mới.txt').source.name).toBe('mới.txt');
  await kehoach(['import', plan('mới.txt', 2), '--out', out]);
  expect(indexOf(out).documents.map(({ source, duplicateOf }) => [source, duplicateOf])).toEqual([
    ['cũ.txt', undefined],
    ['mới.txt', undefined],
  ]);
});

describe.concurrent('nothing could be read: 2', () => {
  test('a folder without plans', async () => {
    const folder = folderOf('none', { 'a.xlsx': 'x', '~$b.docx': 'x' });
    const { code, stderr } = await kehoach(['import', folder, '--out', join(temp, 'none-out')]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'No plans found: kehoach reads PDF, PNG, JPEG, TIFF, TXT, MD, DOCX and DOC files.\n\n2 skipped: a.xlsx, ~$b.docx\n',
    );
    expect(indexOf(join(temp, 'none-out')).documents).toEqual([]);
  });

  test('only files that fail', async () => {
    const folder = folderOf('all-bad', { 'a.pdf': '' });
    expect((await kehoach(['import', folder, '--out', join(temp, 'all-bad-out')])).code).toBe(2);
  });

  test('a lock file named', async () => {
    const folder = folderOf('lock', { '~$x.docx': 'x' });
    const { code, stderr } = await kehoach(['import', join(folder, '~$x.docx'), '--out', join(temp, 'lock-out')]);
    expect(code).toBe(2);
    expect(stderr).toContain('1 skipped: ~$x.docx');
  });

  test.each([
    ['no such plan.pdf', /^kehoach: .*no such plan\.pdf does not exist: check the name.*\n$/],
    ['*.pdf', /^kehoach: .*\*\.pdf does not exist: name the folder itself.*\n$/],
    ['plans" --out', /^kehoach: .*plans" --out does not exist: write no \\ before a closing quote\.\n$/],
  ])('%s does not exist', async (name, message) => {
    const { code, stderr } = await kehoach(['import', join(temp, name), '--out', join(temp, 'never')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(temp, 'never'))).toBe(false);
  });

  test('an output that is a file', async () => {
    const folder = folderOf('out-file', { 'p.txt': planText(1), 'o.txt': 'kept' });
    const { code, stderr } = await kehoach(['import', join(folder, 'p.txt'), '--out', join(folder, 'o.txt')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^kehoach: --out .*o\.txt is a file: name a folder for the results\.\n$/);
    expect(readFileSync(join(folder, 'o.txt'), 'utf8')).toBe('kept');
  });

  test('an output below a file', async () => {
    const folder = folderOf('below-file', { 'p.txt': planText(1) });
    const { code, stderr } = await kehoach(['import', folder, '--out', join(folder, 'p.txt', 'out')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^kehoach: --out .* cannot be written to: check the name.*\n$/);
  });

  test.skipIf(process.platform !== 'linux')('an output folder that cannot be written', async () => {
    const folder = folderOf('no-write', { 'p.txt': planText(1) });
    const { code, stderr } = await kehoach(['import', folder, '--out', '/sys/kehoach']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^kehoach: --out \/sys\/kehoach cannot be written to: check the name.*\n$/);
  });
});
