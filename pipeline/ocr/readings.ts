import { isPlausibleSyllable } from 'diacritics-restore/syllable';
import type { OcrWord } from './engine.ts';

/** A word less sure than this is in doubt: a number, one that is no syllable or a name, one in capitals. */
const UNSURE_NUMBER = 0.92;
const UNSURE = 0.88;
const UNSURE_CAPITALS = 0.7;

/** A number that two readings tell differently is no surer than this, one that a third reading settled than the second. */
const DOUBTFUL = 0.3;
const SETTLED = 0.8;

/**
 * Whether a word is worth a second reading. A syllable in small letters is not, however unsure: its neighbours tell what it is
 * better than a second reading does, and the restoration asks them.
 */
export function isUnsure({ text, confidence }: OcrWord): boolean {
  if (/\d/.test(text)) return confidence < UNSURE_NUMBER;
  const letters = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (letters.length > 1 && letters === letters.toUpperCase()) return confidence < UNSURE_CAPITALS;
  return confidence < UNSURE && (/^\p{Lu}/u.test(letters) || !isPlausibleSyllable(letters));
}

/** The two readings of a line cut into the smallest stretches that hold whole words of both. */
export function matched(old: OcrWord[], fresh: OcrWord[]): [OcrWord[], OcrWord[]][] {
  const all = [...old.map((word) => ({ word, side: 0 })), ...fresh.map((word) => ({ word, side: 1 }))];
  all.sort((a, b) => a.word.rect.x0 - b.word.rect.x0 || a.side - b.side);
  const stretches: [OcrWord[], OcrWord[]][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { word, side } of all) {
    const slack = (word.rect.x1 - word.rect.x0) * 0.2;
    if (word.rect.x0 + slack >= end) stretches.push([[], []]);
    stretches.at(-1)?.[side === 0 ? 0 : 1].push(word);
    end = Math.max(end, word.rect.x1);
  }
  return stretches.filter(([before, after]) => before.length > 0 && after.length > 0);
}

const textOf = (words: OcrWord[]): string => words.map((word) => word.text).join(' ');
const digitsOf = (words: OcrWord[]): string => textOf(words).replace(/\D/g, '');

/** The readings have not the same digits, or only one has any. */
export function tellNumbersApart(old: OcrWord[], fresh: OcrWord[]): boolean {
  return digitsOf(old) !== digitsOf(fresh);
}

/**
 * Of two readings that tell a number differently, the one that a third reading of their line bears out; else the surer one,
 * with little confidence and the other beside it.
 */
export function settleNumbers(old: OcrWord[], fresh: OcrWord[], third: OcrWord[], isSurer: boolean): OcrWord[] {
  const again = matched(old, third).flatMap(([, words]) => words);
  const borneOut = again.length > 0 && [old, fresh].find((words) => digitsOf(words) === digitsOf(again));
  if (borneOut) return atMost(borneOut, SETTLED);
  const [kept, other] = isSurer ? [fresh, old] : [old, fresh];
  return atMost(kept, DOUBTFUL).map((word) => (/\d/.test(word.text) ? { ...word, doubt: textOf(other) } : word));
}

const atMost = (words: OcrWord[], confidence: number): OcrWord[] =>
  words.map((word) => (/\d/.test(word.text) ? { ...word, confidence: Math.min(word.confidence, confidence) } : word));
