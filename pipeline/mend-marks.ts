import { bare } from '../extractors/text.ts';
import type { Line, Table, Word } from './page.ts';

/** A line's first word and the next. */
interface Marked {
  mark: Word;
  title: Word;
}

/** Puts right the numbers and letters of headings and items where their form and those before and after say how. */
export function mendMarks(lines: readonly Line[]): void {
  const marked = lines.flatMap(({ words: [mark, title] }) =>
    mark && title && /^\p{Lu}/u.test(title.text) ? [{ mark, title }] : [],
  );
  romanNumbers(marked);
  listLetters(marked);
  decimals(marked);
}

const ROMANS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV'];
/** Letters of a roman number, and what engines make of them; two strokes with a bar between, too. */
const READ_AS: ReadonlyMap<string, string> = new Map([
  ...[...'IlLT1|!iỊ'].map((letter) => [letter, 'I'] as const),
  ...[...'HU'].map((letter) => [letter, 'II'] as const),
  ...[...'Vv'].map((letter) => [letter, 'V'] as const),
  ...[...'Xx'].map((letter) => [letter, 'X'] as const),
]);
const ROMAN_LIKE = /^[IlLT1|!iỊHUVvXx]{1,6}[.,:]?$/u;
const ROMAN = /^[IVX]{1,5}\.?$/;
const BARRED = /^[HIVX]*H[HIVX]*\.$/;
const CAPITALS = /^\p{Lu}{2,}[.,:;]?$/u;

const numbered = (text: string): number => ROMANS.indexOf(text.replace(/\P{L}$/u, '')) + 1;

/** Which number the word shows, its letters taken for what engines make of them; 0 for none. A stop may have become L. */
function shown(text: string): number {
  const letters = [...text.replace(/[.,:]$/, '')].map((letter) => READ_AS.get(letter) ?? '?');
  return (
    ROMANS.indexOf(letters.join('')) + 1 || (/L$/.test(text) ? ROMANS.indexOf(letters.slice(0, -1).join('')) + 1 : 0)
  );
}

/**
 * "HI. TỔ CHỨC" is "III. TỔ CHỨC" behind II or before IV; one between VII and IX that can be no number is VIII, whatever
 * was read. A number that can be one stays.
 */
function romanNumbers(lines: readonly Marked[]): void {
  const like = lines.filter(
    ({ mark, title }) => ROMAN_LIKE.test(mark.text) && (BARRED.test(mark.text) || CAPITALS.test(title.text)),
  );
  settleRoman(like, new Set(lines.map(({ mark }) => mark.text)));
}

/** The same for the rows of a table that name its groups: a number and a name in capitals, no other cell. */
export function groupNumbers({ cells }: Table): void {
  const groups = cells.flatMap((cell) => {
    if (cell.column !== 0) return [];
    const filled = cells.filter(({ row, lines }) => row === cell.row && lines.length > 0);
    const [mark, ...others] = cell.lines.flatMap((line) => line.words);
    const title = filled[1]?.lines[0]?.words[0];
    const isGroup = filled.length === 2 && mark && others.length === 0 && title && CAPITALS.test(title.text);
    return isGroup && !/^(?:\d|S?TT$)/.test(mark.text) ? [{ mark, title }] : [];
  });
  const hadStop = groups.some(({ mark }) => mark.text.endsWith('.'));
  settleRoman(groups, new Set());
  if (!hadStop) for (const { mark } of groups) mark.text = mark.text.replace(/^([IVX]+)\.$/, '$1');
}

