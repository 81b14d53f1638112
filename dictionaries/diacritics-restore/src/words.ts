/** How running text becomes the words the language model counts; the same for training and for restoring. */
import { toOldPlacement } from './letters.ts';

/** A word the model does not know, a sentence break, a token with a digit. Their numbers are 0, 1, 2. */
export const SPECIALS = ['<unk>', '<s>', '<num>'] as const;
export const UNKNOWN = 0;
export const BREAK = 1;
export const NUMBER = 2;

/** The form a word is counted in: lower case, tone on the first vowel of oa, oe, uy. NFC in and out. */
export function wordForm(word: string): string {
  return toOldPlacement(word.toLowerCase());
}

const TOKEN = /\S+/g;
const HAS_DIGIT = /\d/;
const LETTERS = /\p{L}+/gu;
const PLAIN = /^[a-zà-ỹđ]+$/;
const SENTENCE_END = /[.;:!?…][)"”’»\]]*$/;

/** Whether a token ends a sentence for the model. */
export function endsSentence(token: string): boolean {
  return token === '|' || SENTENCE_END.test(token);
}

/**
 * Calls `each` for every word of a paragraph in order, with the word as it is written; SPECIALS[1] at sentence marks and
 * between table cells, SPECIALS[2] for tokens with a digit.
 */
export function eachWord(paragraph: string, each: (word: string, written: string) => void): void {
  for (const token of paragraph.match(TOKEN) ?? []) {
    if (HAS_DIGIT.test(token)) each(SPECIALS[NUMBER], token);
    else {
      const low = token.toLowerCase();
      if (PLAIN.test(low)) each(toOldPlacement(low), token);
      else for (const run of token.match(LETTERS) ?? []) each(wordForm(run), run);
    }
    if (endsSentence(token)) each(SPECIALS[BREAK], token);
  }
}
