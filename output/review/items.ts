import type { Evidence, PlanRecord, Section } from '../record.ts';
import type { Heading, ReviewKind, ReviewValue } from './model.ts';

/** One record of a document as a reviewer meets it. */
export interface ReviewItem {
  id: string;
  kind: ReviewKind;
  quote: string;
  /** Null for kinds that have none. */
  confidence: number | null;
  /** Numbers of the enclosing headings; of a heading its own path. */
  section: string[];
  evidence: Evidence[];
  /** Id of the task table a row stands in. */
  table: string | null;
  value: ReviewValue;
}

export const METADATA_ID = 'metadata';

/** The words by which a record of this kind is known. */
export function quoteOf(kind: ReviewKind, value: ReviewValue): string {
  const fields = value as Record<string, unknown>;
  const words: Record<ReviewKind, unknown> = {
    metadata: fields.title,
    heading: fields.title,
    indicator: fields.quote,
    task: fields.quote,
    duty: fields.quote,
    row: fields.content,
    reference: fields.number || fields.title,
  };
  return String(words[kind] ?? '');
}

export function itemOf(kind: ReviewKind, value: ReviewValue, table: string | null = null): ReviewItem {
  const { id, confidence, section, evidence } = value as Partial<ReviewItem>;
  return {
    id: id ?? METADATA_ID,
    kind,
    quote: quoteOf(kind, value),
    confidence: confidence ?? null,
    section: section ?? [],
    evidence: evidence ?? [],
    table,
    value,
  };
}

function headingItems(sections: readonly Section[], above: string[] = []): ReviewItem[] {
  return sections.flatMap(({ children, ...heading }) => {
    const section = [...above, heading.number ?? (heading.style === 'star' ? '*' : heading.style)];
    return [{ ...itemOf('heading', heading satisfies Heading), section }, ...headingItems(children, section)];
  });
}

/** Every record of a document, kind by kind, in the order of document.json. Ids are unique. */
export function reviewItems(record: PlanRecord): ReviewItem[] {
  return [
    itemOf('metadata', record.metadata),
    ...headingItems(record.sections),
    ...record.indicators.map((value) => itemOf('indicator', value)),
    ...record.tasks.map((value) => itemOf('task', value)),
    ...record.duties.map((value) => itemOf('duty', value)),
    ...record.taskTables.flatMap(({ id, rows }) => rows.map((value) => itemOf('row', value, id))),
    ...record.references.map((value) => itemOf('reference', value)),
  ];
}
