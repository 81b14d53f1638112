import type { Bitmap } from './bitmap.ts';
import type { Component, Components } from './components.ts';
import type { PixelRect } from './gray.ts';

/** Inches: print is smaller, unless a line of it hangs together; what is larger is a drawing or the sheet's edge. */
const LONG = 0.45;
const HIGH = 0.22;
const WIDEST = 6;
const HIGHEST = 3;
/** Share of its bounds that pen strokes ink, at most. */
const FILL = 0.2;
/** Strokes met across an inch: letters have more. */
const STROKES = 7;
/** A straight level or upright stretch of this many inches is a ruling line; tables and frames are mostly such. */
const RULED = 0.4;
const RULED_SHARE = 0.3;
/** Inches: letters of print, or several that touch, and how far their feet may lie apart and they from each other in a line. */
const LETTER = { least: 0.05, most: 0.22, widest: 1 };
const FEET = 0.02;
const APART = 0.4;
/** Letters that make a line; several that touch ink this share of their bounds, a pen stroke does not. */
const LINE = 4;
const DENSE = 0.3;
/** Inches over and under a line's letters: their marks and tails. */
const ROOM = { above: 0.07, below: 0.06 };

/** What a pen or a stamp drew over more than a line of print: not letters, and not ruling lines. */
export function drawnComponents(found: Components, bitmap: Bitmap, dpi: number): Component[] {
  return found.all.filter((component) => {
    const width = (component.x1 - component.x0) / dpi;
    const height = (component.y1 - component.y0) / dpi;
    if (Math.max(width, height) < LONG || height < HIGH || width > WIDEST || height > HIGHEST) return false;
    if (component.ink >= FILL * width * height * dpi * dpi) return false;
    if (component.stretches / (height * dpi) / width >= STROKES) return false;
    return ruledShare(component, found, bitmap, dpi) < RULED_SHARE;
  });
}

function ruledShare(
  { first, ink, ...bounds }: Component,
  { runs, next }: Components,
  bitmap: Bitmap,
  dpi: number,
): number {
  const long = RULED * dpi;
  let ruled = 0;
  for (let i = first; i >= 0; i = next[i]!) {
    const length = runs[3 * i + 2]! - runs[3 * i + 1]!;
    if (length >= long) ruled += length;
  }
  for (let x = bounds.x0; x < bounds.x1; x++)
    for (let y = bounds.y0; y < bounds.y1; y++) {
      const from = y;
      while (y < bounds.y1 && bitmap.data[y * bitmap.width + x]) y++;
      if (y - from >= long) ruled += y - from;
    }
  return ruled / ink;
}

/** What has the size of letters. */
export function letters({ all }: Components, dpi: number): Component[] {
  return all.filter(({ x0, y0, x1, y1 }) => {
    const height = (y1 - y0) / dpi;
    return height >= LETTER.least && height <= LETTER.most && (x1 - x0) / dpi <= LETTER.widest;
  });
}

/** Letters that stand in one line, from left to right; a wide gap ends the line. Enough of a line must `count`. */
export function letterLines(print: Component[], dpi: number, count: (letter: Component) => boolean): Component[][] {
  const lines: Component[][] = [];
  for (const letter of [...print].sort((a, b) => a.x0 - b.x0 || a.y0 - b.y0)) {
    const line = lines.find((members) => {
      const last = members.at(-1)!;
      return Math.abs(last.y1 - letter.y1) <= FEET * dpi && letter.x0 - last.x1 <= APART * dpi;
    });
    if (line) line.push(letter);
    else lines.push([letter]);
  }
  return lines.filter((line) => line.filter(count).reduce((sum, letter) => sum + lettersIn(letter), 0) >= LINE);
}

function lettersIn({ x0, y0, x1, y1, ink }: Component): number {
  const [width, height] = [x1 - x0, y1 - y0];
  return ink >= DENSE * width * height ? Math.max(1, Math.floor(width / height)) : 1;
}

/** Bounds of lines of print, with room for their marks and tails, and `beside` inches before and behind. */
export function withRoom(lines: Component[][], beside: number, dpi: number): PixelRect[] {
  return lines.map((line) => ({
    x0: Math.min(...line.map((letter) => letter.x0)) - beside * dpi,
    y0: Math.min(...line.map((letter) => letter.y0)) - ROOM.above * dpi,
    x1: Math.max(...line.map((letter) => letter.x1)) + beside * dpi,
    y1: Math.max(...line.map((letter) => letter.y1)) + ROOM.below * dpi,
  }));
}
