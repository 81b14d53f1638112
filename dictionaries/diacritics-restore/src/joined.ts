/** Words that ran together without a letter lost ("sửdụng", "mớisángtạovàchuyển"): found by their exact syllables. */
import type { Arc } from './decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { capitalsOf } from './letters.ts';
import { isPlausibleSyllable } from './syllable.ts';
import { SPLIT } from './weights.ts';
import { BREAK, UNKNOWN, wordForm } from './words.ts';

const SHORTEST = 4;
const LONGEST = 60;
const LONGEST_SYLLABLE = 7;
/** Divisions followed from each place of the piece. */
const WIDTH = 4;
/** Words of one letter. */
const SINGLE = new Set(['ở', 'ý', 'à', 'ô', 'y']);

interface Division {
  words: number[];
  ends: number[];
  score: number;
}

/** The likeliest divisions of a piece into words of the model; none where it is a syllable itself. */
export function joinedArcs(piece: string, span: number, model: LanguageModel): Arc[] {
  const n = piece.length;
  if (n < SHORTEST || n > LONGEST || isPlausibleSyllable(piece)) return [];
  const low = piece.toLowerCase();
  if (low.length !== n) return [];
  const reached: Division[][] = Array.from({ length: n + 1 }, () => []);
  reached[0]?.push({ words: [], ends: [], score: 0 });
  for (let at = 0; at < n; at++) {
    const here = (reached[at] as Division[]).sort((a, b) => b.score - a.score).slice(0, WIDTH);
    if (here.length === 0) continue;
    for (let end = at + 1; end <= Math.min(n, at + LONGEST_SYLLABLE); end++) {
      const text = low.slice(at, end);
      if (end === at + 1 && !SINGLE.has(text)) continue;
      const id = model.id(wordForm(text));
      if (id === UNKNOWN || !isPlausibleSyllable(text)) continue;
      for (const { words, ends, score } of here) {
        const before = words[words.length - 1] ?? BREAK;
        const gain = model.bigramScore(model.bigram(before, id), before, id);
        (reached[end] as Division[]).push({ words: [...words, id], ends: [...ends, end], score: score + gain });
      }
    }
  }
  return (
    (reached[n] as Division[])
      // Two words of which the second has a capital ("tôiMinh") may be written so: lists lose their line ends.
      .filter(({ words, ends }) => words.length > 2 || (words.length === 2 && !isTitle(piece.slice(ends[0]))))
      .sort((a, b) => b.score - a.score)
      .slice(0, WIDTH)
      .map(({ words, ends }) => ({
        span,
        words,
        score: SPLIT.first + SPLIT.next * (words.length - 2),
        texts: ends.map((end, i) => written(piece.slice(ends[i - 1] ?? 0, end))),
      }))
  );
}

const isTitle = (part: string): boolean => capitalsOf(part) === 'title';

/** A word of a division: capitals inside it are the reader's. */
function written(part: string): string {
  if (capitalsOf(part) !== 'mixed') return part;
  return (part[0] as string) + part.slice(1).toLowerCase();
}
