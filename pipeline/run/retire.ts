import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexEntry } from '../../output/record.ts';
import { writeWhole } from '../../output/write-whole.ts';
import { dropPages } from './page-cache.ts';
import { FOLDER, knownEntries, stateFolder } from './state.ts';

/** In the hidden folder: what is still to be taken away, so that a run that is killed meanwhile leaves nothing behind. */
const PENDING = 'replaced.json';
/** In the hidden folder: results of changed sources that a reviewer had worked on. */
const ASIDE = 'replaced';

type Replaced = Pick<IndexEntry, 'id' | 'folder'>;

const pendingPath = (outDir: string): string => join(stateFolder(outDir), PENDING);

/** Before the index is written: notes the results whose source is read from other bytes now. `before`: the index so far. */
export async function noteReplaced(
  outDir: string,
  before: readonly IndexEntry[],
  entries: readonly IndexEntry[],
): Promise<void> {
  const folders = new Map(entries.map(({ source, folder }) => [source, folder]));
  const replaced = before
    .filter(({ source, folder }) => FOLDER.test(folder) && (folders.get(source) ?? folder) !== folder)
    .map(({ id, folder }): Replaced => ({ id, folder }));
  if (replaced.length > 0) await writeWhole(pendingPath(outDir), JSON.stringify(replaced));
}

/**
 * Takes away what was noted and no entry of the index names any more. A result that was reviewed is moved aside with its
 * decisions. Gives the folders it was moved to, below the results folder.
 */
export async function retireReplaced(outDir: string): Promise<string[]> {
  const replaced = await readPending(outDir);
  if (replaced.length === 0) return [];
  const named = new Set((await knownEntries(outDir)).map(({ folder }) => folder));
  const moved: string[] = [];
  for (const { id, folder } of replaced) {
    if (named.has(folder) || !FOLDER.test(folder)) continue;
    const aside = await retire(outDir, folder);
    if (aside !== null) moved.push(aside);
    await rm(join(stateFolder(outDir), `${folder}.json`), { force: true });
    await dropPages(stateFolder(outDir), id);
  }
  await rm(pendingPath(outDir), { force: true });
  return moved;
}

async function readPending(outDir: string): Promise<Replaced[]> {
  try {
    return JSON.parse(await readFile(pendingPath(outDir), 'utf8')) as Replaced[];
  } catch {
    return [];
  }
}

async function retire(outDir: string, folder: string): Promise<string | null> {
  const from = join(outDir, folder);
  const reviewed = await access(join(from, 'review.json')).then(
    () => true,
    () => false,
  );
  if (!reviewed) {
    await rm(from, { recursive: true, force: true });
    return null;
  }
  const to = join(stateFolder(outDir), ASIDE, folder);
  await mkdir(join(stateFolder(outDir), ASIDE), { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
  return to;
}
