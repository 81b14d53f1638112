import { extractPlan } from '../../extractors/index.ts';
import type { PlanDocument } from '../document.ts';

/** Outline and paragraphs → records, each with the place it was cut from. */
export function extract(document: PlanDocument): PlanDocument {
  return document.plan === null ? document : { ...document, extracted: extractPlan(document.plan) };
}
