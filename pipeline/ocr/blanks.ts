import type { OcrEngine, OcrWord } from './engine.ts';
import { crop, type GrayImage, type PixelRect } from './gray.ts';
import { scale } from './resample.ts';
import { stacked } from './stacked.ts';

/** What is filled in by hand or stamp is believed from here on its own, else where all readings agree. */
const SURE = 0.9;
/** Sizes at which a doubtful blank is read again. */
const SIZES = [1.5, 2];
/** Share of a line's height taken in around it. */
const ROOM = 0.25;

/** "Số: 12/KH-UBND" alone on its line: what engines make of "Số", the blank, and what is printed behind it. */
const NUMBER =
  /^\W?[sS][ốôổồỗộóòoáàaéèeẻẽ][:;.z]?\s?((?:(?!\p{Lu}{2}).)*?)\s*(?:\/\s*\p{Lu}{2,}|\p{Lu}{2,}-\p{Lu}{2,})\S*(?:\s\S{1,8})?$/u;
/** "… Kế hoạch số 12 /KH-UBND": a blank within a line. */
const NUMBER_WITHIN = /(?<!\p{L})số\s((?:(?!\p{Lu}{2}).){1,12}?)\s\/\p{Lu}{2}/u;
/** "Place, ngày 01 tháng 02 năm 2026" alone on its line. */
const DATE = /^[^,]{2,40},\s*ngày(.{0,8}?)tháng(.{0,8}?)năm\s*\S{0,6}$/u;

/** What may stand in a blank, and how many of three readings must tell the same for it to stay. */
interface Entry {
  pattern: RegExp;
  agreeing: number;
}

/** Where the blanks stand in a line's text: the groups of `pattern`, an entry for each. */
interface Form {
  pattern: RegExp;
  entries: Entry[];
}

/** Figures of a number may be missed by two readings alike; there are few days; months are mostly printed. */
const FORMS: Form[] = [
  {
    pattern: DATE,
    entries: [
      { pattern: /^(?:0?[1-9]|[12]\d|3[01])$/, agreeing: 2 },
      { pattern: /^(?:0?[1-9]|1[0-2])$/, agreeing: 1 },
    ],
  },
  { pattern: NUMBER, entries: [{ pattern: /^\d{1,5}[a-z]?$/, agreeing: 3 }] },
  { pattern: NUMBER_WITHIN, entries: [{ pattern: /^\d{1,5}$/, agreeing: 3 }] },
];

/** The mark that closes an official paper, and what is read behind it. */
const CLOSING = /\.\/\..*$/;

/** White between words of one line, in its heights: more parts two lines. */
const PARTED = 2;

/** A stretch of a line's text, in characters. */
interface Blank {
  entry: string;
  from: number;
  to: number;
  isTrue: boolean;
}

/**
 * The blanks of the form, filled in by hand: an entry that all readings agree on stays, any other is left out, so that the
 * printed form remains. Gives the words line by line, their blanks settled and no initials behind the last, and where what was left
 * out stands.
 */
export async function settleBlanks(
  image: GrayImage,
  regions: OcrWord[][],
  engine: OcrEngine,
): Promise<{ lines: OcrWord[][]; left: PixelRect[] }> {
  const left: PixelRect[] = [];
  const lines = regions.flatMap((words) => stretches(withoutFlourish(words, left)));
  const doubtful = lines.flatMap((words, index) => {
    const form = FORMS.find(({ pattern }) => pattern.test(textOf(words)));
    return form && blanksOf(textOf(words), form).some((blank) => !isSure(words, blank)) ? [{ words, index, form }] : [];
  });
  if (doubtful.length === 0) return { lines, left };
  const again = await readAgain(
    image,
    doubtful.map(({ words }) => words),
    engine,
  );
  const settled = [...lines];
  doubtful.forEach(({ words, index, form }, i) => {
    const own = blanksOf(textOf(words), form);
    const readings = [own, ...again[i]!.map((text) => blanksOf(text, form))];
    const wrong = own.filter((blank, k) => {
      const agreeing = readings.filter((blanks) => blanks[k]?.entry === blank.entry).length;
      return !isSure(words, blank) && !(blank.isTrue && agreeing >= form.entries[k]!.agreeing);
    });
    settled[index] = withoutEntries(words, wrong, left);
  });
  return { lines: settled, left };
}

