import { checkPlan, type Finding } from '../../extractors/checks/index.ts';
import { type Extracted, extractPlan } from '../../extractors/index.ts';
import type { Plan } from '../../extractors/plan.ts';
import { segmentPlan } from '../../extractors/segment.ts';
import { type Assembled, assemblePages } from '../../pipeline/assemble/assemble.ts';
import { readTextPages } from '../../pipeline/text/read-text.ts';

export interface PlanOf {
  assembled: Assembled;
  plan: Plan;
  extracted: Extracted;
  issues: Finding[];
}

/** Plain text or Markdown through the same steps as an import: lines, paragraphs, roles and outline, records, checks. */
export function planOf(text: string): PlanOf {
  const assembled = assemblePages(readTextPages(text));
  const plan = segmentPlan(assembled.paragraphs);
  const extracted = extractPlan(plan);
  return { assembled, plan, extracted, issues: checkPlan(plan, extracted) };
}
