import { createRequire } from 'node:module';

// The package's root loads database drivers and writes to standard output: only its parts are taken.
const require = createRequire(import.meta.url);
type Distance = { JaroWinklerDistance(a: string, b: string, options?: { ignoreCase?: boolean }): number };
let distance: Distance | null = null;

/** 0..1, 1 for equal strings (Jaro-Winkler). */
export function similarity(a: string, b: string): number {
  distance ??= require('natural/lib/natural/distance/index.js') as Distance;
  return distance.JaroWinklerDistance(a, b, { ignoreCase: true });
}

/** The key of the phrase that is nearest to the text, if it is at least `floor` alike. */
export function nearestPhrase(
  text: string,
  phrases: readonly { key: string; phrase: string }[],
  floor: number,
): string | undefined {
  let best: { key: string; score: number } | undefined;
  for (const { key, phrase } of phrases) {
    // Jaro-Winkler favours equal beginnings whatever the lengths: phrases of other lengths are no readings of the text.
    if (Math.abs(phrase.length - text.length) > Math.max(3, phrase.length * 0.25)) continue;
    const score = similarity(text, phrase);
    if (score >= floor && score > (best?.score ?? 0)) best = { key, score };
  }
  return best?.key;
}