function settleRoman(like: readonly Marked[], letters: ReadonlySet<string>): void {
  let before = 0;
  like.forEach(({ mark }, i) => {
    const own = ROMAN.test(mark.text) ? numbered(mark.text) : 0;
    const next = like[i + 1]?.mark.text ?? '';
    const isFigures = /^\d+\P{L}?$/u.test(mark.text);
    const after = ROMAN.test(next) ? numbered(next) : isFigures ? 0 : shown(next);
    if (own > 0) {
      if (own === before + 1) mark.text = `${ROMANS[own - 1]}.`;
      before = own;
      return;
    }
    const seen = shown(mark.text);
    const isLetter = mark.text === 'H.' && (letters.has('G.') || (before === 0 && after !== seen + 1));
    const follows = seen === before + 1 && !isFigures && (before > 0 || after === 2);
    const fits = seen > 0 && !isLetter && (follows || after === seen + 1 || (BARRED.test(mark.text) && before === 0));
    const between = before > 0 && after === before + 2 && mark.text.length > 1 && !/^\p{L}\P{L}$/u.test(mark.text);
    if (!fits && !between) return;
    before = fits ? seen : before + 1;
    mark.text = `${ROMANS[before - 1]}.`;
  });
}

/** Letters of a list; "đ" may be left out. */
const LETTERS = 'abcdđeghiklmnopq';
const ITEM = new RegExp(`^[${LETTERS}]\\)$`, 'u');
/** A letter whose bracket was read as another sign; one whose bracket stands, with a stop behind it, or became j. */
const OTHER_SIGN = new RegExp(`^([${LETTERS}])[:;.,]$`, 'u');
const OTHER_LETTER = /^[\p{L}€©1][)j\]}][.,]?$/u;

/**
 * "d: Trung tâm" behind "c) …" is "d) Trung tâm", a second "d)" is "đ)", what stands between "đ)" and "g)" is "e)", and
 * between "e)" and "g)" the "f)" that most lists leave out.
 */
function listLetters(lines: readonly Marked[]): void {
  let before = -1;
  const items = lines.filter(({ mark }) => OTHER_SIGN.test(mark.text) || OTHER_LETTER.test(mark.text));
  items.forEach(({ mark }, i) => {
    const sign = OTHER_SIGN.exec(mark.text)?.[1];
    const own = sign ?? (ITEM.test(mark.text) ? mark.text.charAt(0) : '');
    let at = own === '' ? -1 : LETTERS.indexOf(own);
    const next = items[i + 1]?.mark.text ?? '';
    const after = ITEM.test(next) ? LETTERS.indexOf(next.charAt(0)) : -1;
    if (sign !== undefined && (before < 0 || at <= before || at > before + 2)) return;
    const expected = LETTERS[before + 1] ?? '';
    const isBetween = before >= 0 && after === before + 2;
    if (own === '' && LETTERS[before] === 'e' && LETTERS[after] === 'g') {
      mark.text = 'f)';
      return;
    }
    if (own === 'd' && LETTERS[before] === 'd') at = before + 1;
    else if (own === '' || (isBetween && at <= before)) {
      const isAlike = before >= 0 && bare(mark.text.charAt(0)) === bare(expected);
      if (!isAlike && !isBetween) return;
      at = before + 1;
    }
    mark.text = `${LETTERS[at]})`;
    before = at;
  });
}

/** The stop behind a number of several parts, or behind the next number of a list, read as another mark. */
const PARTS = /^(\d{1,2}(?:\.\d{1,2})+)[,:;]$/;
const NUMBER = /^(\d{1,2})([.,;])$/;
const LAST_ONE = /^(\d{1,2}\.)[lI|](\.?)$/;

/** "2.1," and "2.l." are "2.1."; "2, Sửa đường" behind "1. …" is "2. Sửa đường", and "1, Sửa" before "2. …" "1. Sửa". Digits stay. */
function decimals(lines: readonly Marked[]): void {
  for (const { mark } of lines) mark.text = mark.text.replace(PARTS, '$1.').replace(LAST_ONE, '$11$2');
  const numbers = lines.flatMap(({ mark }) => {
    const [, number, stop] = NUMBER.exec(mark.text) ?? [];
    return number === undefined ? [] : [{ mark, number, stop }];
  });
  let before = 0;
  numbers.forEach(({ mark, number, stop }, i) => {
    const next = numbers[i + 1];
    const begins = Number(number) === 1 && next?.stop === '.' && Number(next.number) === 2;
    if (stop !== '.' && !begins && (before === 0 || Number(number) !== before + 1)) return;
    mark.text = `${number}.`;
    before = Number(number);
  });
}
