import { restoreTokens } from 'diacritics-restore';
import type { Issue } from '../output/issues.ts';
import type { Assembled } from './assemble/assemble.ts';
import type { Page } from './page.ts';

/** Below this a word is as likely right: "việc nào" against "việc này" reaches 0.97. */
const SURE = 0.98;
const CONTEXT_WORDS = 2;

const letters = (word: string): string => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Likely misprints of a text that was not recognised from a picture: words that the language model is sure were meant
 * otherwise ("thành phổ"). They are told, never changed. Names and words that restoration changed already are left out.
 */
export function findMisprints({ paragraphs, words }: Assembled, pages: readonly Page[]): Issue[] {
  const printed = new Set(pages.filter((page) => page.textSource !== 'ocr').map((page) => page.number));
  const tokens: { paragraph: number; page: number; text: string; start: number; end: number }[] = [];
  const lineStarts: number[] = [];
  words.forEach((spans, paragraph) => {
    const own = spans.filter((span) => printed.has(span.page));
    const text = paragraphs[paragraph]?.text ?? '';
    // Restored text is the model's own: it would find nothing, or itself.
    if (own.length === 0 || own.some((span) => span.raw !== text.slice(span.start, span.end))) return;
    lineStarts.push(tokens.length);
    for (const { page, start, end } of own) tokens.push({ paragraph, page, text: text.slice(start, end), start, end });
  });
  if (tokens.length === 0) return [];
  const results = restoreTokens(
    tokens.map(({ text }) => text),
    { profile: 'vietnamese-ocr', lineStarts },
  );
  return results.flatMap(({ restored, confidence }, index): Issue[] => {
    const token = tokens[index];
    const [at, expected] = [letters(token?.text ?? ''), letters(restored)];
    if (!token || confidence < SURE || at === expected || expected === '' || /\s/.test(restored)) return [];
    if (/^\p{Lu}/u.test(at) || at.normalize('NFD').length < 2) return [];
    const around = (paragraphs[token.paragraph]?.text ?? '')
      .slice(0, token.end)
      .split(' ')
      .slice(-1 - CONTEXT_WORDS);
    return [
      {
        severity: 'warning',
        stage: 'check',
        code: 'suspect-word',
        message: `Có thể sai chính tả: “${around.join(' ')}”, có lẽ là “${expected}”.`,
        page: token.page,
        quote: at,
        expected,
      },
    ];
  });
}
