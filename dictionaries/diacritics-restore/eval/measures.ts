/** What differs between two texts, and whether confidences mean what they say. */
import type { RestoredToken } from '../src/index.ts';
import { matched, wordsOf } from './score.ts';

/** Where `got` differs from `truth`, with a word before: "… cán [ bộ → bỏ ]". */
export function differences(truth: string, got: string): string[] {
  const t = wordsOf(truth);
  const g = wordsOf(got);
  if (t.length * g.length > 3e8) return ['(too long to compare word by word)'];
  const inT = matched(t, g);
  const inG = matched(g, t);
  const out: string[] = [];
  for (let i = 0, j = 0; i < t.length || j < g.length; i++, j++) {
    const missing: string[] = [];
    const extra: string[] = [];
    const context = t.slice(Math.max(0, i - 2), i).join(' ');
    while (i < t.length && !inT[i]) missing.push(t[i++] ?? '');
    while (j < g.length && !inG[j]) extra.push(g[j++] ?? '');
    if (missing.length || extra.length)
      out.push(`${context} [ ${missing.join(' ')} → ${extra.join(' ')} ] ${t[i] ?? ''}`);
  }
  return out;
}

/** Tokens by the confidence they were given, and how many were right. */
export class Calibration {
  private readonly bins = new Map<string, { n: number; right: number; sum: number }[]>();

  /** Adds a page: a token is right where its words stand in the truth, in order. */
  add(title: string, tokens: readonly RestoredToken[], truth: string): void {
    const words = tokens.map((t) => wordsOf(t.restored));
    const hit = matched(words.flat(), wordsOf(truth));
    let at = 0;
    const bins = this.bins.get(title) ?? Array.from({ length: 6 }, () => ({ n: 0, right: 0, sum: 0 }));
    this.bins.set(title, bins);
    tokens.forEach((token, i) => {
      const n = words[i]?.length ?? 0;
      const right = hit.slice(at, at + n).every(Boolean);
      at += n;
      if (n === 0 || /\d/.test(token.restored)) return;
      const c = token.confidence;
      const bin = bins[c < 0.5 ? 0 : c < 0.7 ? 1 : c < 0.85 ? 2 : c < 0.95 ? 3 : c < 0.99 ? 4 : 5];
      if (!bin) return;
      bin.n++;
      bin.sum += c;
      if (right) bin.right++;
    });
  }

  /** Prints the bins. */
  print(say: (line: string) => void): void {
    for (const [title, bins] of this.bins) {
      const parts = bins
        .filter((b) => b.n > 0)
        .map((b) => `${(b.sum / b.n).toFixed(2)}: ${(b.right / b.n).toFixed(2)} (${b.n})`);
      say(`Confidence given: share right (tokens). ${title}: ${parts.join(', ')}`);
    }
  }
}
