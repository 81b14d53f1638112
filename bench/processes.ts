import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/** Runs this program as built in dist. A partial document is no failure. */
export const kehoach = (...args: string[]): Promise<string> => run(process.execPath, [CLI, ...args], { allowed: [1] });

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
