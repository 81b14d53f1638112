import type { PlacedWord } from '../../pipeline/layout/geometry.ts';
import type { Layout } from '../../pipeline/layout/page.ts';
import { lineText } from '../../pipeline/page.ts';

export const A4 = { width: 595, height: 842 };

const widthOf = (text: string, size: number): number =>
  [...text].reduce(
    (sum, letter) => sum + (/\p{Lu}/u.test(letter) ? 0.68 : /[il.,:;/ -]/.test(letter) ? 0.28 : 0.46),
    0,
  ) * size;

interface Setting {
  size?: number;
  /** Points between two words. */
  space?: number;
}

/** The words of one line of text that begins at `x`, with its baseline at `y` (points). */
export function set(
  text: string,
  x: number,
  y: number,
  { size = 14, space = size * 0.25 }: Setting = {},
): PlacedWord[] {
  let at = x;
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const x0 = at;
      const x1 = x0 + widthOf(word, size);
      at = x1 + space;
      return {
        text: word,
        rect: { x0, y0: y - 0.89 * size, x1, y1: y + 0.22 * size },
        baseline: y,
        size,
        confidence: 1,
      };
    });
}

/** The same, centred on `x`. */
export function centre(text: string, x: number, y: number, setting: Setting = {}): PlacedWord[] {
  const words = set(text, 0, y, setting);
  const shift = x - (words.at(-1)?.rect.x1 ?? 0) / 2;
  return words.map((word) => ({ ...word, rect: { ...word.rect, x0: word.rect.x0 + shift, x1: word.rect.x1 + shift } }));
}

/** Justified between the margins of an official document: 85 to 539 points. */
export function justify(text: string, y: number, from = 85, to = 539): PlacedWord[] {
  const size = 14;
  const words = text.split(' ');
  const letters = words.reduce((sum, word) => sum + widthOf(word, size), 0);
  return set(text, from, y, { size, space: (to - from - letters) / (words.length - 1) });
}

export const BODY =
  'Ủy ban nhân dân xã ban hành Kế hoạch cải cách hành chính nhà nước năm 2026 trên địa bàn xã với các nội dung cụ thể như sau';

/** A paragraph's full lines, one baseline after the other. */
export function paragraph(y: number, lines: number, pitch = 18): PlacedWord[] {
  const words = BODY.split(' ');
  return Array.from({ length: lines }, (_, index) => {
    const start = (index * 5) % (words.length - 13);
    return justify(words.slice(start, start + 13).join(' '), y + index * pitch);
  }).flat();
}

/** `left: text`, `right: text`; lines of the body and tables' cells without a prefix. */
export function outline({ items }: Layout): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'line') return [`${item.region === 'body' ? '' : `${item.region}: `}${lineText(item)}`];
    return item.cells.map((cell) => `[${cell.row},${cell.column}] ${cell.lines.map(lineText).join(' / ')}`);
  });
}

/** Uniform noise of up to so many points either way, the same for the same seed. */
export function jitter(seed: number): (points: number) => number {
  let state = seed >>> 0;
  return (points) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * points;
  };
}
