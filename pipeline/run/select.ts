import { stat } from 'node:fs/promises';
import type { IndexEntry, Outcome } from '../../output/record.ts';
import type { FoundFile } from './discover.ts';

/** Which of the plans found a run takes; without any of these, all. */
export interface Selection {
  /** Those whose file was written to at this moment or later. */
  since?: Date | undefined;
  /** Those that ended so in an earlier run. */
  only?: readonly Outcome[] | undefined;
  /** Those at these paths. */
  changed?: ReadonlySet<string> | undefined;
}

/** `known`: the entries of earlier runs into the same folder. */
export async function select(
  files: readonly FoundFile[],
  known: readonly IndexEntry[],
  { since, only, changed }: Selection,
): Promise<FoundFile[]> {
  const outcomes = new Map(known.map(({ source, outcome }) => [source, outcome]));
  const selected: FoundFile[] = [];
  for (const file of files) {
    const outcome = outcomes.get(file.source);
    if (changed !== undefined && !changed.has(file.path)) continue;
    if (only !== undefined && (outcome === undefined || !only.includes(outcome))) continue;
    if (since === undefined || (await writtenSince(file.path, since))) selected.push(file);
  }
  return selected;
}

/** A file that cannot be looked at is taken in: reading it tells why. */
async function writtenSince(path: string, since: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found === null || found.mtime >= since;
}
