import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { PlanIndex, PlanRecord } from '../../output/record.ts';
import { tempFolder } from '../temp.ts';
import { planText } from './files.ts';
import { indexOf, kehoach, PLANS, start, tree } from './kehoach.ts';

const temp = tempFolder();
const plans = join(temp, 'plans');
const COUNT = 30;
let whole: Record<string, string>;

beforeAll(async () => {
  mkdirSync(plans);
  copyFileSync(join(PLANS, 'thach-lang.pdf'), join(plans, 'thach-lang.pdf'));
  for (let number = 1; number <= COUNT; number++) writeFileSync(join(plans, `${number}.txt`), planText(number));
  const out = join(temp, 'whole');
  expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
  whole = tree(out);
}, 60_000);

/** Documents written so far. */
function written(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out).filter((name) => existsSync(join(out, name, 'document.json')));
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await sleep(5);
}

/** Child processes of a process. */
function childrenOf(pid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => statOf(child)?.parent === pid);
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const [state = '', parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

const isGone = (pid: number): boolean => (statOf(pid)?.state ?? 'Z') === 'Z';

interface Summary {
  documents: { source: string; milliseconds: number | null }[];
}

describe.skipIf(process.platform !== 'linux')('kill -9', () => {
  test.each([
    ['at the first document, its workers too', 1, true],
    ['in the midst, its workers left alone', 11, false],
    ['near the end, its workers too', 26, true],
  ])('%s: the second run ends in the same files and does nothing twice', async (_, after, workersToo) => {
    const out = join(temp, `killed-${after}`);
    const { child, ended } = start(['import', plans, '--out', out]);
    await until(() => written(out).length >= after && existsSync(join(out, '.kehoach')));
    const workers = childrenOf(child.pid ?? 0);
    child.kill('SIGKILL');
    if (workersToo) for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect((await ended).code).toBe('SIGKILL');
    await until(() => workers.every(isGone));
    const before = written(out);
    for (const folder of before) PlanRecord.parse(JSON.parse(readFileSync(join(out, folder, 'document.json'), 'utf8')));
    const remembered = readdirSync(join(out, '.kehoach')).filter((name) => name.endsWith('.json'));

    const again = await kehoach(['import', plans, '--out', out, '--json']);
    expect(again.code).toBe(0);
    const { documents } = JSON.parse(again.stdout) as Summary;
    const kept = documents.filter(({ milliseconds }) => milliseconds === null);
    expect(kept).toHaveLength(remembered.length);
    // What was written in the moment of the kill may not have been remembered.
    expect(before.length - kept.length).toBeLessThanOrEqual(4);
    expect(tree(out)).toEqual(whole);
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  test('once: what is under way is finished, 130, and the second run goes on', async () => {
    const out = join(temp, 'stopped');
    const { child, ended } = start(['import', plans, '--out', out]);
    await until(() => written(out).length >= 3);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Stopping: .*Ctrl-C again stops at once\.$/m);
    expect(stderr).toMatch(/^Interrupted: run the same line again to go on\.$/m);
    const { documents } = PlanIndex.parse(indexOf(out));
    expect(documents.map(({ folder }) => folder).sort()).toEqual(written(out).sort());
    expect(documents.length).toBeLessThan(COUNT);

    const again = await kehoach(['import', plans, '--out', out, '--json']);
    expect(again.code).toBe(0);
    const kept = (JSON.parse(again.stdout) as Summary).documents.filter(({ milliseconds }) => milliseconds === null);
    expect(kept).toHaveLength(documents.length);
    expect(tree(out)).toEqual(whole);
  });

  test('twice: it ends at once', async () => {
    const out = join(temp, 'stopped-twice');
    const { child, ended } = start(['import', plans, '--out', out]);
    await until(() => written(out).length >= 1);
    child.kill('SIGINT');
    await sleep(20);
    child.kill('SIGINT');
    expect(['SIGINT', 130]).toContain((await ended).code);
    expect((await kehoach(['import', plans, '--out', out])).code).toBe(0);
    expect(tree(out)).toEqual(whole);
  });
});
