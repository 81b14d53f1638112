import { type Figures, round } from '../../output/eval/figures.ts';
import { matchingBlocks } from '../../output/eval/matcher.ts';
import { foldWords } from '../../output/fold.ts';

function times(words: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1);
  return counted;
}

/** The share of `of` that `among` has as well, each as often. */
function shared(of: ReadonlyMap<string, number>, among: ReadonlyMap<string, number>): number {
  return [...of].reduce((sum, [word, count]) => sum + Math.min(count, among.get(word) ?? 0), 0);
}

const isSyllable = (word: string): boolean => /^\p{L}+$/u.test(word);
const isNumber = (word: string): boolean => /^\p{Nd}+$/u.test(word);

/** How many syllables of the truth a text has in order. */
function syllablesKept(found: readonly string[], wanted: readonly string[]): number {
  const aligned = matchingBlocks(wanted, found).flatMap(({ a, size }) => wanted.slice(a, a + size));
  return aligned.filter(isSyllable).length;
}

/** How many syllables of the truth a text has not, or not in order. */
export function syllablesWrong(got: string, truth: string): number {
  const wanted = foldWords(truth);
  return wanted.filter(isSyllable).length - syllablesKept(foldWords(got), wanted);
}

/**
 * A text against the truth: the share of its syllables that stand in order (`of` them there are), the share of its numbers that are there at all,
 * and how many numbers are there that the truth does not have.
 */
export function scoreText(got: string, truth: string): Figures {
  const [wanted, found] = [foldWords(truth), foldWords(got)];
  const of = wanted.filter(isSyllable).length;
  const [right, read] = [times(wanted.filter(isNumber)), times(found.filter(isNumber))];
  const numbers = wanted.filter(isNumber).length;
  const kept = shared(right, read);
  return {
    syllables: round(syllablesKept(found, wanted) / Math.max(1, of)),
    of,
    numbersKept: round(kept / Math.max(1, numbers)),
    numbersInvented: found.filter(isNumber).length - kept,
  };
}
