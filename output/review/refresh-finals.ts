import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexEntry } from '../record.ts';

/** After an import: final.json of every document that was reviewed, from what was extracted now. */
export async function refreshFinals(dir: string, entries: readonly IndexEntry[]): Promise<void> {
  for (const entry of entries) {
    const reviewed = await access(join(dir, entry.folder, 'review.json')).then(
      () => true,
      () => false,
    );
    if (reviewed) await refresh(dir, entry);
  }
}

async function refresh(dir: string, entry: IndexEntry): Promise<void> {
  const [{ readRecord }, { readReview, writeFinal }] = await Promise.all([
    import('../results.ts'),
    import('./store.ts'),
  ]);
  try {
    const review = await readReview(dir, entry);
    if (review.revision > 0) await writeFinal(dir, entry.folder, await readRecord(dir, entry), review);
  } catch {
    // A damaged review.json is named when the review is opened; the import has done its work.
  }
}
