import { createHash } from 'node:crypto';
import { fold } from './fold.ts';

/**
 * Ids of the records of one kind: made of the kind, the section path and the words, not of the position, so that they
 * survive a new version of the extractors. Equal records are told apart by their order among equals.
 */
export function idMaker(kind: string): (section: readonly string[], words: string) => string {
  const seen = new Map<string, number>();
  return (section, words) => {
    const text = `${kind}\n${section.join('/')}\n${fold(words)}`;
    const id = `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}
