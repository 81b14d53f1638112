import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IndexEntry, Source } from '../record.ts';
import { writeWhole } from '../write-whole.ts';

/** Beside the results, hidden: absolute paths of the sources by folder, for the pictures of the reviewer's page. */
const FILE = ['.kehoach', 'sources.json'] as const;

async function readSources(dir: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(dir, ...FILE), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

/** Notes where the sources of a run lie; those of earlier runs stay. `path` is absolute. */
export async function rememberSources(dir: string, files: readonly { folder: string; path: string }[]): Promise<void> {
  const sources = {
    ...(await readSources(dir)),
    ...Object.fromEntries(files.map(({ folder, path }) => [folder, path])),
  };
  const sorted = Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
  await mkdir(join(dir, FILE[0]), { recursive: true });
  await writeWhole(join(dir, ...FILE), `${JSON.stringify(sorted, null, 2)}\n`);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Where the source of an entry lies now: in `folder` if one is given, else where it was imported from. `missing` where
 * it is in neither place, `changed` where the file there has other bytes than those that were read.
 */
export async function findSource(
  dir: string,
  entry: IndexEntry,
  source: Source,
  folder?: string,
): Promise<{ path: string } | 'missing' | 'changed'> {
  const known = (await readSources(dir))[entry.folder];
  const places = folder === undefined ? [] : [join(folder, entry.source), join(folder, basename(entry.source))];
  if (known !== undefined) places.push(known);
  let answer: 'missing' | 'changed' = 'missing';
  for (const path of places) {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) continue;
    if (found.size === source.bytes && (await sha256(path)) === source.sha256) return { path };
    answer = 'changed';
  }
  return answer;
}
