import type { Anchor } from '../extractors/plan.ts';
import type { Box, Evidence } from '../output/record.ts';
import type { Assembled, WordSpan } from './assemble/assemble.ts';

function wordsOf(assembled: Assembled, anchor: Anchor): WordSpan[] {
  return (assembled.words[anchor.paragraph] ?? []).filter((word) => word.start < anchor.end && anchor.start < word.end);
}

function union(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const at = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) => pick(...boxes.map((box) => box[index]));
  return [at(0, Math.min), at(1, Math.min), at(2, Math.max), at(3, Math.max)];
}

/** Where a stretch of text stands: one entry a page, its box around the words, its line the paragraph's. */
export function evidenceOf(assembled: Assembled, anchors: readonly Anchor[]): Evidence[] {
  return anchors.flatMap((anchor) => {
    const words = wordsOf(assembled, anchor);
    const line: [number, number] = [anchor.paragraph + 1, anchor.paragraph + 1];
    return [...new Set(words.map((word) => word.page))].map((page): Evidence => {
      const boxes = words.filter((word) => word.page === page).flatMap((word) => (word.box === null ? [] : [word.box]));
      return { page, box: union(boxes), line };
    });
  });
}

/** A word with digits that is less sure than this makes its record as unsure. */
const NUMBER_IN_DOUBT = 0.5;

/** The rule's certainty, weakened by words that were read unsurely; `weak` are those that matter most (the number). */
export function confidenceOf(assembled: Assembled, certainty: number, anchor: Anchor, weak: Anchor = anchor): number {
  const words = wordsOf(assembled, anchor);
  if (words.length === 0) return round(certainty);
  const mean = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  const least = Math.min(...wordsOf(assembled, weak).map((word) => word.confidence), 1);
  const numbers = words.filter((word) => /\d/.test(word.raw)).map((word) => word.confidence);
  const doubt = Math.min(...numbers.filter((confidence) => confidence < NUMBER_IN_DOUBT), 1);
  return round(Math.min(certainty * mean * (weak === anchor ? 1 : 0.5 + 0.5 * least), doubt));
}

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
