import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { PlanIndex, PlanRecord } from '../../output/record.ts';

const ROOT = join(import.meta.dirname, '../..');
export const CLI = join(ROOT, 'dist/pipeline/cli.js');
export const PLANS = join(ROOT, 'corpus/plans');
export const GOLD = join(ROOT, 'corpus/gold');

export interface Ended {
  /** The exit code, or the signal it died of. */
  code: number | NodeJS.Signals;
  stdout: string;
  stderr: string;
}

/** Starts the built command line as a user does. */
export function start(args: string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: tmpdir(),
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 'SIGKILL', stdout, stderr }));
  });
  return { child, ended };
}

export async function kehoach(args: string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { child, ended } = start(args, env);
  child.stdin?.end(input);
  return ended;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
export const indexOf = (out: string): PlanIndex => json(join(out, 'index.json')) as PlanIndex;

/** The record of the document with this source. */
export function recordOf(out: string, source: string): PlanRecord {
  const entry = indexOf(out).documents.find((one) => one.source === source);
  if (!entry) throw new Error(`${source} is not in the index`);
  return json(join(out, entry.folder, 'document.json')) as PlanRecord;
}

/** Every file below a folder with the hash of what it holds; logs of runs, which tell times, are left out. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/^run-.*\.jsonl$/.test(entry.name),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** The rows of the summary's table: source → the words of its row. */
export function rowOf(stderr: string, source: string): string[] {
  const row = stderr
    .split('\n')
    .find((line) => line.startsWith(`${source} `) && / (?:done|partial|failed) /.test(line));
  return row?.trim().split(/\s{2,}/) ?? [];
}
