import { type Change, isAdded, type Review, type ReviewEntry } from './model.ts';

/** Key order does not count: an entry that went through a browser is still the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function entryOf({ decisions, added }: Review, id: string): ReviewEntry | null {
  return decisions.find((entry) => entry.id === id) ?? added.find((entry) => entry.id === id) ?? null;
}

function place<Entry extends ReviewEntry>(entries: readonly Entry[], id: string, entry: Entry | null): Entry[] {
  const others = entries.filter((other) => other.id !== id);
  return entry ? [...others, entry].sort((a, b) => (a.id < b.id ? -1 : 1)) : others;
}

/** Takes changes back: in reverse order, each with its sides swapped. */
export function inverse(changes: readonly Change[]): Change[] {
  return changes.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse();
}

/**
 * The review with all of the changes, its revision one higher; or the ids of the entries that are no longer what the
 * reviewer saw, because someone else changed them: then nothing is changed.
 */
export function changeReview(review: Review, changes: readonly Change[]): Review | { conflicts: string[] } {
  const conflicts: string[] = [];
  let { decisions, added } = review;
  for (const { id, before, after } of changes) {
    const current = entryOf({ ...review, decisions, added }, id);
    const misnamed = [before, after].some((entry) => entry !== null && entry.id !== id);
    if (misnamed || canonical(current) !== canonical(before)) conflicts.push(id);
    decisions = place(decisions, id, after && !isAdded(after) ? after : null);
    added = place(added, id, after && isAdded(after) ? after : null);
  }
  if (conflicts.length) return { conflicts };
  return { ...review, revision: review.revision + 1, decisions, added };
}
