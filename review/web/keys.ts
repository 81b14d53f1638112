import { acceptAll, decide, moveOpen, moveRow, redo, undo } from './actions.ts';
import { readOnly } from './api.ts';
import { go, helpOpen, neighbours, route } from './app-state.ts';
import { mark, misfits, mode, selectedRow, showTab, TABS, type Tab } from './document-state.ts';
import { listKey } from './list-page.tsx';
import { fitPage, fitWidth, turnPage, zoomBy } from './view-state.ts';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** The tabs in the order of their number keys. */
export function tabNames(): Tab[] {
  return [...TABS, 'issues', ...(misfits.value.length ? (['misfits'] as const) : [])];
}

const READING: Record<string, () => void> = {
  j: () => moveOpen(1),
  k: () => moveOpen(-1),
  ArrowDown: () => moveRow(1),
  ArrowUp: () => moveRow(-1),
  PageDown: () => turnPage(1),
  PageUp: () => turnPage(-1),
  '=': () => zoomBy(1),
  '-': () => zoomBy(-1),
  '0': fitWidth,
  f: fitPage,
  '[': () => neighbours.value.before !== null && go(neighbours.value.before),
  ']': () => neighbours.value.after !== null && go(neighbours.value.after),
  l: () => go(null),
  Escape: () => (mark.value = null),
};

function enter(next: 'edit' | 'note' | 'add'): void {
  if (next === 'add' || selectedRow.value) mode.value = next;
}

const DECIDING: Record<string, () => unknown> = {
  a: () => decide('accept'),
  r: () => decide('reject'),
  A: acceptAll,
  e: () => enter('edit'),
  n: () => enter('note'),
  '+': () => enter('add'),
  u: undo,
};

function documentKey(key: string): boolean {
  const number = Number(key);
  const name = number >= 1 ? tabNames()[number - 1] : undefined;
  const action = name ? () => showTab(name) : (READING[key] ?? (readOnly ? undefined : DECIDING[key]));
  action?.();
  return action !== undefined;
}

/** Letters by the shift key alone: with caps lock on, "a" must not become "accept all". */
function keyOf({ key, shiftKey }: KeyboardEvent): string {
  if (!/^\p{L}$/u.test(key)) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

function onKey(event: KeyboardEvent): void {
  const key = keyOf(event);
  if (event.defaultPrevented || event.isComposing || helpOpen.value) return;
  const typing = isTyping(event.target);
  const command = event.ctrlKey || event.metaKey;
  if (command && !typing && !readOnly && route.value !== null && ['z', 'y'].includes(key)) {
    event.preventDefault();
    if (key === 'y') redo();
    else undo();
    return;
  }
  if (typing || command || event.altKey) return;
  const isControl = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
  if (isControl && [' ', 'Enter'].includes(key)) return;
  if (key === '?') helpOpen.value = true;
  else if (!(route.value === null ? listKey(key) : documentKey(key))) return;
  event.preventDefault();
}

export function listenToKeys(): void {
  addEventListener('keydown', onKey);
}
