import { type Signal, signal } from '@preact/signals';
import { fetchLayout, type LayoutPage } from './api.ts';
import { payload } from './document-state.ts';
import type { Box, Evidence } from './types.ts';

export type Word = LayoutPage['lines'][number]['words'][number];

let folder = '';
let known = new Map<number, Signal<LayoutPage | null>>();

/** The layout of a page of the open document, fetched when first asked for. */
export function layoutOf(page: number): Signal<LayoutPage | null> {
  const current = payload.value?.entry.folder ?? '';
  if (current !== folder) {
    folder = current;
    known = new Map();
  }
  const found = known.get(page);
  if (found) return found;
  const layout = signal<LayoutPage | null>(null);
  known.set(page, layout);
  // A page without a layout can be looked at, only not marked.
  if (current)
    fetchLayout(current, page).then(
      (value) => (layout.value = value),
      () => undefined,
    );
  return layout;
}

function isInside([x0, y0, x1, y1]: Box, box: Box | null): boolean {
  if (!box) return false;
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/** A plain text has no boxes: its words are those of the line, one after the other. */
function wordsOfLine(line: string, layout: LayoutPage): Word[] {
  const wanted = line.split(/\s+/).filter(Boolean);
  const words = layout.lines.flatMap((own) => own.words);
  const at = words.findIndex((_, i) => wanted.every((word, k) => words[i + k]?.text === word));
  return at < 0 ? [] : words.slice(at, at + wanted.length);
}

/** The printed words a record was cut from, in reading order; empty until their page's layout is here. */
export function wordsOf(evidence: readonly Evidence[]): Word[] {
  return evidence.flatMap(({ page, box, line: [from, to] }) => {
    const layout = layoutOf(page).value;
    if (!layout) return [];
    if (box) return layout.lines.flatMap(({ words }) => words.filter((word) => isInside(box, word.box)));
    const lines = payload.value?.lines.slice(from - 1, to) ?? [];
    return lines.flatMap((line) => wordsOfLine(line, layout));
  });
}
