import { segmentPlan } from '../../extractors/segment.ts';
import type { PlanDocument } from '../document.ts';

/** Paragraphs → roles and outline. */
export function segment(document: PlanDocument): PlanDocument {
  return document.assembled === null ? document : { ...document, plan: segmentPlan(document.assembled.paragraphs) };
}
