import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlanIndex, PlanRecord } from '../../output/record.ts';
import { planText, printedPage } from '../cli/files.ts';
import { type Random, randomOf } from './random.ts';

export interface KillOptions {
  /** A folder of the caller's; what is in it stays there. */
  folder: string;
  /** The built command line. */
  cli: string;
  kills: number;
  texts: number;
  /** Pages of print as pictures. */
  scans: number;
  seed: number;
  onKill?: (done: number) => void;
}

export interface KillResult {
  kills: Record<Victim, number>;
  /** How often a run was found in this stage of its work when it was killed. */
  moments: Record<string, number>;
  /** Times the whole batch was done from an empty folder, with kills on the way. */
  rounds: number;
  /** What was wrong, a line each: nothing where all is well. */
  wrong: string[];
}

/** What is killed: the run alone, the run and all its processes, one of its workers or engines. */
type Victim = 'run' | 'all' | 'worker';

/** Makes the plans, imports them once undisturbed, then again and again with kill -9 at random moments. */
export async function runKills({ folder, cli, kills, texts, scans, seed, onKill }: KillOptions): Promise<KillResult> {
  const plans = join(folder, 'plans');
  await makePlans(plans, texts, scans);
  const whole = join(folder, 'whole');
  await ended(start(cli, plans, whole));
  const expected = results(whole);
  const total = texts + scans;
  const random = randomOf(seed);
  const out = join(folder, 'killed');
  const result: KillResult = { kills: { run: 0, all: 0, worker: 0 }, moments: {}, rounds: 0, wrong: [] };
  for (let done = 0; done < kills; ) {
    const run = start(cli, plans, out);
    const end = ended(run);
    // With all written it has the index left to do: most runs may end a round then.
    if (writtenIn(out) < total || random() < EARLY) await momentIn(run, out, total, random);
    else await end;
    const wanted = (['run', 'all', 'worker'] as const)[Math.floor(random() * 3)] ?? 'run';
    const victim = wanted === 'worker' && descendants(run.pid ?? 0).length === 0 ? 'run' : wanted;
    const moment = momentOf(out, total);
    if (strike(run, victim, random)) {
      done++;
      onKill?.(done);
      result.kills[victim]++;
      result.moments[moment] = (result.moments[moment] ?? 0) + 1;
      if (victim === 'worker') await Promise.race([end, momentIn(run, out, total, random)]);
    }
    // Whoever is not hit is killed like the others a little later, without being counted.
    if (run.exitCode === null && run.signalCode === null) strike(run, 'all', random);
    const code = await end;
    result.wrong.push(...halfWritten(out));
    if (code !== 0) continue;
    result.rounds++;
    result.wrong.push(...differences(expected, results(out)).map((line) => `round ${result.rounds}: ${line}`));
    rmSync(out, { recursive: true, force: true });
  }
  const code = await ended(start(cli, plans, out));
  result.rounds++;
  if (code !== 0) result.wrong.push(`the last run: exit code ${code}`);
  result.wrong.push(...differences(expected, results(out)).map((line) => `the last run: ${line}`));
  return result;
}

/** Share of the kills that fall before a run has begun its work. */
const EARLY = 0.1;
/** Part of the batch that a run does at most before it is killed. */
const STRIDE = 5;
/** Milliseconds that a kill comes after what it waits for. */
const AFTER = 150;

/** Waits for a random moment of a run: at its start, in the midst of its documents, or when all are written. */
async function momentIn(run: ChildProcess, out: string, total: number, random: Random): Promise<void> {
  const goal = Math.min(total, writtenIn(out) + Math.floor((random() * total) / STRIDE));
  const early = random() < EARLY;
  const reached = (): boolean => early || (existsSync(join(out, '.kehoach', 'lock')) && writtenIn(out) >= goal);
  while (run.exitCode === null && !reached()) await sleep(10);
  await sleep(random() * (early ? 2 : 1) * AFTER);
}

const writtenIn = (out: string): number =>
  existsSync(out) ? readdirSync(out).filter((name) => existsSync(join(out, name, 'document.json'))).length : 0;

async function makePlans(folder: string, texts: number, scans: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= texts; number++) writeFileSync(join(folder, `${number}.txt`), planText(number));
  for (let number = 1; number <= scans; number++) {
    const lines = ['KẾ HOẠCH', `Cải cách hành chính năm ${2025 + number}`, `Phấn đấu ${60 + number}% hồ sơ đúng hạn.`];
    writeFileSync(join(folder, `scan ${number}.png`), await printedPage('png', lines));
  }
}

function start(cli: string, plans: string, out: string): ChildProcess {
  return spawn(process.execPath, [cli, 'import', plans, '--out', out, '--jobs', '2'], {
    stdio: 'ignore',
    // A dictionary of the user's own would change what is read.
    env: { ...process.env, KEHOACH_HOME: join(plans, '..', 'home') },
  });
}

const ended = (run: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => run.once('exit', (code, signal) => resolve(code ?? signal)));

/** Kills; false where there was nothing to kill. */
function strike(run: ChildProcess, victim: Victim, random: Random): boolean {
  if (run.pid === undefined || run.exitCode !== null) return false;
  const below = descendants(run.pid);
  if (victim === 'worker') {
    const one = below[Math.floor(random() * below.length)];
    return one !== undefined && kill(one);
  }
  const hit = kill(run.pid);
  if (victim === 'all') for (const pid of below) kill(pid);
  return hit;
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Processes that a process has started, and those that they have (Linux). */
function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const parent = Number(
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) \S /s, '')
          .split(' ')[0],
      );
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // It has just ended.
    }
  }
  const below = (one: number): number[] => (parents.get(one) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function momentOf(out: string, total: number): string {
  if (!existsSync(join(out, '.kehoach', 'lock'))) return 'before its lock';
  const written = writtenIn(out);
  if (written === 0) return 'nothing written';
  return written < total ? 'documents written' : 'all written';
}

/** Results that are there but not whole. */
function halfWritten(out: string): string[] {
  if (!existsSync(out)) return [];
  const wrong: string[] = [];
  const check = (path: string, parse: (value: unknown) => unknown) => {
    if (!existsSync(path)) return;
    try {
      parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      wrong.push(`half written: ${relative(out, path)} (${(error as Error).message})`);
    }
  };
  check(join(out, 'index.json'), (value) => PlanIndex.parse(value));
  for (const name of readdirSync(out)) {
    check(join(out, name, 'document.json'), (value) => PlanRecord.parse(value));
    check(join(out, name, 'layout.json'), (value) => value);
  }
  return wrong;
}

/** Every file of the results with the hash of what it holds; the run's own logs are left out. */
function results(out: string): Map<string, string> {
  if (!existsSync(out)) return new Map();
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^run-.*\.jsonl$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    files.map((path) => [relative(out, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

function differences(expected: Map<string, string>, found: Map<string, string>): string[] {
  const lost = [...expected.keys()].filter((path) => !found.has(path)).map((path) => `lost: ${path}`);
  const more = [...found.keys()].filter((path) => !expected.has(path)).map((path) => `too much: ${path}`);
  const other = [...expected].filter(([path, hash]) => found.has(path) && found.get(path) !== hash);
  return [...lost, ...more, ...other.map(([path]) => `other content: ${path}`)];
}
