import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { IndexEntry, PlanRecord } from '../record.ts';
import { type ResultRecord, readRecord } from '../results.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../write-whole.ts';
import { type Applied, applyReview } from './apply.ts';
import { changeReview } from './changes.ts';
import { type Change, emptyReview, Review } from './model.ts';

/** A lock older than this was left by a program that died; in milliseconds. */
const STALE = 5000;
const PATIENCE = 2 * STALE;

export type Saved = { review: Review } | { review: Review; conflicts: string[] };

/** Reads DIR/<folder>/review.json; without one, an empty review. Throws UsageError where it is damaged. */
export async function readReview(dir: string, { folder, id }: Pick<IndexEntry, 'folder' | 'id'>): Promise<Review> {
  const path = join(dir, folder, 'review.json');
  let json: string;
  try {
    json = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return emptyReview(id);
    throw new UsageError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  try {
    return Review.parse(JSON.parse(json));
  } catch (cause) {
    const message = `${path} is damaged: mend it, or move it away to begin the review anew.`;
    throw new UsageError(message, { cause });
  }
}

/** Runs `work` while no other process writes this review. Locks of dead programs are taken over. */
async function locked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  const started = Date.now();
  for (;;) {
    try {
      await (await open(lock, 'wx')).close();
      break;
    } catch (cause) {
      // Windows says EPERM while the lock of another is being deleted.
      if (
        !['EEXIST', 'EPERM'].includes((cause as NodeJS.ErrnoException).code ?? '') ||
        Date.now() - started > PATIENCE
      ) {
        throw new UsageError(`${path} cannot be written: ${(cause as Error).message}`, { cause });
      }
      const found = await stat(lock).catch(() => null);
      if (found && Date.now() - found.mtimeMs > STALE) await rm(lock, { force: true });
      else await setTimeout(20);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

const written = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes changes to review.json at once, and final.json after it. Where another reviewer has changed one of the same
 * entries meanwhile, nothing is written and the review as it now is comes back with the ids of those entries.
 */
export async function saveChanges(dir: string, entry: IndexEntry, changes: readonly Change[]): Promise<Saved> {
  const path = join(dir, entry.folder, 'review.json');
  return locked(path, async () => {
    const review = await readReview(dir, entry);
    const changed = changeReview(review, changes);
    if ('conflicts' in changed) return { review, ...changed };
    await writeWhole(path, written(Review.parse(changed)));
    // The decision is safe whatever becomes of final.json; the next change and the next import write that again.
    await writeFinal(dir, entry.folder, await readRecord(dir, entry), changed).catch(() => undefined);
    return { review: changed };
  });
}

/** Writes DIR/<folder>/final.json: the document with the decisions applied, in the shape of document.json. */
export async function writeFinal(dir: string, folder: string, record: PlanRecord, review: Review): Promise<Applied> {
  const applied = applyReview(record, review);
  await writeWhole(join(dir, folder, 'final.json'), written(applied.record));
  return applied;
}

/** An entry's record with its review applied; one that was never reviewed as it is. */
export async function readReviewed(dir: string, entry: IndexEntry): Promise<PlanRecord> {
  const [record, review] = [await readRecord(dir, entry), await readReview(dir, entry)];
  return review.revision === 0 ? record : applyReview(record, review).record;
}

/** Entries' records with their reviews applied, read one by one. */
export async function* reviewedRecords(dir: string, entries: readonly IndexEntry[]): AsyncGenerator<ResultRecord> {
  for (const entry of entries) yield { entry, record: await readReviewed(dir, entry) };
}
