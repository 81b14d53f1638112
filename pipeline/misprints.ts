import type { Issue } from '../output/issues.ts';
import type { Assembled } from './assemble/assemble.ts';
import type { Page } from './page.ts';
import { findSlips, type Slip } from './slips.ts';

/** What the reader is told, in plain Vietnamese. */
function told({ kind, at, expected, around }: Slip): string {
  if (kind === 'missing') return `Có thể thiếu từ: “${around}”, có lẽ là “${expected}”.`;
  if (kind === 'order') return `Có thể đảo thứ tự từ: “${at}”, có lẽ là “${expected}”.`;
  return `Có thể sai chính tả: “${around}”, có lẽ là “${expected}”.`;
}

/**
 * Likely misprints of a text that was not recognised from a picture. They are told, never changed. Paragraphs that
 * restoration changed are left out: their words are the model's own.
 */
export function findMisprints({ paragraphs, words }: Assembled, pages: readonly Page[]): Issue[] {
  const printed = new Set(pages.filter((page) => page.textSource !== 'ocr').map((page) => page.number));
  const texts = words.map((spans, index) => {
    const text = paragraphs[index]?.text ?? '';
    const asPrinted = spans.every((span) => printed.has(span.page) && span.raw === text.slice(span.start, span.end));
    return asPrinted ? text : '';
  });
  return findSlips(texts).map(
    ({ paragraph, slip }): Issue => ({
      severity: 'warning',
      stage: 'check',
      code: 'suspect-word',
      message: told(slip),
      page: words[paragraph]?.find((span) => span.end > slip.start)?.page ?? null,
      quote: slip.at,
      expected: slip.expected,
    }),
  );
}
