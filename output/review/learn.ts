import { matchingBlocks } from '../eval/matcher.ts';
import { readEntries, readRecord } from '../results.ts';
import { bare } from './bare.ts';
import { addToDictionary } from './dictionary.ts';
import type { Decision } from './model.ts';
import { readReview } from './store.ts';

/** Longer runs are another text, not words read wrongly. */
const LONGEST_RUN = 4;

/** Letters one would have to change, over the length: a misreading keeps most of them. */
function isMisreading(from: string, to: string): boolean {
  const [a, b] = [bare(from).replaceAll(' ', ''), bare(to).replaceAll(' ', '')];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [k, other] of [...b].entries()) {
      next.push(Math.min((row[k] ?? 0) + (letter === other ? 0 : 1), (row[k + 1] ?? 0) + 1, (next[k] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 0) <= Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
}

const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The words that an edit corrected, each run with its neighbours, as they should be read: "thôn Quang Hon" made
 * "thôn Quảng Hớn". Words with digits are never learnt.
 */
export function correctedTerms(before: string, after: string): string[] {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const terms: string[] = [];
  let [a, b] = [0, 0];
  for (const block of matchingBlocks(from, to)) {
    const [wrong, right] = [from.slice(a, block.a), to.slice(b, block.b)];
    const isRun = wrong.length > 0 && right.length > 0 && Math.max(wrong.length, right.length) <= LONGEST_RUN;
    if (isRun && !/\p{N}/u.test(right.join('')) && isMisreading(wrong.join(' '), right.join(' '))) {
      const around = [to[b - 1], ...right, to[block.b]].filter((word) => word !== undefined && !/\p{N}/u.test(word));
      terms.push(around.join(' '));
    }
    [a, b] = [block.a + block.size, block.b + block.size];
  }
  return terms;
}

function textEdits({ patch }: Decision): [string, string][] {
  return (patch ?? []).flatMap((operation, i): [string, string][] => {
    const test = patch?.[i - 1];
    if (operation.op !== 'replace' || test?.op !== 'test' || test.path !== operation.path) return [];
    const [before, after] = [test.value, operation.value];
    return typeof before === 'string' && typeof after === 'string' ? [[before, after]] : [];
  });
}

/** Gives the corrected words of a results folder to the user's dictionary. Throws UsageError for a damaged folder. */
export async function learn(dir: string): Promise<{ found: number; fresh: number }> {
  const terms = new Map<string, Set<string>>();
  for (const entry of await readEntries(dir)) {
    const { decisions } = await readReview(dir, entry);
    const own = decisions.flatMap(textEdits).flatMap(([before, after]) => correctedTerms(before, after));
    if (!own.length) continue;
    const family = (await readRecord(dir, entry)).metadata.unit ?? '';
    terms.set(family, new Set([...(terms.get(family) ?? []), ...own]));
  }
  const found = [...terms.values()].reduce((sum, { size }) => sum + size, 0);
  return { found, fresh: await addToDictionary(terms) };
}
