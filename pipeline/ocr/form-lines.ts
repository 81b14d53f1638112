import { formLines } from '../../dictionaries/administrative/form-lines.ts';
import type { Word } from '../page.ts';

/** A heading's number before the words of the form. */
const NUMBER = /^(?:[IVXL1|]+|\d{1,2})[.,)]?$/u;
/** The same, or for whom is signed, read as one word with the first behind it. */
const GLUED = /^(?:[IVXL1|]+|\d{1,2}|TM|KT|TL|TUQ|Q)[.,)](?=\p{Lu})/u;
/** Letters of the form that may be read wrong: one in so many, marks not counted. */
const ONE_IN = 6;

/** What a line of the form is compared by: no marks, no case, letters only. */
const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');

let forms: { words: string[]; bare: string }[] | null = null;

/**
 * The words of a line that is printed the same in all official papers, where the line is read nearly so: as many words, and
 * few letters wrong. Null for any other line. A heading's number before it is kept as it is.
 */
export function formLine(words: Word[]): string[] | null {
  forms ??= formLines().map((line) => ({ words: line.split(' '), bare: bare(line) }));
  const skipped = words.length > 1 && NUMBER.test(words[0]?.raw ?? '') ? 1 : 0;
  const glued = GLUED.exec(words[skipped]?.raw ?? '')?.[0] ?? '';
  const own = words.slice(skipped).map(({ raw }, i) => ({ raw: i === 0 ? raw.slice(glued.length) : raw }));
  const text = bare(own.map((word) => word.raw).join(''));
  const alike = forms.filter((form) => form.words.length === own.length && nearly(text, form.bare));
  // As printed ("HÒA" or "HOÀ"): the one with most words as they were read.
  const same = ({ words: printed }: { words: string[] }) => printed.filter((word, i) => word === own[i]?.raw).length;
  const [line] = alike.sort((a, b) => same(b) - same(a));
  if (line === undefined || isUpper(own) !== isUpper(line.words.map((raw) => ({ raw })))) return null;
  const printed = line.words.map((word, i) => (i === 0 ? glued + word : word));
  return [...words.slice(0, skipped).map((word) => word.text), ...printed];
}

const isUpper = (words: { raw: string }[]): boolean => {
  const letters = words.map(({ raw }) => raw.replace(/[^\p{L}]/gu, '')).join('');
  return letters === letters.toUpperCase();
};

/** At most one letter in six put, left out or changed (Levenshtein). */
function nearly(a: string, b: string): boolean {
  const most = Math.floor(b.length / ONE_IN);
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let k = 1; k <= b.length; k++)
      next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= most;
}
