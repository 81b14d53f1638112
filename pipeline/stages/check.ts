import { checkPlan } from '../../extractors/checks/index.ts';
import type { Issue } from '../../output/issues.ts';
import type { PlanDocument } from '../document.ts';

/** What a careful reader would flag, as warnings with the page. */
export function check(document: PlanDocument): PlanDocument {
  const { plan, extracted } = document;
  if (plan === null || extracted === null) return document;
  const found = checkPlan(plan, extracted).map(
    ({ code, message, quote, expected, paragraph }): Issue => ({
      severity: 'warning',
      stage: 'check',
      code,
      message,
      page: plan.paragraphs[paragraph]?.page ?? null,
      quote,
      expected,
    }),
  );
  return { ...document, issues: [...document.issues, ...found] };
}
