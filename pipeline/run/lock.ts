import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../output/is-running.ts';
import { UsageError } from '../../output/usage-error.ts';
import { cannotWrite, stateFolder } from './state.ts';

/** Milliseconds between two signs of life of the one that holds a lock. */
const BEAT = 10_000;
/** A lock without a sign of life for so long was left by a run that died, here or on another machine. */
const STALE = 6 * BEAT;
/** Milliseconds in which processes that a dead run left have ended: see watch.ts. */
const ORPHANS = 1000;

interface Holder {
  pid: number;
  host: string;
  /** ISO time. */
  since: string;
  /** Tells one lock from the next of the same process. */
  token: string;
}

/** Two runs must not write into one folder at once. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Throws UsageError where another run works in the folder. The lock of a run that died is taken over. */
export async function lockFolder(outDir: string): Promise<FolderLock> {
  const path = join(stateFolder(outDir), 'lock');
  const own: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), token: randomUUID() };
  while (!(await created(outDir, path, own))) {
    const holder = await read(path);
    if (holder === 'gone') continue;
    if (!holder.stale) throw new UsageError(inUse(outDir, holder.by));
    await takeAway(path, holder.by);
    await sleep(ORPHANS);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      const holder = await read(path);
      if (holder !== 'gone' && holder.by?.token === own.token) await rm(path, { force: true }).catch(() => undefined);
    },
  };
}

async function created(outDir: string, path: string, own: Holder): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(JSON.stringify(own));
    await file.close();
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw cannotWrite(outDir, cause);
  }
}

/** `by` is null where the lock says nothing: its run died, or is about to write it. */
async function read(path: string): Promise<'gone' | { by: Holder | null; stale: boolean }> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'gone';
  const silent = Date.now() - found.mtimeMs;
  try {
    const by = JSON.parse(await readFile(path, 'utf8')) as Holder;
    return { by, stale: silent > STALE || (by.host === hostname() && !isRunning(by.pid)) };
  } catch {
    return { by: null, stale: silent > ORPHANS };
  }
}

/** Of several runs that find the same stale lock one takes it away; a lock that has come in its place is put back. */
async function takeAway(path: string, stale: Holder | null): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const taken = await read(aside);
  if (taken !== 'gone' && taken.by !== null && taken.by.token !== stale?.token) await rename(aside, path);
  else await rm(aside, { force: true });
}

function inUse(outDir: string, holder: Holder | null): string {
  const who = holder === null ? '' : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return `Another import is writing into ${outDir}${who}: wait until it has ended, or name another folder with --out.`;
}
