import { assemblePages } from '../assemble/assemble.ts';
import type { PlanDocument } from '../document.ts';

/** Pages → paragraphs in reading order. */
export function assemble(document: PlanDocument): PlanDocument {
  return { ...document, assembled: assemblePages(document.pages) };
}
