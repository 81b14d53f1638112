import { isMainThread, Worker, workerData } from 'node:worker_threads';

/** Milliseconds between two looks. */
const EVERY = 2000;

/**
 * Ends this process when the one that started it is no more, also while it computes or hangs: then it cannot hear that it
 * was left alone. A thread of its own looks.
 */
export function watchParent(): void {
  const thread = new Worker(new URL(import.meta.url), { workerData: { parent: process.ppid } });
  thread.unref();
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

if (!isMainThread) {
  const { parent } = workerData as { parent: number };
  setInterval(() => {
    // Elsewhere than on Windows an orphan gets another parent; there it keeps the number of the one that died.
    if (process.ppid !== parent || !isThere(parent)) process.kill(process.pid, 'SIGKILL');
  }, EVERY);
}
