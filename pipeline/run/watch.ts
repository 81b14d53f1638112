import { readFileSync, writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { isRunning } from '../../output/is-running.ts';
import { killTree } from './process.ts';

/** Milliseconds between two looks. */
const EVERY = 500;
const STDERR = 2;

/** What a process says on standard error before it ends itself for its memory. */
export const OUT_OF_MEMORY = 'kehoach: over the memory limit';

/**
 * Ends this process when the one that started it is no more, or when it and its engine together hold more than `memory`
 * bytes, also while it computes or hangs: then it hears nothing itself. A thread of its own looks.
 */
export function watchProcess(memory: number): void {
  const thread = new Worker(new URL(import.meta.url), { workerData: { parent: process.ppid, memory } });
  thread.unref();
}

/** Resident memory of this process, and on Linux of those it has started, in bytes. */
function residentMemory(): number {
  return childrenOf(process.pid).reduce((sum, pid) => sum + residentOf(pid), process.memoryUsage.rss());
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function residentOf(pid: number): number {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

function read(path: string): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function look(parent: number, memory: number): void {
  // Elsewhere than on Windows an orphan gets another parent; there it keeps the number of the one that died.
  if (process.ppid !== parent || !isRunning(parent)) killTree(process.pid);
  if (residentMemory() <= memory) return;
  try {
    writeSync(STDERR, `${OUT_OF_MEMORY}\n`);
  } catch {
    // Nobody reads it.
  }
  killTree(process.pid);
}

if (!isMainThread) {
  const { parent, memory } = workerData as { parent: number; memory: number };
  setInterval(() => look(parent, memory), EVERY);
}
