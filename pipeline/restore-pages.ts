import { isPlausibleSyllable, type RestoredToken, restoreTokens } from 'diacritics-restore';
import { markedSymbol } from '../extractors/document-numbers.ts';
import { bare } from '../extractors/text.ts';
import { knownTerms } from '../output/review/dictionary.ts';
import { mendReadings } from './mend-readings.ts';
import { type Page, pageLines, type Word } from './page.ts';

/** Good Vietnamese prose has marks on seven words in ten; text that lost them has far fewer, or words that are none. */
const MARKED_SHARE = 0.5;
const PLAUSIBLE_SHARE = 0.9;
const MIN_WORDS = 20;

/** "118/2025/ND-CP": its letters get their marks back by the table of symbols, not by the language model. */
const DOCUMENT_NUMBER = /^\d{1,5}(?:\/\d{4})?[/-]\p{Lu}[\p{L}\d]*(?:[/-]\p{L}[\p{L}\d]*)*[,.;)]*$/u;

/** Letters only; what stands around them (brackets, stops) does not count. */
const lettersOf = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** Whether the text of these words has lost marks, or was read by an engine that does not know them. */
function lacksMarks(words: readonly Word[]): boolean {
  const syllables = words
    .map((word) => lettersOf(word.raw))
    .filter((word) => word.length >= 2 && /^\p{L}+$/u.test(word) && !/^\p{Lu}+$/u.test(word));
  if (syllables.length < MIN_WORDS) return false;
  const marked = syllables.filter((word) => /[^\p{ASCII}]/u.test(word)).length / syllables.length;
  const plausible = syllables.filter(isPlausibleSyllable).length / syllables.length;
  return marked < MARKED_SHARE || plausible < PLAUSIBLE_SHARE;
}

/** A token with a digit keeps it: whatever the model thinks, numbers come out as they were read. */
function keepsNumbers(raw: string, restored: string): boolean {
  const digits = (text: string) => text.replace(/\D/g, '');
  return digits(raw) === digits(restored) || (/\p{L}/u.test(raw) && digits(restored) === '' && digits(raw).length <= 2);
}

/** A word that an engine read at least so surely has the letters that are printed; its marks may still be others. */
const SURE = 0.93;

/** An author's slip in print that was read surely stays: "tiếp nhậm". Marks are what engines misread. */
function isPrintedSo(word: Word, restored: string): boolean {
  const [read, meant] = [lettersOf(word.text), lettersOf(restored)].map(bare) as [string, string];
  if (word.confidence < SURE || read === meant || meant.includes(read) || read.includes(meant)) return false;
  return isPlausibleSyllable(lettersOf(word.raw)) && !restored.includes(' ');
}

/**
 * Restores the words of a document's pages, all pages of one kind in one go, so that names seen clearly help elsewhere.
 * Text that is good already is left alone. The pages given are not changed.
 */
export function restorePages(pages: readonly Page[]): Page[] {
  const recognised = structuredClone(pages.filter((page) => page.textSource === 'ocr'));
  if (recognised.length > 0) {
    mendReadings(recognised);
    restoreWords(recognised, 'vietnamese-ocr');
  }
  let others = pages.filter((page) => page.textSource !== 'ocr');
  if (others.some((page) => lacksMarks([...pageLines(page)].flatMap((line) => line.words)))) {
    others = structuredClone(others);
    restoreWords(others, 'auto');
  }
  const restored = new Map([...recognised, ...others].map((page) => [page.number, page]));
  return pages.map((page) => restored.get(page.number) ?? page);
}

function restoreWords(pages: readonly Page[], profile: 'auto' | 'vietnamese-ocr'): void {
  const words: Word[] = [];
  const lineStarts: number[] = [];
  for (const page of pages) {
    for (const line of pageLines(page)) {
      lineStarts.push(words.length);
      words.push(...line.words.filter((word) => word.text !== ''));
    }
  }
  const tokens = words.map((word) =>
    profile === 'auto' ? { text: word.text } : { text: word.text, confidence: word.confidence },
  );
  const names = knownTerms(words.map(({ text }) => text).join(' '));
  restoreTokens(tokens, { profile, lineStarts, names }).forEach((token: RestoredToken, index) => {
    const word = words[index];
    if (!word) return;
    if (DOCUMENT_NUMBER.test(word.text)) {
      word.text = markedSymbol(word.text);
      return;
    }
    if (token.restored === word.text || !keepsNumbers(word.text, token.restored)) return;
    if (profile === 'vietnamese-ocr' && isPrintedSo(word, token.restored)) return;
    word.text = token.restored;
    word.read = word.confidence;
    word.confidence = Math.min(word.confidence, token.confidence);
  });
}
