import { batch } from '@preact/signals';
import { changeReview, entryOf, inverse } from '../../output/review/changes.ts';
import {
  type Added,
  type Change,
  type Decision,
  isAdded,
  type ReviewEntry,
  type ReviewValue,
} from '../../output/review/model.ts';
import { makePatch } from '../../output/review/patch.ts';
import { postChanges, readOnly } from './api.ts';
import { say, sayError, who } from './app-state.ts';
import {
  allRows,
  byId,
  misfits,
  mode,
  payload,
  type Row,
  review,
  rows,
  saving,
  select,
  selected,
  selectedRow,
  TABS,
  tab,
  threshold,
  visibleRows,
} from './document-state.ts';
import { t } from './i18n.ts';

interface Step {
  changes: Change[];
  /** The record that was selected. */
  at: string | null;
}

let undoSteps: Step[] = [];
let redoSteps: Step[] = [];

export function forgetSteps(): void {
  undoSteps = [];
  redoSteps = [];
}

/** One after the other: the next is made on what the one before left. */
let queue: Promise<void> = Promise.resolve();

addEventListener('beforeunload', (event) => {
  if (saving.value > 0) event.preventDefault();
});

async function save(folder: string, changes: Change[], step: Step): Promise<void> {
  const isOpen = () => payload.value?.entry.folder === folder;
  try {
    const answer = await postChanges(folder, changes);
    saving.value--;
    if (answer.conflicts) {
      undoSteps = undoSteps.filter((other) => other !== step);
      say(t('conflict'), 'error');
    }
    if (!isOpen() || (saving.value > 0 && !answer.conflicts)) return;
    batch(() => {
      review.value = answer.review;
      misfits.value = answer.misfits;
    });
  } catch (error) {
    saving.value--;
    sayError(error);
    if (!isOpen() || !review.value) return;
    const before = changeReview(review.value, inverse(changes));
    if (!('conflicts' in before)) review.value = { ...before, revision: review.value.revision };
    // Ctrl+Y tries it again.
    undoSteps = undoSteps.filter((other) => other !== step);
    redoSteps.push(step);
  }
}

/** Shows the changes at once and saves them behind; where someone else was first, theirs are shown then. */
function commit(changes: Change[], step: Step): boolean {
  const [folder, current] = [payload.value?.entry.folder, review.value];
  if (folder === undefined || !current || !changes.length || readOnly) return false;
  const changed = changeReview(current, changes);
  if ('conflicts' in changed) {
    say(t('conflict'), 'error');
    return false;
  }
  review.value = { ...changed, revision: current.revision };
  saving.value++;
  queue = queue.then(() => save(folder, changes, step));
  return true;
}

function perform(changes: Change[]): boolean {
  const step = { changes, at: selected.value };
  undoSteps.push(step);
  if (commit(changes, step)) {
    redoSteps = [];
    return true;
  }
  undoSteps.pop();
  return false;
}

const signature = () => ({ who: who.value.trim() || null, when: new Date().toISOString() });

function changeTo(row: Row, part: Pick<Decision, 'decision' | 'patch'> & { note?: string | null }): Change {
  const before = review.value ? entryOf(review.value, row.id) : null;
  const { id, kind, quote } = row;
  const note = part.note === undefined ? (before?.note ?? null) : part.note;
  const after: ReviewEntry = { id, kind, quote, decision: part.decision, patch: part.patch, note, ...signature() };
  return { id, before, after };
}

/** The next undecided record after this one, here or in a later tab, from the beginning if need be. */
export function nextOpen(from: string | null, step: 1 | -1): string | null {
  const all = step === 1 ? allRows.value : [...allRows.value].reverse();
  const at = all.findIndex(({ id }) => id === from);
  const start = at < 0 ? all.findIndex(({ kind }) => kind === tab.value) - 1 : at;
  const ahead = [...all.slice(start + 1), ...all.slice(0, Math.max(0, start + 1))];
  return ahead.find(({ state, id }) => state === 'open' && id !== from)?.id ?? null;
}

