import { extname, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { PLAN_ENDINGS } from '../file-endings.ts';
import { existing } from './discover.ts';

/** Milliseconds without growth after which a file counts as written, and between two looks at its size. */
const STABLE = { stabilityThreshold: 2000, pollInterval: 200 };
/** Milliseconds in which more files may join a run. */
const GATHER = 500;

export interface Changes {
  /** Paths added or changed since the last call, once there are some; none where the signal was given. */
  next(): Promise<Set<string>>;
  close(): Promise<void>;
}

/**
 * Watches folders and files for plans that are added or changed, from the moment it resolves. What is in `outDir` is no
 * plan. Links are not followed into other folders.
 */
export async function watchFolders(paths: readonly string[], outDir: string, signal: AbortSignal): Promise<Changes> {
  let changed = new Set<string>();
  let wake = () => {};
  const watcher = watch(await Promise.all(paths.map(async (path) => resolve(await existing(path)))), {
    ignoreInitial: true,
    followSymlinks: false,
    awaitWriteFinish: STABLE,
    ignored: (given, stats) => {
      // On Windows it is given with slashes.
      const path = resolve(given);
      if (path === outDir || path.startsWith(`${outDir}${sep}`)) return true;
      return stats?.isFile() === true && !PLAN_ENDINGS.includes(extname(path).toLowerCase());
    },
  });
  for (const event of ['add', 'change'] as const) {
    watcher.on(event, (path) => {
      changed.add(resolve(path));
      wake();
    });
  }
  signal.addEventListener('abort', () => wake(), { once: true });
  await new Promise<void>((ready, reject) => {
    watcher.once('ready', ready);
    watcher.once('error', reject);
  });
  // A folder that goes away is no reason to stop.
  watcher.on('error', () => undefined);
  return {
    async next() {
      while (changed.size === 0 && !signal.aborted) {
        await new Promise<void>((woken) => {
          wake = woken;
        });
      }
      if (signal.aborted) return new Set();
      await sleep(GATHER);
      const gathered = changed;
      changed = new Set();
      return gathered;
    },
    close: () => watcher.close(),
  };
}
