import { assemblePages } from '../assemble/assemble.ts';
import type { PlanDocument } from '../document.ts';
import { asItLies, turnBack } from '../ocr/upright.ts';

/** Pages → paragraphs in reading order. From here on boxes are those of the pages as they lie, turned or not. */
export function assemble(document: PlanDocument): PlanDocument {
  const { paragraphs, words } = assemblePages(document.pages);
  const turns = new Map(document.pages.map((page) => [page.number, page.turned]));
  const placed = words.map((spans) =>
    spans.map((span) => {
      const turned = turns.get(span.page);
      return turned === undefined || span.box === null ? span : { ...span, box: turnBack(span.box, turned) };
    }),
  );
  return { ...document, pages: document.pages.map(asItLies), assembled: { paragraphs, words: placed } };
}
