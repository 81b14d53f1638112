import type { PlanDocument } from '../document.ts';
import { restorePages } from '../restore-pages.ts';

/** Gives words their marks back where a reader or a keyboard lost them; the raw word stays beside. */
export function restore(document: PlanDocument): PlanDocument {
  return { ...document, pages: restorePages(document.pages) };
}
