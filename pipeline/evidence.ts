import type { Anchor } from '../extractors/plan.ts';
import type { Box, Evidence } from '../output/record.ts';
import type { Assembled, WordSpan } from './assemble/assemble.ts';
import { linesOf } from './text-lines.ts';

/** The words that a stretch of text is made of. */
export function wordsOf(assembled: Assembled, anchor: Anchor): WordSpan[] {
  return (assembled.words[anchor.paragraph] ?? []).filter((word) => word.start < anchor.end && anchor.start < word.end);
}

function union(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const at = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) => pick(...boxes.map((box) => box[index]));
  return [at(0, Math.min), at(1, Math.min), at(2, Math.max), at(3, Math.max)];
}

/** Where a stretch of text stands: one entry a page, its box around the words, its lines those of text.txt. */
export function evidenceOf(assembled: Assembled, anchors: readonly Anchor[]): Evidence[] {
  return anchors.flatMap((anchor) => {
    const words = wordsOf(assembled, anchor);
    const line = linesOf(assembled, anchor);
    return [...new Set(words.map((word) => word.page))].map((page): Evidence => {
      const boxes = words.filter((word) => word.page === page).flatMap((word) => (word.box === null ? [] : [word.box]));
      return { page, box: union(boxes), line };
    });
  });
}
