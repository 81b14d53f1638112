import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './is-running.ts';
import { UsageError } from './usage-error.ts';

/** Windows refuses to replace a file that another program has open; a virus scanner lets go of it soon. */
const LOCKED = new Set(['EBUSY', 'EPERM', 'EACCES']);
const WAITS = [30, 100, 300, 1000];
/** The part names its process: another's that is still at work is left alone. */
const PART = /\.(\d+)-[0-9a-f]{8}\.part$/;

/** Writes a file whole or not at all. Throws UsageError where the place cannot be written. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeWholeBy([path], ([part]) => writeFile(part as string, content));
}

/**
 * Writes files whole or not at all: `fill` writes each under the name it is given for it. Throws UsageError where a
 * place cannot be written.
 */
export async function writeWholeBy(paths: readonly string[], fill: (parts: string[]) => Promise<void>): Promise<void> {
  const suffix = `.${process.pid}-${randomUUID().slice(0, 8)}.part`;
  const parts = paths.map((path) => path + suffix);
  let at = paths.join(', ');
  try {
    await fill(parts);
    for (const path of paths) {
      at = path;
      await replace(path + suffix, path);
    }
  } catch (cause) {
    for (const part of parts) await rm(part, { force: true }).catch(() => undefined);
    throw cause instanceof UsageError ? cause : new UsageError(`${at} cannot be written: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such folder.';
  if (code === 'EISDIR') return 'a folder has that name.';
  if (code === 'ENOSPC') return 'the disk is full.';
  if (LOCKED.has(code)) return 'close the program that has it open (Excel?), or check that you may write there.';
  return message;
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
  return pid !== undefined && !isRunning(Number(pid));
}
