import { createHash } from 'node:crypto';
import { PlanError } from '../../output/issues.ts';
import type { IndexEntry } from '../../output/record.ts';
import { type FoundFile, fingerprint, folderName, unreadable } from './discover.ts';
import type { Done, Taken } from './local.ts';
import { FOLDER } from './state.ts';

/** A file with the bytes of another. */
export interface Duplicate {
  source: string;
  of: string;
}

/**
 * Fingerprints the files; the same bytes again are read once, and keep the folder an earlier run gave them. A file that
 * cannot be opened is taken in as failed.
 */
export async function takeIn(
  files: readonly FoundFile[],
  known: readonly IndexEntry[],
  signal: AbortSignal,
): Promise<{ taken: Taken[]; duplicates: Duplicate[] }> {
  const taken: Taken[] = [];
  const duplicates: Duplicate[] = [];
  const bySha = new Map<string, string>();
  const folders = new Map(known.filter(({ folder }) => FOLDER.test(folder)).map(({ id, folder }) => [id, folder]));
  for (const { path, source } of files) {
    if (signal.aborted) break;
    try {
      const { sha256, bytes } = await fingerprint(path);
      const first = bySha.get(sha256);
      if (first !== undefined) {
        duplicates.push({ source, of: first });
        continue;
      }
      bySha.set(sha256, source);
      const id = sha256.slice(0, 16);
      const folder = folders.get(id) ?? folderName(source, id);
      taken.push({ file: { path, source, id, sha256, bytes, folder }, failure: null });
    } catch (cause) {
      const id = createHash('sha256').update(`unreadable ${source}`).digest('hex').slice(0, 16);
      const failure = new PlanError('intake', 'unreadable', unreadable(cause), { cause });
      taken.push({ file: { path, source, id, sha256: '', bytes: 0, folder: folderName(source, id) }, failure });
    }
  }
  return { taken, duplicates };
}

/** What is said of files whose bytes were read once, under another name. */
export function copiesOf(duplicates: readonly Duplicate[], done: readonly Done[]): Done[] {
  const firsts = new Map(done.map((one) => [one.row.source, one]));
  return duplicates.flatMap(({ source, of }) => {
    const first = firsts.get(of);
    if (!first) return [];
    const entry = first.entry && { ...first.entry, source, duplicateOf: of };
    return [{ entry, row: { ...first.row, source, duplicateOf: of } }];
  });
}
