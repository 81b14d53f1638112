import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../temp.ts';
import { planText } from './files.ts';
import { GOLD, kehoach, PLANS, start } from './kehoach.ts';

const VERBS = ['import', 'restore', 'diff', 'export', 'eval', 'schema', 'doctor'];
const temp = tempFolder();
const plans = join(temp, 'kế hoạch năm 2026');
const out = join(temp, 'out');

beforeAll(async () => {
  mkdirSync(plans);
  copyFileSync(join(PLANS, 'nguyet-khe.txt'), join(plans, 'nguyet-khe.txt'));
  writeFileSync(join(plans, 'bản thứ hai.txt'), planText(2));
  const { code, stdout, stderr } = await kehoach(['import', plans, '--out', out]);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^2 of 2 documents/m);
  expect(stderr).toMatch(/^2 done$/m);
}, 60_000);

describe('help', () => {
  test('names every verb', async () => {
    const { code, stdout, stderr } = await kehoach(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
  });

  test.concurrent.each(VERBS)('of %s', async (verb) => {
    const { code, stdout } = await kehoach([verb, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: kehoach ${verb}`));
  });

  test('--version', async () => {
    expect((await kehoach(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test.concurrent.each([
  [['convert'], /convert/],
  [[], /Usage: kehoach/],
  [['import', '--out', 'x'], /missing required argument 'path'/],
  [['import', '.'], /--out is missing: name a folder/],
  [['worker'], /--database <url>' not specified/],
  [
    ['import', '.', '--database', 'postgres://db', '--only', 'failed'],
    /look into a results folder: name it with --out/,
  ],
  [
    ['import', '.', '--database', 'postgres://db', '--jobs', '2'],
    /--jobs .*: with --database, give it to "kehoach worker"/,
  ],
  [['import', '.', '--out', 'x', '--jobs', 'many'], /--jobs.*"many" is no whole number above 0/],
  [['import', '.', '--out', 'x', '--jobs', '0'], /"0" is no whole number/],
  [['import', '.', '--out', 'x', '--timeout', '-5'], /"-5" is no whole number/],
  [['import', '.', '--out', 'x', '--max-pages', '1.5'], /"1.5" is no whole number/],
  [['import', '.', '--out', 'x', '--engine', 'magic'], /--engine.*magic.*auto, tesseract\.js, native/],
  [['import', '.', '--out', 'x', '--fast'], /--fast/],
  [['diff', 'no such folder'], /no such folder: there is no such folder/],
  [['diff', temp], /no results folder/],
  [['diff', out, 'no such plan'], /no such plan/],
  [['export', out, '--to', 'plans.docx'], /plans\.docx.*\.docx is unknown.*\.xlsx/],
  [['export', out, '--to', '/nowhere/plans.xlsx'], /no such folder/],
  [['eval', out, 'no such gold'], /no such gold/],
  [['eval', out, out], /no gold folders/],
  [['restore', 'no such file'], /no such file cannot be read/],
])('%j: 2, and the message names what is wrong', async (args, message) => {
  const { code, stdout, stderr } = await kehoach(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('schema prints the JSON Schema', async () => {
  const { code, stdout, stderr } = await kehoach(['schema']);
  expect([code, stderr]).toEqual([0, '']);
  const schema = JSON.parse(stdout) as { $schema: string; properties: object };
  expect(schema.$schema).toContain('json-schema.org');
  expect(Object.keys(schema.properties)).toContain('indicators');
});

describe('restore', () => {
  test('keeps the lines of standard input and gives words their marks back', async () => {
    const { code, stdout, stderr } = await kehoach(['restore'], 'Ke hoach cai cach hanh chinh\n\nnam 2026\n');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('Kế hoạch cải cách hành chính\n\nnăm 2026\n');
  });

  test('reads a file', async () => {
    writeFileSync(join(temp, 'mất dấu.txt'), 'ke hoach');
    expect((await kehoach(['restore', join(temp, 'mất dấu.txt')])).stdout).toBe('kế hoạch\n');
  });

  test('text that is not UTF-8: 2, and what to do', async () => {
    writeFileSync(join(temp, 'cũ.txt'), Buffer.from([0x4b, 0xd5]));
    const { code, stdout, stderr } = await kehoach(['restore', join(temp, 'cũ.txt')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/save it again as UTF-8/);
  });
});

describe('on a results folder', () => {
  test('diff prints text, or JSON, of one document or all', async () => {
    const text = await kehoach(['diff', out]);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toContain('nguyet-khe.txt');
    expect(text.stdout).not.toContain('\u001b[');
    const json = await kehoach(['diff', out, 'nguyet-khe.txt', '--json']);
    const entries = JSON.parse(json.stdout) as { document: string }[];
    expect(new Set(entries.map(({ document }) => document))).toEqual(new Set(['nguyet-khe.txt']));
  });

  test('a reader that stops early is no error', async () => {
    const { child, ended } = start(['diff', out, '--json']);
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
  });

  test('export writes a workbook and says so', async () => {
    const path = join(temp, 'bảng.xlsx');
    const { code, stdout, stderr } = await kehoach(['export', out, '--to', path]);
    expect([code, stdout, stderr]).toEqual([0, '', `2 documents written to ${path}\n`]);
    expect(statSync(path).size).toBeGreaterThan(1000);
  });

  test('eval compares with gold', async () => {
    const { code, stdout } = await kehoach(['eval', out, GOLD, '--json']);
    expect(code).toBe(0);
    const { documents, withoutGold } = JSON.parse(stdout) as { documents: { gold: string }[]; withoutGold: string[] };
    expect(documents.map(({ gold }) => gold)).toEqual(['nguyet-khe']);
    expect(withoutGold).toEqual(['bản thứ hai.txt']);
    const text = await kehoach(['eval', out, GOLD]);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/headings/i);
  });
});

test('what is done is kept, unless forced', async () => {
  const times = async (...more: string[]) => {
    const { stdout } = await kehoach(['import', plans, '--out', out, '--json', ...more]);
    const { documents } = JSON.parse(stdout) as { documents: { milliseconds: number | null }[] };
    return documents.map(({ milliseconds }) => milliseconds === null);
  };
  expect(await times()).toEqual([true, true]);
  expect(await times('--force')).toEqual([false, false]);
});

test('doctor reads a test page with every engine there is', async () => {
  const { code, stdout, stderr } = await kehoach(['doctor']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ok {4}tesseract\.js {3}\d+\.\d+\.\d+, read the test page in \d/m);
  expect(stdout).toMatch(/^(?:ok|--) {4}native /m);
  expect(stdout).toMatch(/All is well\.\n$/);
});

test.skipIf(process.platform === 'win32')('an engine that fails: doctor ends with 1 and says which', async () => {
  const path = join(temp, 'bin');
  mkdirSync(path);
  const script = '#!/bin/sh\n[ "$1" = --version ] && { echo "tesseract 5.0.0"; exit 0; }\necho broken >&2; exit 3\n';
  writeFileSync(join(path, 'tesseract'), script, { mode: 0o755 });
  const { code, stdout } = await kehoach(['doctor'], '', { PATH: `${path}:${process.env.PATH}` });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {2}native .*broken/m);
});
