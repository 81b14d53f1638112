import { isPlausibleSyllable } from 'diacritics-restore';
import { bare } from '../extractors/text.ts';
import type { Issue } from '../output/issues.ts';
import type { Assembled, WordSpan } from './assemble/assemble.ts';
import type { Page } from './page.ts';
import { findSlips, type Slip } from './slips.ts';

/** What the reader is told, in plain Vietnamese. */
function told({ kind, at, expected, around }: Slip): string {
  if (kind === 'missing') return `Có thể thiếu từ: “${around}”, có lẽ là “${expected}”.`;
  if (kind === 'order') return `Có thể đảo thứ tự từ: “${at}”, có lẽ là “${expected}”.`;
  return `Có thể sai chính tả: “${around}”, có lẽ là “${expected}”.`;
}

const issue = (slip: Slip, page: number | null): Issue => ({
  severity: 'warning',
  stage: 'check',
  code: 'suspect-word',
  message: told(slip),
  page,
  quote: slip.at,
  expected: slip.expected,
});

/** Words that an engine read at least so surely are taken as printed; abbreviations are never read as surely as words. */
const SURE = 0.9;
/** The same for a word whose marks restoration changed: marks are what engines misread. */
const SURE_OF_MARKS = 0.955;
/** Words on either side of a slip that must be sure too: the model judges by them. */
const AROUND = 2;

/**
 * Likely misprints of a text. They are told, never changed. Where restoration changed words they are the model's own: a
 * paragraph that was not recognised from a picture is then left out; in one that was, the slip and the words around it must
 * stand as they were read, and surely. A word that was read surely and still got other marks is told as well.
 */
export function findMisprints({ paragraphs, words }: Assembled, pages: readonly Page[]): Issue[] {
  const printed = new Set(pages.filter((page) => page.textSource !== 'ocr').map((page) => page.number));
  const texts = paragraphs.map(({ text }, index) =>
    (words[index] ?? []).every((span) => !printed.has(span.page) || isAsRead(span, text)) ? text : '',
  );
  const isSure = (span: WordSpan, text: string): boolean =>
    printed.has(span.page) || (isAsRead(span, text) && span.confidence >= SURE);
  const slips = findSlips(texts).flatMap(({ paragraph, slip }): Issue[] => {
    const spans = words[paragraph] ?? [];
    const from = spans.findIndex((span) => span.end > slip.start);
    const around = spans.slice(Math.max(0, from - AROUND), from + slip.at.split(' ').length + AROUND);
    const sure = around.every((span) => isSure(span, texts[paragraph] ?? ''));
    return sure ? [issue(slip, spans[from]?.page ?? null)] : [];
  });
  const repaired = paragraphs.flatMap(({ text }, index) => {
    const spans = words[index] ?? [];
    return spans.flatMap((span, i): Issue[] => {
      const slip = printed.has(span.page) ? null : repairedSlip(span, spans[i - 1], text);
      return slip === null ? [] : [issue(slip, span.page)];
    });
  });
  return [...slips, ...repaired];
}

const isAsRead = (span: WordSpan, text: string): boolean => span.raw === text.slice(span.start, span.end);
const lettersOf = (text: string): string => text.replace(/^\P{L}+|\P{L}+$/gu, '');

/** A word as it was read, where only its marks were changed; capitals are misread too often. */
function repairedSlip(span: WordSpan, before: WordSpan | undefined, text: string): Slip | null {
  if (span.confidence < SURE_OF_MARKS || isAsRead(span, text)) return null;
  const at = lettersOf(span.raw);
  const expected = lettersOf(text.slice(span.start, span.end));
  if (!/^\p{L}\p{Ll}+$/u.test(at) || !isPlausibleSyllable(at)) return null;
  if (at === expected || bare(at) !== bare(expected)) return null;
  const around = `${before ? text.slice(before.start, before.end) : ''} ${at}`.trim();
  return { kind: 'word', at, expected, around, start: span.start };
}
