import type { IssueCode } from '../../output/issues.ts';
import type { Extracted } from '../index.ts';
import type { Plan } from '../plan.ts';
import { checkNumbering } from './numbering.ts';
import { checkReferences } from './references.ts';
import { checkTables } from './tables.ts';
import { checkTargets } from './targets.ts';
import { checkUnits } from './units.ts';
import { checkWords } from './words.ts';

/** Something a careful reader would flag; `message` in plain Vietnamese. */
export interface Finding {
  code: IssueCode;
  message: string;
  quote: string | null;
  expected: string | null;
  paragraph: number;
}

/** All checks of a plan, in reading order. */
export function checkPlan(plan: Plan, extracted: Extracted): Finding[] {
  return [
    ...checkWords(plan),
    ...checkNumbering(plan),
    ...checkTables(plan, extracted.tables),
    ...checkUnits(plan, extracted.metadata),
    ...checkTargets(extracted),
    ...checkReferences(plan, extracted),
  ].sort((a, b) => a.paragraph - b.paragraph);
}
