import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from './usage-error.ts';

/** Windows refuses to replace a file that another program has open; a virus scanner lets go of it soon. */
const LOCKED = new Set(['EBUSY', 'EPERM', 'EACCES']);
const WAITS = [30, 100, 300, 1000];
/** The part names its process: another's that is still at work is left alone. */
const PART = /\.(\d+)-[0-9a-f]{8}\.part$/;

/** Writes a file whole or not at all. Throws UsageError where the place cannot be written. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}-${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(part, content);
    await replace(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`${path} cannot be written: there is no such folder.`, { cause });
    if (code && LOCKED.has(code)) {
      throw new UsageError(
        `${path} cannot be written: close the program that has it open (Excel?), or check that you may write there.`,
        { cause },
      );
    }
    if (code === 'ENOSPC') throw new UsageError(`${path} cannot be written: the disk is full.`, { cause });
    throw new UsageError(`${path} cannot be written: ${message}`, { cause });
  }
}

async function replace(part: string, path: string): Promise<void> {
  for (const wait of [...WAITS, null]) {
    try {
      return await rename(part, path);
    } catch (cause) {
      if (wait === null || !LOCKED.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
      await sleep(wait);
    }
  }
}

/** Whether a file's name is that of a part whose process is no more. */
export function isAbandoned(name: string): boolean {
  const pid = PART.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