export function moveOpen(step: 1 | -1): void {
  const next = nextOpen(selected.value, step);
  if (next === null) say(t('allDone'));
  else select(next);
}

/** The next record of the tab whatever its state. */
export function moveRow(step: 1 | -1): void {
  const kind = TABS.find((name) => name === tab.value);
  if (!kind) return;
  const list = visibleRows(kind);
  const at = list.findIndex(({ id }) => id === selected.value);
  const next = list[at < 0 ? 0 : at + step];
  if (next) select(next.id);
}

export function decide(decision: 'accept' | 'reject'): void {
  const row = selectedRow.value;
  if (!row || (row.kind === 'metadata' && decision === 'reject')) return;
  const entry = review.value ? entryOf(review.value, row.id) : null;
  if (entry && isAdded(entry)) {
    if (decision === 'reject' && perform([{ id: row.id, before: entry, after: null }])) moveRow(1);
    return;
  }
  if (perform([changeTo(row, { decision, patch: null })])) {
    const next = nextOpen(row.id, 1);
    if (next !== null) select(next);
    else say(t('allDone'));
  }
}

/** Saves a corrected record. A record that is as it was extracted is thereby accepted. */
export function correct(row: Row, value: ReviewValue): boolean {
  const entry = review.value ? entryOf(review.value, row.id) : null;
  let change: Change;
  if (entry && isAdded(entry))
    change = { id: row.id, before: entry, after: { ...entry, record: value, ...signature() } as Added };
  else {
    const patch = makePatch(row.value, value);
    change = changeTo(row, patch.length ? { decision: 'patch', patch } : { decision: 'accept', patch: null });
  }
  return perform([change]);
}

export function annotate(row: Row, text: string): boolean {
  const note = text.trim() || null;
  const before = review.value ? entryOf(review.value, row.id) : null;
  if (before && isAdded(before)) return perform([{ id: row.id, before, after: { ...before, note, ...signature() } }]);
  if (note === null && before?.decision === null) return perform([{ id: row.id, before, after: null }]);
  return perform([changeTo(row, { decision: before?.decision ?? null, patch: before?.patch ?? null, note })]);
}

export function addRecord(added: Added): boolean {
  const saved = perform([{ id: added.id, before: null, after: added }]);
  if (saved) select(added.id);
  return saved;
}

/** The undecided records of the tab with at least the confidence asked for; all of them for kinds without one. */
export function acceptable(): Row[] {
  const kind = TABS.find((name) => name === tab.value);
  if (!kind) return [];
  return rows.value[kind].filter(
    ({ state, confidence }) => state === 'open' && (confidence === null || confidence * 100 >= threshold.value),
  );
}

export function acceptAll(): void {
  const list = acceptable();
  if (!perform(list.map((row) => changeTo(row, { decision: 'accept', patch: null })))) return;
  say(t('accepts', { count: list.length }));
  const next = nextOpen(selected.value, 1);
  if (selectedRow.value?.state !== 'open' && next !== null) select(next);
}

export function dropMisfit(entry: ReviewEntry): void {
  perform([{ id: entry.id, before: entry, after: null }]);
}

function travel(from: Step[], to: Step[], turn: (changes: Change[]) => Change[], done: string): void {
  const step = from.pop();
  if (!step) say(t('nothingToUndo'));
  if (!step || !commit(turn(step.changes), step)) return;
  to.push(step);
  const target = step.changes.length === 1 ? step.changes[0]?.id : step.at;
  if (target && byId.value.has(target)) select(target);
  mode.value = 'view';
  say(done);
}

export const undo = (): void => travel(undoSteps, redoSteps, inverse, t('undone'));
export const redo = (): void => travel(redoSteps, undoSteps, (changes) => changes, t('redone'));
