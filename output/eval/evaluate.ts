import type { PlanRecord } from '../record.ts';
import { scoreMetadata, scoreReferences, scoreSuspects } from './document.ts';
import { scoreEvidence } from './evidence.ts';
import { type Figures, precisionRecall, round } from './figures.ts';
import { type Gold, readGold } from './gold.ts';
import { scoreHeadings } from './outline.ts';
import { scoreIndicators, scoreItems, scoreTables } from './records.ts';

export const SCORED_KINDS = [
  'headings',
  'indicators',
  'tasks',
  'duties',
  'tables',
  'references',
  'metadata',
  'suspects',
  'evidence',
] as const;
export type ScoredKind = (typeof SCORED_KINDS)[number];

/** Figures by kind; a kind without gold is not there. Counts are whole, shares have four decimals. */
export type Scores = Partial<Record<ScoredKind, Figures>>;

/** Scores a record against gold. `lines` are those of text.txt, null where there is none: then evidence is not scored. */
export function scoreRecord(record: PlanRecord, lines: readonly string[] | null, gold: Gold): Scores {
  const scores: Scores = {};
  if (gold.headings) scores.headings = scoreHeadings(gold.headings, record.sections);
  if (gold.indicators) {
    scores.indicators = scoreIndicators(gold.indicators, record.indicators, gold.indicatorsOptional);
  }
  if (gold.tasks) scores.tasks = scoreItems(gold.tasks, record.tasks, 'area');
  if (gold.duties) scores.duties = scoreItems(gold.duties, record.duties, 'unit');
  if (gold.tables) {
    scores.tables = scoreTables(
      gold.tables,
      record.taskTables.flatMap((table) => table.rows),
    );
  }
  if (gold.references) scores.references = scoreReferences(gold.references, record.references);
  if (gold.metadata) scores.metadata = scoreMetadata(gold.metadata, record.metadata);
  if (gold.suspects) scores.suspects = scoreSuspects(gold.suspects, record.issues, record.pages.length);
  if (lines) scores.evidence = scoreEvidence(record, lines);
  return scores;
}

/** `scoreRecord` with the gold of a folder. Throws UsageError where the gold is damaged. */
export async function evaluate(
  record: PlanRecord,
  lines: readonly string[] | null,
  goldFolder: string,
): Promise<Scores> {
  return scoreRecord(record, lines, await readGold(goldFolder));
}

const COUNTED = new Set(['p', 'r', 'f1', 'tp', 'fp', 'fn', 'of']);

/** How many records a kind's shares were taken over. */
function weightOf(kind: ScoredKind, figures: Figures): number {
  if (kind === 'tables') return (figures.tp ?? 0) + (figures.fn ?? 0);
  return figures.tp ?? figures.of ?? 1;
}

function poolKind(kind: ScoredKind, all: readonly Figures[]): Figures {
  const sum = (name: string) => all.reduce((total, figures) => total + (figures[name] ?? 0), 0);
  const counted = all.some((figures) => figures.tp !== undefined);
  const pooled = counted ? precisionRecall(sum('tp'), sum('fp'), sum('fn')) : {};
  const fields = new Set(all.flatMap((figures) => Object.keys(figures).filter((name) => !COUNTED.has(name))));
  const weight = all.reduce((total, figures) => total + weightOf(kind, figures), 0);
  for (const field of fields) {
    const weighted = all.reduce((total, figures) => total + (figures[field] ?? 0) * weightOf(kind, figures), 0);
    pooled[field] = weight ? round(weighted / weight) : 1;
  }
  return pooled;
}

/** Several documents as one: counts added up, shares weighted by the records they were taken over. */
export function pool(all: readonly Scores[]): Scores {
  const pooled: Scores = {};
  for (const kind of SCORED_KINDS) {
    const figures = all.flatMap((scores) => (scores[kind] ? [scores[kind]] : []));
    if (figures.length) pooled[kind] = poolKind(kind, figures);
  }
  return pooled;
}
