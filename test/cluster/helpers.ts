import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, tree } from '../cli/kehoach.ts';

const children = new Set<ChildProcess>();

/** Starts a command that `endAll` ends, should a test fail before it does. */
export function begin(args: string[]): ReturnType<typeof start> {
  const started = start(args);
  children.add(started.child);
  return started;
}

/** A worker of one process; resolves when it takes jobs. */
export function startWorker(url: string): Promise<ReturnType<typeof start>> {
  const worker = begin(['worker', '--database', url, '--jobs', '1']);
  return new Promise((resolve) => {
    worker.child.stderr?.on('data', (text: string) => {
      if (text.includes('Ctrl-C ends it')) resolve(worker);
    });
  });
}

export function endAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** The files of a results folder; what a run keeps for itself is left out. */
export function results(out: string): Record<string, string> {
  return Object.fromEntries(Object.entries(tree(out)).filter(([path]) => !path.startsWith('.kehoach')));
}

export async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await sleep(50);
}
