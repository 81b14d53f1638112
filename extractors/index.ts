import type { Metadata } from '../output/record.ts';
import { extractDuties, type FoundDuty } from './duties.ts';
import { extractIndicators, type FoundIndicator } from './indicators/index.ts';
import { extractMetadata } from './metadata.ts';
import type { Plan } from './plan.ts';
import { extractReferences, type FoundReference } from './references.ts';
import { extractTaskTables, type FoundTable } from './task-tables.ts';
import { extractTasks, type FoundTask } from './tasks.ts';

export interface Extracted {
  metadata: Metadata;
  indicators: FoundIndicator[];
  tasks: FoundTask[];
  duties: FoundDuty[];
  tables: FoundTable[];
  references: FoundReference[];
}

/** All records of a segmented plan. Every quote is cut out of a paragraph, so its place is known by construction. */
export function extractPlan(plan: Plan): Extracted {
  const metadata = extractMetadata(plan);
  return {
    metadata,
    indicators: extractIndicators(plan),
    tasks: extractTasks(plan),
    duties: extractDuties(plan),
    tables: extractTaskTables(plan),
    references: extractReferences(
      plan,
      metadata.number,
      [metadata.periodFrom, metadata.periodTo].filter((year) => year !== null),
    ),
  };
}
