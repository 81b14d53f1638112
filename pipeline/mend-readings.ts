import { misreadings, referenceWords } from '../dictionaries/administrative/index.ts';
import { bare } from '../extractors/text.ts';
import { groupNumbers, mendMarks } from './mend-marks.ts';
import { lineText, type Page, pageLines, type Table, type Word } from './page.ts';

/** A heading's number or letter that was read as one word with the first of its title: "V.TỔ", "2.Công", "c)Đo". */
const NUMBERED = /^((?:[IVX]{1,5}|\d{1,2})\.|[a-zđ]\))(\p{Lu}\p{L}*\P{L}*)$/u;

/** Signs that look like a slash, also beside one. */
const SLASHES = /[\u2044\u2215]\/?|\/[\u2044\u2215]/gu;

/** A slash lost: "12KH-UBND", "phút01 lượt", "phútlượt". */
const NO_SLASH: [RegExp, string][] = [
  [new RegExp(`^(\\d{1,5})((?:${Object.keys(referenceWords().symbols).join('|')})-\\p{Lu})`, 'u'), '$1/$2'],
  [/^(phút|giờ|ngày)(\d{1,2})$/u, '$1/$2'],
  [/^(phút|giờ)(lượt|hồ|người)(?!\p{L})/u, '$1/$2'],
];

/** "Lưu: VT": every paper stays at the records office. */
const RECORDS_OFFICE = /^V[I1LlJỊịÏỈ](?=[.,;]?$)/u;

/** Puts right in recognised pages what lines or the whole document tell of a reading, in `text`; `raw` stays as read. */
export function mendReadings(pages: readonly Page[]): void {
  const lines = pages.flatMap((page) => [...pageLines(page)]);
  for (const line of lines) {
    const [first] = line.words;
    const parts = first && partsOf(first);
    if (parts) line.words.splice(0, 1, ...parts);
  }
  mendMarks(lines);
  for (const table of pages.flatMap((page) => page.items).filter((item) => item.kind === 'table')) {
    numberHead(table);
    groupNumbers(table);
  }
  const words = lines.flatMap((line) => line.words);
  for (const word of words) {
    word.text = word.text.replace(SLASHES, '/');
    for (const [pattern, mended] of NO_SLASH) word.text = word.text.replace(pattern, mended);
  }
  commonWords(words);
  strayMarks(words);
  unitNames(words, new Set(lines.map((line) => line.words.at(-1))));
  words.forEach((word, i) => {
    if (/^-?Lưu:?$/u.test(words[i - 1]?.text ?? '')) word.text = word.text.replace(RECORDS_OFFICE, 'VT');
  });
}

/** What engines make of TT and STT. */
const NUMBER_HEAD = /^(?:[TIl|]{2}|S[TIl1|]{1,2})\.?$/;
/** Names of other columns, one of which stands beside it: "II" may number a group. */
const OTHER_HEAD = /^(?:nội dung|nhiệm vụ|công việc|họ và tên|cơ quan|đơn vị|thời gian|sản phẩm|ghi chú)/iu;
/** Cells with a number below, from which the first column is that of the numbers. */
const NUMBERED_CELLS = 2;

/** The head of a table's first column over numbers is TT or STT: "II", "ST". */
function numberHead({ cells }: Table): void {
  const column = cells.filter((cell) => cell.column === 0 && cell.columnSpan === 1);
  const [word, ...others] = column.find(({ row }) => row === 0)?.lines.flatMap((line) => line.words) ?? [];
  if (!word || others.length > 0 || !NUMBER_HEAD.test(word.text)) return;
  if (!cells.some(({ row, lines: [line] }) => row === 0 && line && OTHER_HEAD.test(lineText(line)))) return;
  const below = column.filter(
    ({ row, lines }) => row > 0 && /^\d{1,2}\.?$/.test(lines.map((line) => lineText(line)).join(' ')),
  );
  if (below.length >= NUMBERED_CELLS) word.text = word.text.startsWith('S') ? 'STT' : 'TT';
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

const lettersOf = (word: Word | undefined): string => word?.text.replace(/^\P{L}+|\P{L}+$/gu, '') ?? '';

/** Words that are never right as they were read. */
function commonWords(words: readonly Word[]): void {
  const pairs = Object.entries(misreadings()).map(([read, printed]) => [read.split(' '), printed.split(' ')] as const);
  const byFirst = new Map<string, (typeof pairs)[number][]>();
  for (const pair of pairs) byFirst.set(pair[0][0] ?? '', [...(byFirst.get(pair[0][0] ?? '') ?? []), pair]);
  words.forEach((word, i) => {
    for (const [read, printed] of byFirst.get(lettersOf(word).toLowerCase()) ?? []) {
      if (!read.every((syllable, k) => lettersOf(words[i + k]).toLowerCase() === syllable)) continue;
      printed.forEach((syllable, k) => {
        const at = words[i + k];
        if (at) at.text = at.text.replace(lettersOf(at), (letters) => likeCase(letters, syllable));
      });
    }
  });
}

function likeCase(like: string, word: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(like) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

/** "HĐND ” và UBND": engines read the bar of Đ once more as a sign of its own. A digit stays: no number is taken away. */
function strayMarks(words: readonly Word[]): void {
  words.forEach((word, i) => {
    const around = [words[i - 1], words[i + 1], words[i + 2]].map((near) => near?.text);
    if (/^\D$/u.test(word.text) && /(?:^|-)HĐND và UBND$/u.test(around.join(' '))) word.text = '';
  });
}

const UNIT = /^(?:xã|phường|tỉnh|phố|trấn|khu)$/iu;
/** A name read at least so surely may be another's. */
const SURE_NAME = 0.95;

/** The name of a unit in marks that few of its places have is written as most places have it: "PHÙ LÃM", "Phù Lẫm". */
function unitNames(words: readonly Word[], lasts: ReadonlySet<Word | undefined>): void {
  const names = new Map<string, Map<string, Word[][]>>();
  words.forEach((word, i) => {
    const name = UNIT.test(word.text) ? nameBehind(words, i + 1, lasts) : [];
    if (name.length < 2) return;
    const written = name.map((part) => lettersOf(part).toLowerCase()).join(' ');
    const forms = names.get(bare(written)) ?? new Map<string, Word[][]>();
    names.set(bare(written), forms.set(written, [...(forms.get(written) ?? []), name]));
  });
  for (const forms of names.values()) {
    const [[most = '', places = []] = [], [, others = []] = []] = [...forms].sort((a, b) => b[1].length - a[1].length);
    if (places.length < 2 || places.length < 2 * others.length) continue;
    const parts = most.split(' ');
    for (const name of [...forms.values()].flat())
      name.forEach((word, k) => {
        if (word.confidence >= SURE_NAME) return;
        word.text = word.text.replace(lettersOf(word), (letters) => likeCase(letters, parts[k] ?? letters));
      });
  }
}

/** Up to three words with capitals, the last before a mark, a small letter or a line's end. */
function nameBehind(words: readonly Word[], from: number, lasts: ReadonlySet<Word | undefined>): Word[] {
  const name: Word[] = [];
  for (const word of words.slice(from, from + 3)) {
    if (!/^\p{Lu}\p{L}*\P{L}*$/u.test(word.text)) break;
    name.push(word);
    if (/\P{L}$/u.test(word.text) || (lasts.has(word) && name.length > 1)) break;
  }
  return name;
}
