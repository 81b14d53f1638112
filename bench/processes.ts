import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlanIndex } from '../output/record.ts';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CLI = join(ROOT, 'dist/pipeline/cli.js');

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Exit codes besides 0 that are no failure. */
  allowed?: readonly number[];
}

/** Runs a program to its end; returns its standard output. Rejects with the end of its messages where it fails. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const { env, cwd, allowed = [] } = options;
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, messages] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      messages = (messages + text).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || allowed.includes(code ?? -1)) resolve(out);
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? code}: ${messages}`));
    });
  });
}

/** Runs this program as built in dist. */
export const kehoach = (...args: string[]): Promise<string> => run(process.execPath, [CLI, ...args]);

/** Imports into `out`. Rejects where a document fails: what stops early is no fast program. */
export async function importInto(out: string, input: string, ...options: string[]): Promise<PlanIndex> {
  await run(process.execPath, [CLI, 'import', input, '--out', out, ...options], { allowed: [1] });
  const index = JSON.parse(await readFile(join(out, 'index.json'), 'utf8')) as PlanIndex;
  const failed = index.documents.find(({ outcome }) => outcome === 'failed');
  if (failed) throw new Error(`${failed.source} failed: import it by hand to see why`);
  return index;
}

/** Works through a list, so many at a time. */
export async function sideBySide<Item>(
  items: readonly Item[],
  size: number,
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: size }, worker));
}
