import { checkPlan } from '../../extractors/checks/index.ts';
import type { Issue } from '../../output/issues.ts';
import type { PlanDocument } from '../document.ts';
import { findMisprints } from '../misprints.ts';

/** What a careful reader would flag, as warnings with the page. */
export function check(document: PlanDocument): PlanDocument {
  const { plan, extracted, assembled } = document;
  if (plan === null || extracted === null || assembled === null) return document;
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
  const known = found
    .filter((issue) => issue.code === 'suspect-word')
    .map((issue) => ` ${issue.quote?.toLowerCase()} `);
  const misprints = findMisprints(assembled, document.pages).filter(
    ({ quote }) => !known.some((words) => words.includes(` ${quote} `)),
  );
  return { ...document, issues: [...document.issues, ...found, ...misprints] };
}
