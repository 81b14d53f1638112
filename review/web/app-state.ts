import { computed, signal } from '@preact/signals';
import type { DocumentSummary } from '../payload.ts';
import { ApiError, fetchDocuments } from './api.ts';
import { keep, kept, t } from './i18n.ts';

const WHO = 'kehoach.reviewer';

/** The folder of the open document; null on the list. */
export const route = signal<string | null>(folderOf(location.hash));
export const documents = signal<DocumentSummary[] | null>(null);
export const who = signal(kept(WHO) ?? '');
export const helpOpen = signal(false);

export interface Message {
  text: string;
  kind: 'info' | 'error';
}
/** A word to the reviewer at the foot of the page; read aloud by screen readers. */
export const message = signal<Message | null>(null);
let clock: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, kind: Message['kind'] = 'info'): void {
  message.value = { text, kind };
  clearTimeout(clock);
  clock = setTimeout(() => (message.value = null), kind === 'error' ? 10_000 : 2500);
}

export function sayError(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  say(error instanceof ApiError && error.status === 0 ? t('offline') : t('notSaved', { message: reason }), 'error');
}

export function setWho(name: string): void {
  who.value = name;
  keep(WHO, name);
}

function folderOf(hash: string): string | null {
  const name = hash.replace(/^#\/?/, '');
  return name === '' ? null : decodeURIComponent(name);
}

export function go(folder: string | null): void {
  location.hash = folder === null ? '#/' : `#/${encodeURIComponent(folder)}`;
}

addEventListener('hashchange', () => (route.value = folderOf(location.hash)));

export async function loadDocuments(): Promise<void> {
  try {
    const answer = await fetchDocuments();
    documents.value = answer.documents;
    if (who.value === '' && kept(WHO) === null) who.value = answer.who;
  } catch (error) {
    sayError(error);
  }
}

/** The documents before and after the open one in the list's order. */
export const neighbours = computed(() => {
  const all = documents.value ?? [];
  const at = all.findIndex(({ folder }) => folder === route.value);
  return { before: all[at - 1]?.folder ?? null, after: at < 0 ? null : (all[at + 1]?.folder ?? null) };
});
