import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** Windows refuses to replace a file that another program has open. */
const LOCKED = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Writes a file whole or not at all. Throws UsageError where the place cannot be written. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`${path} cannot be written: there is no such folder.`, { cause });
    if (code && LOCKED.has(code)) {
      throw new UsageError(`${path} cannot be written. Is it open in Excel, or the folder read-only?`, { cause });
    }
    throw new UsageError(`${path} cannot be written: ${message}`, { cause });
  }
}
