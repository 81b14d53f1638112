import type { Box } from '../../output/record.ts';

/** Points (1/72 inch) from the page's top left corner, y down. */
export interface Rect {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A drawn straight line: `at` is its y when horizontal, its x when vertical; it runs `from`..`to` on the other axis. Points. */
export interface Ruling {
  horizontal: boolean;
  at: number;
  from: number;
  to: number;
}

/** A word and where it stands. `size`: font size in points; `confidence`: 0..1. */
export interface PlacedWord {
  text: string;
  rect: Rect;
  baseline?: number;
  size: number;
  confidence: number;
  /** The line that an engine found it in; words of one line have the same. */
  line?: number;
  bold?: boolean;
  italic?: boolean;
  /** Another reading of its number that is as likely. */
  doubt?: string;
}

export interface GridCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  rect: Rect;
}

/** A table's frame: `rows` and `columns` count its tracks; the cells cover `rect` and do not overlap. Points. */
export interface Grid {
  rect: Rect;
  rows: number;
  columns: number;
  cells: GridCell[];
}

/** Points. */
export interface Size {
  width: number;
  height: number;
}

export const centerX = (rect: Rect): number => (rect.x0 + rect.x1) / 2;
export const centerY = (rect: Rect): number => (rect.y0 + rect.y1) / 2;

/** Length shared by two intervals; negative: the gap between them. */
export function overlap(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0);
}

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x0 && x <= rect.x1 && y >= rect.y0 && y <= rect.y1;
}

/** The smallest rectangle around all; `rects` is not empty. */
export function union(rects: Iterable<Rect>): Rect {
  const all = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const rect of rects) {
    all.x0 = Math.min(all.x0, rect.x0);
    all.y0 = Math.min(all.y0, rect.y0);
    all.x1 = Math.max(all.x1, rect.x1);
    all.y1 = Math.max(all.y1, rect.y1);
  }
  return all;
}

/** 0 for an empty list. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const PLACES = 10_000;

function fractions(from: number, to: number, length: number): [number, number] {
  const low = Math.min(Math.max(Math.round((from / length) * PLACES), 0), PLACES - 1);
  const high = Math.min(Math.max(Math.round((to / length) * PLACES), low + 1), PLACES);
  return [low / PLACES, high / PLACES];
}

/** As fractions of the page, 4 decimals, never empty. */
export function toBox(rect: Rect, size: Size): Box {
  const [x0, x1] = fractions(rect.x0, rect.x1, size.width);
  const [y0, y1] = fractions(rect.y0, rect.y1, size.height);
  return [x0, y0, x1, y1];
}
