/** Words or phrases as one alternation, longest first, blanks matching any white space. */
export function anyOf(phrases: readonly string[]): string {
  return [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+'))
    .join('|');
}

/** Not inside a word: JavaScript's \b knows only ASCII letters. */
export const START = '(?<![\\p{L}\\p{M}\\d])';
export const END = '(?![\\p{L}\\p{M}\\d])';
