import type { OcrWord } from './engine.ts';
import type { PixelRect } from './gray.ts';

/** A word of this confidence or more counts as read. */
const READ = 0.6;
/** Share of its line's height by which a letter may stand out of its word's box. */
const ROOM = 0.3;
/** A page with this many letters of which at most this share is read cannot be read. */
const MANY = 150;
const NEXT_TO_NONE = 0.05;

/**
 * Share of a page's letters, 0..1, that stand in words read with confidence; letters that no word covers count as not read.
 * 1 for a page without any. `lines`: bounds of the letters of each line of print.
 */
export function pageQuality(words: OcrWord[], lines: PixelRect[][]): number {
  const sure = lettersOf(words.filter((word) => word.confidence >= READ));
  const all = lettersOf(words) + unread(words, lines);
  return all === 0 ? 1 : Math.round((sure / all) * 1000) / 1000;
}

/** Whether there is a page's worth of print and next to none of it was read. */
export function isUnreadable(words: OcrWord[], lines: PixelRect[][]): boolean {
  return lines.flat().length >= MANY && pageQuality(words, lines) <= NEXT_TO_NONE;
}

const lettersOf = (words: OcrWord[]): number => words.reduce((sum, { text }) => sum + text.length, 0);

function unread(words: OcrWord[], lines: PixelRect[][]): number {
  const rects = words.map(({ rect: { x0, y0, x1, y1 }, lineHeight }) => {
    const room = lineHeight * ROOM;
    return { x0: x0 - room, y0: y0 - room, x1: x1 + room, y1: y1 + room };
  });
  let count = 0;
  for (const line of lines) {
    const top = Math.min(...line.map(({ y0 }) => y0));
    const bottom = Math.max(...line.map(({ y1 }) => y1));
    const beside = rects.filter(({ y0, y1 }) => y0 <= bottom && y1 >= top);
    for (const letter of line) {
      const x = (letter.x0 + letter.x1) / 2;
      const y = (letter.y0 + letter.y1) / 2;
      if (!beside.some(({ x0, y0, x1, y1 }) => x >= x0 && x <= x1 && y >= y0 && y <= y1)) count++;
    }
  }
  return count;
}
