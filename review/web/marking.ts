import type { LayoutPage } from './api.ts';
import type { Mark } from './document-state.ts';
import type { Word } from './layouts.ts';
import type { Box } from './types.ts';

/** A place on a page in fractions of its sides. */
export interface Point {
  x: number;
  y: number;
}

type Placed = Word & { box: Box };

export function placedWords(layout: LayoutPage): Placed[] {
  return layout.lines.flatMap(({ words }) =>
    words.filter((word): word is Placed => word.box !== null && word.text !== ''),
  );
}

/** Being in the right line counts more than being near. */
function distance({ x, y }: Point, [x0, y0, x1, y1]: Box): number {
  const [dx, dy] = [Math.max(x0 - x, 0, x - x1), Math.max(y0 - y, 0, y - y1)];
  return dx * dx + 25 * dy * dy;
}

function nearest(words: readonly Placed[], point: Point): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { box }] of words.entries()) {
    const far = distance(point, box);
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

/** The words in reading order from the one at `from` to the one at `to`, either way round. */
export function wordsBetween(layout: LayoutPage, from: Point, to: Point): Placed[] {
  const words = placedWords(layout);
  const ends = [nearest(words, from), nearest(words, to)].sort((a, b) => a - b) as [number, number];
  return ends[0] < 0 ? [] : words.slice(ends[0], ends[1] + 1);
}

export function markOf(page: number, words: readonly Placed[]): Mark | null {
  if (!words.length) return null;
  const side = (at: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) => pick(...words.map(({ box }) => box[at]));
  const box: Box = [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
  return { page, box, text: words.map(({ text }) => text).join(' '), words: words.length };
}
