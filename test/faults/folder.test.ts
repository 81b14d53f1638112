import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PlanIndex } from '../../output/record.ts';
import { planText } from '../cli/files.ts';
import { indexOf, kehoach, start, tree } from '../cli/kehoach.ts';
import { tempFolder } from '../temp.ts';

const temp = tempFolder();
const isRoot = process.getuid?.() === 0;

function plansOf(name: string, count: number): string {
  const folder = join(temp, name);
  mkdirSync(folder);
  for (let number = 1; number <= count; number++) writeFileSync(join(folder, `${number}.txt`), planText(number));
  return folder;
}

describe('two imports on one folder', () => {
  const plans = plansOf('two', 12);

  test('the second says who works there and leaves; the first ends as ever', async () => {
    const out = join(temp, 'two-out');
    const first = start(['import', plans, '--out', out]);
    while (!existsSync(join(out, '.kehoach/lock'))) await sleep(5);
    const { code, stderr } = await kehoach(['import', plans, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `kehoach: Another import is writing into ${out} (process ${first.child.pid} on ${hostname()}, since `,
    );
    expect(stderr).toMatch(/wait until it has ended, or name another folder with --out\.\n$/);
    expect((await first.ended).code).toBe(0);
    expect(existsSync(join(out, '.kehoach/lock'))).toBe(false);
    expect(indexOf(out).documents).toHaveLength(12);
  });

  // A number that no process has: those of Linux, macOS and Windows end before.
  const dead = { pid: 2 ** 31 - 1, host: hostname(), since: '2026-11-20T00:00:00.000Z', token: 'dead' };
  const elsewhere = { ...dead, pid: process.pid, host: 'another-machine' };
  test.each([
    ['of a process that is gone', JSON.stringify(dead), 0, 0],
    ['of another machine, silent for long', JSON.stringify(elsewhere), 120, 0],
    ['of another machine, alive', JSON.stringify(elsewhere), 0, 2],
    ['that was never written to its end', '{"pid":', 120, 0],
  ])('a lock %s', async (_, lock, age, expected) => {
    const out = join(temp, `lock-${age}-${expected}-${lock.length}`);
    mkdirSync(join(out, '.kehoach'), { recursive: true });
    const path = join(out, '.kehoach/lock');
    writeFileSync(path, lock);
    const time = Date.now() / 1000 - age;
    utimesSync(path, time, time);
    const { code } = await kehoach(['import', join(plans, '1.txt'), '--out', out]);
    expect(code).toBe(expected);
    expect(readdirSync(join(out, '.kehoach')).filter((name) => name.startsWith('lock'))).toEqual(
      expected === 0 ? [] : ['lock'],
    );
  });
});

test('what a process that died in the midst of a run had half written is gone at its end', async () => {
  const [plans, out] = [join(temp, 'two'), join(temp, 'half-out')];
  const run = start(['import', plans, '--out', out, '--jobs', '1']);
  const written = () =>
    existsSync(out) ? readdirSync(out).find((name) => existsSync(join(out, name, 'document.json'))) : undefined;
  while (written() === undefined) await sleep(2);
  // The name says whose it was; no process has that number.
  const ending = `.${2 ** 31 - 1}-0123abcd.part`;
  const part = join(out, written() ?? '', `text.txt${ending}`);
  writeFileSync(part, 'I. MỤC');
  expect((await run.ended).code).toBe(0);
  expect(existsSync(part)).toBe(false);

  const pages = join(out, '.kehoach/pages/0123456789abcdef');
  mkdirSync(pages, { recursive: true });
  writeFileSync(join(pages, `1.json.gz${ending}`), '');
  expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
  expect(readdirSync(pages)).toEqual([]);
});

/** A small disk of its own, taken away at the test's end; null where none can be had. */
function smallDisk(name: string, size: string): string | null {
  const folder = join(temp, name);
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

test('the disk is full: said in a line, nothing is half-written, and the next run goes on', async ({ skip }) => {
  const disk = smallDisk('disk', '300k');
  if (disk === null) return skip('a disk of a fixed size needs root');
  const plans = plansOf('many', 20);
  const full = await kehoach(['import', plans, '--out', disk]);
  expect(full.code).toBe(2);
  expect(full.stderr).toMatch(/cannot be written: the disk is full\./);
  for (const name of readdirSync(disk)) {
    const path = join(disk, name, 'document.json');
    if (existsSync(path)) JSON.parse(readFileSync(path, 'utf8'));
  }
  execFileSync('mount', ['-o', 'remount,size=20m', disk]);
  expect((await kehoach(['import', plans, '--out', disk])).code).toBe(0);
  const out = join(temp, 'many-out');
  expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
  expect(tree(disk)).toEqual(tree(out));
});

test.skipIf(process.platform === 'win32')(
  'a results folder that may not be written to: 2, and what to do',
  async ({ skip }) => {
    let out = join(temp, 'read-only');
    if (isRoot) {
      const disk = smallDisk('read-only', '300k');
      if (disk === null) return skip('a folder that root may not write to needs a mount');
      mkdirSync(join(disk, '.kehoach'));
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      out = disk;
    } else {
      mkdirSync(join(out, '.kehoach'), { recursive: true });
      for (const path of [join(out, '.kehoach'), out]) chmodSync(path, 0o555);
      onTestFinished(() => chmodSync(join(out, '.kehoach'), 0o755));
    }
    const { code, stderr } = await kehoach(['import', join(temp, 'two/1.txt'), '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^kehoach: --out .* cannot be written to: check the name, or choose a folder of your own\./);
  },
);

test.skipIf(process.platform === 'win32')('links out of the folder, names with line breaks and in NFD', async () => {
  const plans = plansOf('names', 1);
  const outside = plansOf('outside', 3);
  const broken = 'kế hoạch\nsố 2.txt';
  const decomposed = 'Kế hoạch số 3.txt'.normalize('NFD');
  writeFileSync(join(plans, broken), planText(20));
  writeFileSync(join(plans, decomposed), planText(30));
  symlinkSync(join(outside, '2.txt'), join(plans, 'link.txt'));
  symlinkSync(outside, join(plans, 'folder'));
  symlinkSync(plans, join(plans, 'loop'));
  symlinkSync(outside, join(plans, 'folder.txt'));
  const out = join(temp, 'names-out');
  const { code, stderr, stdout } = await kehoach(['import', plans, '--out', out, '--json']);
  expect(code).toBe(1);
  const { documents } = PlanIndex.parse(indexOf(out));
  expect(documents.map(({ source, outcome }) => [source, outcome])).toEqual([
    ['1.txt', 'done'],
    [decomposed.normalize('NFC'), 'done'],
    ['folder.txt', 'failed'],
    [broken, 'done'],
    ['link.txt', 'done'],
  ]);
  expect(documents.every(({ folder }) => /^[a-z0-9-]+$/.test(folder))).toBe(true);
  expect(stderr).toMatch(/^kế hoạch␣số 2\.txt +done /m);
  expect(stderr).toMatch(/^2 skipped: folder, loop$/m);
  expect((JSON.parse(stdout) as { documents: { source: string }[] }).documents.map(({ source }) => source)).toContain(
    broken,
  );
});
