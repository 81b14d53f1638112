/** How a text for people is laid out: with colours or without, and in how many columns. */
export interface View {
  color: boolean;
  width: number;
}

/** Columns a text takes in a terminal; Vietnamese letters take one each, combining marks none. */
export function textWidth(text: string): number {
  return [...text.normalize('NFC').replace(/\p{Mn}/gu, '')].length;
}

/** Fills up with blanks on the right, or on the left for numbers. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(text)));
  return side === 'right' ? text + blanks : blanks + text;
}

/** Shortens in the middle, so that the beginning and the ending of a file's name stay. */
export function shorten(text: string, width: number): string {
  const letters = [...text.normalize('NFC')];
  if (letters.length <= width) return letters.join('');
  const tail = Math.floor((width - 1) / 2);
  return `${letters.slice(0, width - 1 - tail).join('')}…${letters.slice(letters.length - tail).join('')}`;
}

/** Breaks at blanks into pieces of at most `width` columns, as [start, end) offsets; a longer word is not broken. */
export function wrapOffsets(text: string, width: number): [number, number][] {
  const lines: [number, number][] = [];
  let [start, end] = [0, 0];
  for (const match of text.matchAll(/[^ \t\n]+/g)) {
    const wordEnd = match.index + match[0].length;
    if (end > start && textWidth(text.slice(start, wordEnd)) > width) {
      lines.push([start, end]);
      start = match.index;
    }
    end = wordEnd;
  }
  return [...lines, [start, end]];
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type Style = keyof typeof CODES;

/** Wraps a text in the terminal's codes for a style; without colour it stays as it is. */
export function paint(text: string, style: Style, color: boolean): string {
  const [on, off] = CODES[style];
  return color && text ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** "4.2 s", "2 min 05 s", "1 h 02 min". */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
