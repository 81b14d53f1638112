import { type Page, pageLines, type Word } from './page.ts';

/** A heading's number that was read as one word with the first of its title: "V.TỔ", "2.Công". */
const NUMBERED = /^((?:[IVX]{1,5}|\d{1,2})\.)(\p{Lu}\p{L}*\P{L}*)$/u;

const QUARTER = /^\P{L}*quý$/iu;
const END = '(?=$|[/.,;:)])';
const ROMAN = new RegExp(`^(?:I{2,3}|IV)${END}`, 'u');
const ARABIC = new RegExp(`^[234]${END}`, 'u');
const ONE = new RegExp(`^1${END}`, 'u');

/** Puts right in recognised pages what lines or the whole document tell of a reading, in `text`; `raw` stays as read. */
export function mendReadings(pages: readonly Page[]): void {
  for (const page of pages)
    for (const line of pageLines(page)) {
      const [first] = line.words;
      const parts = first && partsOf(first);
      if (parts) line.words.splice(0, 1, ...parts);
    }
  firstQuarters(pages.flatMap((page) => [...pageLines(page)].flatMap((line) => line.words)));
}

function partsOf(word: Word): [Word, Word] | null {
  const [, number, title] = NUMBERED.exec(word.text) ?? [];
  if (number === undefined || title === undefined) return null;
  const [x0, y0, x1, y1] = word.box ?? [0, 0, 0, 0];
  const between = x0 + ((x1 - x0) * number.length) / word.text.length;
  return [
    { ...word, raw: number, text: number, box: word.box && [x0, y0, between, y1] },
    { ...word, raw: title, text: title, box: word.box && [between, y0, x1, y1] },
  ];
}

/** "Quý 1" in a document whose other quarters are roman numbers is "Quý I": engines do not tell the two apart. */
function firstQuarters(words: readonly Word[]): void {
  const quarters = words.filter((_, i) => QUARTER.test(words[i - 1]?.text ?? ''));
  if (!quarters.some(({ text }) => ROMAN.test(text)) || quarters.some(({ text }) => ARABIC.test(text))) return;
  for (const word of quarters) word.text = word.text.replace(ONE, 'I');
}
