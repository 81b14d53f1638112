import { fold } from '../fold.ts';
import type { PlanRecord, Section } from '../record.ts';
import { itemOf, METADATA_ID, quoteOf, type ReviewItem, reviewItems } from './items.ts';
import type { Added, Decision, Heading, Review, ReviewEntry, ReviewValue } from './model.ts';
import { patched } from './patch.ts';

/**
 * Why an entry was not applied: its record is `gone`, has other words (`quote`), the patch does not fit it (`patch`),
 * the table of an added row is gone (`table`), or the extraction now finds an added record itself (`found`).
 */
export type MisfitReason = 'gone' | 'quote' | 'patch' | 'table' | 'found';

export interface Misfit {
  entry: ReviewEntry;
  reason: MisfitReason;
}

export interface Applied {
  record: PlanRecord;
  /** Entries that no longer fit the document; they change nothing. */
  misfits: Misfit[];
}

/** What a decision makes of a record: the record, null where it is rejected, or the reason why it does not fit. */
export function decided(item: ReviewItem, decision: Decision): { value: ReviewValue | null } | MisfitReason {
  if (decision.kind !== item.kind) return 'gone';
  if (fold(decision.quote) !== fold(item.quote)) return 'quote';
  if (decision.decision === 'reject') return { value: item.kind === 'metadata' ? item.value : null };
  if (decision.patch === null) return { value: item.value };
  const value = patched(item.kind, item.value, decision.patch);
  return value === null ? 'patch' : { value };
}

/** The line a record begins on; records without evidence come last. */
function firstLine(value: ReviewValue): number {
  const { evidence = [] } = itemOf('task', value);
  return Math.min(...evidence.map(({ line }) => line[0]));
}

/** Before the first record that begins on a later line. */
function insert<Value extends ReviewValue>(values: readonly Value[], value: Value): Value[] {
  const line = firstLine(value);
  const at = values.findIndex((other) => firstLine(other) > line);
  return at < 0 ? [...values, value] : [...values.slice(0, at), value, ...values.slice(at)];
}

/** A list of headings with their levels as a tree; a level that nothing leads to hangs on the nearest above. */
function treeOf(headings: readonly Heading[]): Section[] {
  const roots: Section[] = [];
  const open: { level: number; section: Section }[] = [];
  for (const heading of headings) {
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    const section: Section = { ...(heading as Omit<Section, 'children'>), level: open.length + 1, children: [] };
    (open.at(-1)?.section.children ?? roots).push(section);
    open.push({ level: heading.level, section });
  }
  return roots;
}

function isFound(record: Added, items: readonly ReviewItem[]): boolean {
  const words = fold(quoteOf(record.kind, record.record));
  const amount = (value: object) => ('value' in value ? value.value : null);
  return items.some(
    ({ kind, quote, value }) =>
      kind === record.kind && fold(quote) === words && amount(value) === amount(record.record),
  );
}

/** Applies a review to the document it was made on, or to a later extraction of it. Neither argument is changed. */
export function applyReview(record: PlanRecord, review: Review): Applied {
  const items = reviewItems(record);
  const misfits: Misfit[] = [];
  const byId = new Map(review.decisions.map((decision) => [decision.id, decision]));
  const values = new Map<string, ReviewValue | null>();
  for (const item of items) {
    const decision = byId.get(item.id);
    byId.delete(item.id);
    if (!decision) continue;
    const result = decided(item, decision);
    if (typeof result === 'string') misfits.push({ entry: decision, reason: result });
    else if (result.value !== item.value) values.set(item.id, result.value);
  }
  for (const decision of byId.values()) misfits.push({ entry: decision, reason: 'gone' });

  const tables = new Set(record.taskTables.map(({ id }) => id));
  const fitting = review.added.filter((entry) => {
    const reason = isFound(entry, items)
      ? 'found'
      : entry.kind === 'row' && !tables.has(entry.table ?? '')
        ? 'table'
        : null;
    if (reason) misfits.push({ entry, reason });
    return reason === null;
  });

  const kept = <Value extends { id: string }>(list: readonly Value[]): Value[] =>
    list.flatMap((value) => {
      const changed = values.get(value.id);
      return changed === null ? [] : [(changed as Value | undefined) ?? value];
    });
  const withAdded = <Value extends ReviewValue & { id: string }>(
    kind: Added['kind'],
    list: readonly Value[],
    table?: string,
  ) =>
    fitting
      .filter((entry) => entry.kind === kind && (table === undefined || entry.table === table))
      .reduce((all, entry) => insert(all, entry.record as Value), kept(list));

  const headings = items.flatMap(({ kind, value }) => (kind === 'heading' ? [value as Heading] : []));
  const reviewed = withAdded('heading', headings);
  const metadata = (values.get(METADATA_ID) ?? record.metadata) as PlanRecord['metadata'];
  const same = reviewed.length === headings.length && reviewed.every((heading, i) => heading === headings[i]);
  return {
    record: {
      ...record,
      metadata,
      sections: same ? record.sections : treeOf(reviewed),
      indicators: withAdded('indicator', record.indicators),
      tasks: withAdded('task', record.tasks),
      duties: withAdded('duty', record.duties),
      taskTables: record.taskTables.map((table) => ({ ...table, rows: withAdded('row', table.rows, table.id) })),
      references: withAdded('reference', record.references),
    },
    misfits,
  };
}
