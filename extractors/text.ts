import { fold as foldText } from '../output/fold.ts';
import { memo } from './memo.ts';

export { foldWords } from '../output/fold.ts';

/** `fold` of output/fold.ts, its answers kept: titles, units and phrases of the tables are compared over and over. */
export const fold: (text: string) => string = memo(foldText);

/** Counts words split at blanks. */
export function countWords(text: string): number {
  const trimmed = text.trim();
  return trimmed === '' ? 0 : trimmed.split(/\s+/).length;
}

/** Without a closing ":" "." ";" "," and the blanks before it; "./." goes too. */
export function stripClosing(text: string): string {
  return text.replace(/\s*(?:\.\/\.|\.\.|[:.;,/])?\s*$/u, '').trimEnd();
}

/** Without any marks: "Cải cách" → "cai cach". */
export function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();
}

/** Share of capitals among the letters. */
export function capitalShare(text: string): number {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters === '' ? 0 : letters.replace(/[^\p{Lu}]/gu, '').length / letters.length;
}
