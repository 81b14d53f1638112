/** How much of a text is right: words compared in order, capitals, punctuation and tone placement aside. */
import { toOldPlacement } from '../src/letters.ts';

/** The words of a text as they are compared. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map(toOldPlacement);
}

/** Longest common subsequence of two word lists: for each word of `truth` whether it is in it. */
export function matched(truth: readonly string[], got: readonly string[]): boolean[] {
  const out = new Array<boolean>(truth.length).fill(false);
  let from = 0;
  let endA = truth.length;
  let endB = got.length;
  while (from < endA && from < endB && truth[from] === got[from]) out[from++] = true;
  while (endA > from && endB > from && truth[endA - 1] === got[endB - 1]) {
    out[--endA] = true;
    endB--;
  }
  const n = endA - from;
  const m = endB - from;
  const table = new Uint16Array((n + 1) * (m + 1));
  const width = m + 1;
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--) {
      const at = i * width + j;
      table[at] =
        truth[from + i] === got[from + j]
          ? (table[at + width + 1] ?? 0) + 1
          : Math.max(table[at + width] ?? 0, table[at + 1] ?? 0);
    }
  for (let i = 0, j = 0; i < n && j < m; ) {
    if (truth[from + i] === got[from + j]) {
      out[from + i++] = true;
      j++;
    } else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return out;
}

/** Figures of one text. */
export interface TextScore {
  syllables: number;
  right: number;
  /** Numbers (digits only) of the truth that are kept, of all; and numbers the truth has not. */
  numbers: number;
  numbersKept: number;
  numbersInvented: number;
}

/** Compares a restored text with the truth. */
export function scoreText(got: string, truth: string): TextScore {
  const t = wordsOf(truth);
  const g = wordsOf(got);
  const hit = matched(t, g);
  const syllable = t.map((w) => /^\p{L}+$/u.test(w));
  const tally = (words: string[]): Map<string, number> => {
    const map = new Map<string, number>();
    for (const w of words) if (/^\d+$/.test(w)) map.set(w, (map.get(w) ?? 0) + 1);
    return map;
  };
  const a = tally(t);
  const b = tally(g);
  const score = { syllables: 0, right: 0, numbers: 0, numbersKept: 0, numbersInvented: 0 };
  syllable.forEach((is, i) => {
    if (!is) return;
    score.syllables++;
    if (hit[i]) score.right++;
  });
  for (const [n, c] of a) {
    score.numbers += c;
    score.numbersKept += Math.min(c, b.get(n) ?? 0);
  }
  for (const [n, c] of b) score.numbersInvented += Math.max(0, c - (a.get(n) ?? 0));
  return score;
}

/** Figures of two texts of the same number of lines, compared line by line (fast for long texts). */
export function scoreLines(got: string, truth: string): TextScore {
  const sum = { syllables: 0, right: 0, numbers: 0, numbersKept: 0, numbersInvented: 0 };
  const lines = got.split('\n');
  truth.split('\n').forEach((line, i) => {
    const s = scoreText(lines[i] ?? '', line);
    for (const key of Object.keys(sum) as (keyof TextScore)[]) sum[key] += s[key];
  });
  return sum;
}
