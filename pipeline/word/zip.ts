import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { PlanError } from '../../output/issues.ts';

export interface ZipLimits {
  /** Bytes that the parts asked for may unpack to, all together. */
  maxBytes: number;
}

/** 200 MB of XML are some 20,000 pages. */
export const ZIP_LIMITS: ZipLimits = { maxBytes: 200_000_000 };

/**
 * Unpacks those files of a ZIP whose names are wanted. Throws a PlanError: `damaged`, or `too-large` where they unpack to
 * more than the limit (a file that lies about its size is damaged).
 */
export async function unzip(
  path: string,
  wanted: (name: string) => boolean,
  { maxBytes }: ZipLimits = ZIP_LIMITS,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let total = 0;
  try {
    const zip = await open(path, { autoClose: false });
    try {
      for (const entry of await entriesOf(zip)) {
        if (!wanted(entry.fileName)) continue;
        total += entry.uncompressedSize;
        if (total > maxBytes) throw tooLarge(maxBytes);
        files.set(entry.fileName, await buffer(await streamOf(zip, entry)));
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    if (cause instanceof PlanError) throw cause;
    throw damagedWord(cause);
  }
  return files;
}

const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  zip.on('entry', (entry: Entry) => entries.push(entry));
  await once(zip, 'end');
  return entries;
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function tooLarge(maxBytes: number): PlanError {
  const message = `The Word file unpacks to more than ${Math.round(maxBytes / 1_000_000)} MB of text. Open it in Word, save it as a new file and import that.`;
  return new PlanError('read', 'too-large', message);
}

export function damagedWord(cause: unknown): PlanError {
  const message =
    'The Word file is damaged or cut off. Open it in Word (File, Open, Open and Repair) and save it again.';
  return new PlanError('read', 'damaged', message, { cause });
}
