import { batch, computed, signal } from '@preact/signals';
import { decided, type Misfit } from '../../output/review/apply.ts';
import { itemOf, type ReviewItem, reviewItems } from '../../output/review/items.ts';
import {
  REVIEW_KINDS,
  type Review,
  type ReviewEntry,
  type ReviewKind,
  type ReviewValue,
} from '../../output/review/model.ts';
import { type DocumentPayload, LOW_CONFIDENCE } from '../payload.ts';
import { fetchDocument, fetchReview, readOnly } from './api.ts';
import { route, say, sayError } from './app-state.ts';
import { t } from './i18n.ts';
import type { Box, Evidence, Issue } from './types.ts';

export type Tab = ReviewKind | 'issues' | 'misfits';
export type State = 'open' | 'accept' | 'patch' | 'reject' | 'added';
export type Filter = 'all' | 'open' | 'low';

/** A record with what was decided on it. */
export interface Row extends ReviewItem {
  entry: ReviewEntry | null;
  state: State;
  /** The record with its corrections; as extracted where there are none. */
  shown: ReviewValue;
}

export interface Mark {
  page: number;
  box: Box | null;
  text: string;
  words: number;
}

export const TABS: readonly ReviewKind[] = ['indicator', 'task', 'duty', 'row', 'heading', 'reference', 'metadata'];

export const payload = signal<DocumentPayload | null>(null);
export const review = signal<Review | null>(null);
export const misfits = signal<Misfit[]>([]);
/** Changes on their way to the server. */
export const saving = signal(0);
export const tab = signal<Tab>('indicator');
export const filter = signal<Filter>('all');
export const selected = signal<string | null>(null);
/** What is being done to the selected record, or the adding of one. */
export const mode = signal<'view' | 'edit' | 'note' | 'add'>('view');
export const mark = signal<Mark | null>(null);
/** Least confidence for accepting all, in percent. */
export const threshold = signal(90);

function rowOf(item: ReviewItem, entry: ReviewEntry | null): Row {
  if (!entry || 'record' in entry || entry.decision === null)
    return { ...item, entry, state: 'open', shown: item.value };
  const result = decided(item, entry);
  if (typeof result === 'string') return { ...item, entry: null, state: 'open', shown: item.value };
  return { ...item, entry, state: entry.decision, shown: result.value ?? item.value };
}

function firstLine({ evidence }: { evidence: Evidence[] }): number {
  return Math.min(...evidence.map(({ line }) => line[0]));
}

/** All records by kind, added ones where they stand in the text. */
export const rows = computed((): Record<ReviewKind, Row[]> => {
  const groups = Object.fromEntries(REVIEW_KINDS.map((kind) => [kind, [] as Row[]])) as Record<ReviewKind, Row[]>;
  const current = payload.value;
  if (!current || !review.value) return groups;
  const entries = new Map<string, ReviewEntry>(review.value.decisions.map((entry) => [entry.id, entry]));
  for (const item of reviewItems(current.record)) groups[item.kind].push(rowOf(item, entries.get(item.id) ?? null));
  const unfit = new Set(misfits.value.map(({ entry }) => entry.id));
  for (const entry of review.value.added) {
    if (unfit.has(entry.id)) continue;
    const item = itemOf(entry.kind, entry.record, entry.table);
    const group = groups[entry.kind];
    const at = group.findIndex((other) => other.table === item.table && firstLine(other) > firstLine(item));
    const row: Row = { ...item, entry, state: 'added', shown: item.value };
    group.splice(at < 0 ? group.length : at, 0, row);
  }
  return groups;
});

export const allRows = computed(() => TABS.flatMap((kind) => rows.value[kind]));
export const byId = computed(() => new Map(allRows.value.map((row) => [row.id, row])));
export const selectedRow = computed(() => (selected.value === null ? null : (byId.value.get(selected.value) ?? null)));

const isLow = ({ confidence }: ReviewItem): boolean => confidence !== null && confidence < LOW_CONFIDENCE;

/** The rows of a tab under the filter; the selected one stays while it is selected. */
export function visibleRows(kind: ReviewKind): Row[] {
  return rows.value[kind].filter(
    (row) =>
      filter.value === 'all' ||
      row.id === selected.value ||
      (filter.value === 'open' ? row.state === 'open' : isLow(row)),
  );
}

export const progress = computed(() => {
  const extracted = allRows.value.filter(({ state }) => state !== 'added');
  return { done: extracted.filter(({ state }) => state !== 'open').length, all: extracted.length };
});

export const issues = computed((): Issue[] => payload.value?.record.issues ?? []);

export function select(id: string | null): void {
  batch(() => {
    const row = id === null ? undefined : byId.value.get(id);
    selected.value = id;
    mode.value = 'view';
    if (row) tab.value = row.kind;
  });
}

export function showTab(next: Tab): void {
  batch(() => {
    tab.value = next;
    mode.value = 'view';
    const own = next === 'issues' || next === 'misfits' ? [] : visibleRows(next);
    selected.value = (own.find(({ state }) => state === 'open') ?? own[0])?.id ?? null;
  });
}

export async function openDocument(folder: string): Promise<void> {
  try {
    const opened = await fetchDocument(folder);
    if (route.value !== folder) return;
    batch(() => {
      payload.value = opened;
      review.value = opened.review;
      misfits.value = opened.misfits;
      mark.value = null;
      mode.value = 'view';
      filter.value = 'all';
      const first = allRows.value.find(({ state }) => state === 'open') ?? allRows.value[0];
      tab.value = first?.kind ?? 'metadata';
      selected.value = first?.id ?? null;
    });
  } catch (error) {
    sayError(error);
  }
}

export function closeDocument(): void {
  batch(() => {
    payload.value = null;
    review.value = null;
    selected.value = null;
  });
}

/** Looks for decisions of others; they are shown at once. */
export async function refresh(): Promise<void> {
  const [current, known] = [payload.value, review.value];
  if (readOnly || !current || !known || document.hidden || saving.value > 0) return;
  const answer = await fetchReview(current.entry.folder, known.revision).catch(() => null);
  if (
    !answer ||
    payload.value !== current ||
    saving.value > 0 ||
    (review.value?.revision ?? 0) >= answer.review.revision
  )
    return;
  const count = answer.review.revision - known.revision;
  batch(() => {
    review.value = answer.review;
    misfits.value = answer.misfits;
  });
  say(t('othersChanged', { count }));
}
