import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { tempFolder } from '../temp.ts';
import { planText } from './files.ts';
import { CLI, indexOf } from './kehoach.ts';

const temp = tempFolder();

/** A watch under way: what it has said so far. */
interface Watch {
  child: ChildProcess;
  told: { stdout: string; stderr: string };
  ended: Promise<number | NodeJS.Signals | null>;
}

function startWatch(plans: string, out: string): Watch {
  const child = spawn(process.execPath, [CLI, 'import', plans, '--out', out, '--watch', '--json'], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  const told = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      told[stream] += text;
    });
  }
  return {
    child,
    told,
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal))),
  };
}

const runsIn = ({ told }: Watch): string[][] =>
  told.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { documents: { source: string }[] }).documents.map(({ source }) => source));
const waits = ({ told }: Watch): number => told.stderr.split('Waiting for plans that are added or changed.').length - 1;

test.skipIf(process.platform === 'win32')(
  'a watch takes plans once they are stable, and changed ones; Ctrl-C ends it at once with 130',
  async () => {
    // Named with other letters than it has on disk: marks may be letters of their own.
    const plans = join(temp, 'kế hoạch'.normalize('NFD'));
    const out = join(plans, 'results');
    mkdirSync(plans);
    writeFileSync(join(plans, 'a.txt'), planText(1));
    const watch = startWatch(plans.normalize('NFC'), out);
    const until = async (count: number) => {
      while (waits(watch) < count) {
        if (watch.child.exitCode !== null) throw new Error(watch.told.stderr);
        await sleep(20);
      }
    };
    await until(1);
    expect(runsIn(watch)).toEqual([['a.txt']]);

    const [head, tail] = [planText(2).slice(0, 200), planText(2).slice(200)];
    mkdirSync(join(plans, 'xã'));
    writeFileSync(join(plans, 'xã/b.txt'), head);
    writeFileSync(join(plans, 'no plan.xlsx'), 'x');
    await sleep(800);
    appendFileSync(join(plans, 'xã/b.txt'), tail);
    await until(2);
    expect(runsIn(watch)).toEqual([['a.txt'], ['xã/b.txt']]);
    expect(indexOf(out).documents.map(({ source }) => source)).toEqual(['a.txt', 'xã/b.txt']);

    writeFileSync(join(plans, 'a.txt'), planText(3));
    rmSync(join(plans, 'xã/b.txt'));
    await until(3);
    expect(runsIn(watch)[2]).toEqual(['a.txt']);
    const folders = readdirSync(out).filter((name) => /-[0-9a-f]{8}$/.test(name));
    expect(folders).toEqual(indexOf(out).documents.map(({ folder }) => folder));

    watch.child.kill('SIGINT');
    expect(await watch.ended).toBe(130);
    expect(watch.told.stderr).toMatch(/\nStopped\.\n$/);
    expect(readdirSync(join(out, '.kehoach'))).not.toContain('lock');
  },
  120_000,
);