/** Behind the mark that closes a paper ("./.") nothing is printed: what is read there is somebody's initials. */
function withoutFlourish(words: OcrWord[], left: PixelRect[]): OcrWord[] {
  const cut = words.map((word) => ({ ...word, text: word.text.replace(CLOSING, './.') }));
  return cut.filter((word) => {
    const isBehind = cut.some(
      (other) => other.line === word.line && CLOSING.test(other.text) && other.rect.x1 <= word.rect.x0,
    );
    if (isBehind) left.push(word.rect);
    return !isBehind;
  });
}

/** A region's words, line by line. */
function stretches(words: OcrWord[]): OcrWord[][] {
  const lines: OcrWord[][] = [];
  for (const word of words) {
    const last = lines.at(-1)?.at(-1);
    const goesOn = last?.line === word.line && word.rect.x0 - last.rect.x1 <= PARTED * word.lineHeight;
    if (goesOn) lines.at(-1)?.push(word);
    else lines.push([word]);
  }
  return lines;
}

const textOf = (words: OcrWord[]): string => words.map((word) => word.text).join(' ');

function blanksOf(text: string, { pattern, entries }: Form): Blank[] {
  const match = new RegExp(pattern.source, `${pattern.flags}d`).exec(text);
  return (match?.indices ?? []).slice(1).map(([from, to] = [0, 0], i) => {
    const entry = text.slice(from, to).replace(/^\s+|[\s.]+$/g, '');
    return { entry, from, to, isTrue: entries[i]?.pattern.test(entry) ?? false };
  });
}

/** An entry like a true one, in words that the engine is sure of; or an empty blank. */
function isSure(words: OcrWord[], { entry, from, to, isTrue }: Blank): boolean {
  if (entry === '') return true;
  return isTrue && placed(words).every(({ word, start, end }) => end <= from || start >= to || word.confidence >= SURE);
}

/** Where each word stands in the line's text. */
function placed(words: OcrWord[]): { word: OcrWord; start: number; end: number }[] {
  let start = 0;
  return words.map((word) => {
    const at = { word, start, end: start + word.text.length };
    start = at.end + 1;
    return at;
  });
}

/** The line without what stands in the blanks; words that stand half in one are cut. What is taken out goes to `left`. */
function withoutEntries(words: OcrWord[], blanks: Blank[], left: PixelRect[]): OcrWord[] {
  return placed(words).flatMap(({ word, start, end }) => {
    const blank = blanks.find(({ from, to }) => start < to && end > from);
    if (!blank) return [word];
    const parts: [number, number][] = [
      [start, Math.max(start, blank.from)],
      [Math.min(end, blank.to), end],
    ];
    left.push(part(word, Math.max(start, blank.from) - start, Math.min(end, blank.to) - start).rect);
    return parts.filter(([from, to]) => to > from).map(([from, to]) => trimmed(part(word, from - start, to - start)));
  });
}

/** Characters `from`..`to` of a word, its box cut in proportion. */
function part(word: OcrWord, from: number, to: number): OcrWord {
  const { x0, x1 } = word.rect;
  const each = (x1 - x0) / Math.max(1, word.text.length);
  return { ...word, text: word.text.slice(from, to), rect: { ...word.rect, x0: x0 + from * each, x1: x0 + to * each } };
}

/** What is left of "sốz" and the like before a blank is "Số:". */
function trimmed(word: OcrWord): OcrWord {
  return /^\W?s[^\s/]{1,3}$/iu.test(word.text) ? { ...word, text: 'Số:' } : word;
}

/** The lines' texts at other sizes: all of them from one image, so that the engine is called once. */
async function readAgain(image: GrayImage, lines: OcrWord[][], engine: OcrEngine): Promise<string[][]> {
  const crops = lines.flatMap((words) => SIZES.map((size) => scale(crop(image, around(words, image)), size)));
  const { sheet, places } = stacked(crops);
  const regions = places.map((rect) => ({ rect, mode: 'line' as const }));
  const read = (await engine.recognize(sheet, regions)).map(textOf);
  return lines.map((_, i) => read.slice(i * SIZES.length, (i + 1) * SIZES.length));
}

function around(words: OcrWord[], image: GrayImage): PixelRect {
  const room = Math.max(...words.map((word) => word.lineHeight)) * ROOM;
  return {
    x0: Math.max(0, Math.floor(Math.min(...words.map((word) => word.rect.x0)) - room)),
    y0: Math.max(0, Math.floor(Math.min(...words.map((word) => word.rect.y0)) - room)),
    x1: Math.min(image.width, Math.ceil(Math.max(...words.map((word) => word.rect.x1)) + room)),
    y1: Math.min(image.height, Math.ceil(Math.max(...words.map((word) => word.rect.y1)) + room)),
  };
}
