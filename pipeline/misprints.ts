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
 * stand as they were read, and surely.
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
  return [...slips, ...repairedSlips({ paragraphs, words }, printed)];
}

const isAsRead = (span: WordSpan, text: string): boolean => span.raw === text.slice(span.start, span.end);
const lettersOf = (text: string): string => text.replace(/^\P{L}+|\P{L}+$/gu, '');

interface Repair {
  span: WordSpan;
  slip: Slip;
  /** The letters with marks that were changed: "ố>ổ". */
  change: string;
}

/**
 * Words whose marks alone were changed although they were read surely. The same change elsewhere in the document is a habit
 * of the engine's; capitals are misread too often.
 */
function repairedSlips({ paragraphs, words }: Assembled, printed: ReadonlySet<number>): Issue[] {
  const repairs = paragraphs.flatMap(({ text }, index) => {
    const spans = (words[index] ?? []).filter((span) => !printed.has(span.page));
    return spans.flatMap((span, i) => repairOf(span, spans[i - 1], text) ?? []);
  });
  const times = new Map<string, number>();
  for (const { change } of repairs) times.set(change, (times.get(change) ?? 0) + 1);
  return repairs
    .filter(
      ({ span, slip, change }) =>
        (span.read ?? span.confidence) >= SURE_OF_MARKS &&
        times.get(change) === 1 &&
        /^\p{L}\p{Ll}+$/u.test(slip.at) &&
        isPlausibleSyllable(slip.at),
    )
    .map(({ span, slip }) => issue(slip, span.page));
}

function repairOf(span: WordSpan, before: WordSpan | undefined, text: string): Repair | null {
  if (isAsRead(span, text)) return null;
  const at = lettersOf(span.raw).normalize('NFC');
  const expected = lettersOf(text.slice(span.start, span.end)).normalize('NFC');
  if (at.toLowerCase() === expected.toLowerCase() || bare(at) !== bare(expected)) return null;
  const around = `${before ? text.slice(before.start, before.end) : ''} ${at}`.trim();
  const other = expected.toLowerCase();
  const changes = [...at.toLowerCase()].flatMap((letter, i) => (letter === other[i] ? [] : [`${letter}>${other[i]}`]));
  return { span, slip: { kind: 'word', at, expected, around, start: span.start }, change: changes.join() };
}
