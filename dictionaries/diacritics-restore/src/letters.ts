/** Letters of Vietnamese: marks taken off, tone placement, capitals. All functions take and give NFC text. */

const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];

/** Characters below U+2000 without their marks, as they are met. */
const bare: (string | undefined)[] = new Array(0x2000).fill(undefined);

function bareOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .normalize('NFC');
}

/** The letters without any mark, đ as d ("ợ" → "o"); other characters unchanged. */
export function stripMarks(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128) continue;
    if (code >= bare.length) return bareOf(text);
    out += text.slice(from, i);
    bare[code] ??= bareOf(text[i] as string);
    out += bare[code];
    from = i + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

const OLD_TO_NEW: Record<string, string> = {};
const NEW_TO_OLD: Record<string, string> = {};
for (const [first, second] of [
  ['o', 'a'],
  ['o', 'e'],
  ['u', 'y'],
] as const) {
  for (const tone of TONES) {
    const old = (first + tone).normalize('NFC') + second;
    const modern = first + (second + tone).normalize('NFC');
    OLD_TO_NEW[old] = modern;
    NEW_TO_OLD[modern] = old;
  }
}

const NEW_END = /(?:o[àáãảạèéẽẻẹ]|u[ỳýỹỷỵ])$/;
const OLD_END = /(?:[òóõỏọ][ae]|[ùúũủụ]y)$/;

/** Tone on the first vowel of oa, oe, uy ("hoà" → "hòa"): the form the model counts. Lower case in and out. */
export function toOldPlacement(word: string): string {
  if (!NEW_END.test(word) || /qu.$/.test(word)) return word;
  const end = word.slice(-2);
  return word.slice(0, -2) + (NEW_TO_OLD[end] ?? end);
}

/** Tone on the second vowel of oa, oe, uy ("hòa" → "hoà"). Lower case in and out. */
export function toNewPlacement(word: string): string {
  if (!OLD_END.test(word)) return word;
  const end = word.slice(-2);
  return word.slice(0, -2) + (OLD_TO_NEW[end] ?? end);
}

/** 'old' for "hòa", 'new' for "hoà", undefined where the word does not tell. */
export function placementOf(word: string): 'old' | 'new' | undefined {
  const low = word.toLowerCase();
  if (OLD_END.test(low)) return 'old';
  if (NEW_END.test(low) && !/qu.$/.test(low)) return 'new';
  return undefined;
}

/** How a word is capitalised: lower, Title, UPPER (one capital alone counts as title) or mixed. */
export type Capitals = 'lower' | 'title' | 'upper' | 'mixed';

const NO_CASE = 1;
const UPPER = 2;
const LOWER = 3;
/** The case of the characters below U+2000, as they are met; 0 where not yet known. */
const cases = new Uint8Array(0x2000);

function caseOf(word: string, i: number): number {
  const code = word.charCodeAt(i);
  const known = code < cases.length ? (cases[code] as number) : 0;
  if (known !== 0) return known;
  const c = word[i] as string;
  const up = c.toUpperCase();
  const found = c.toLowerCase() === up ? NO_CASE : c === up ? UPPER : LOWER;
  if (code < cases.length) cases[code] = found;
  return found;
}

/** The capitals of a word; characters without case do not count. */
export function capitalsOf(word: string): Capitals {
  let upper = 0;
  let lower = 0;
  let firstUpper = false;
  for (let i = 0; i < word.length; i++) {
    const kind = caseOf(word, i);
    if (kind === NO_CASE) continue;
    if (kind === UPPER) {
      if (upper + lower === 0) firstUpper = true;
      upper++;
    } else lower++;
  }
  if (upper === 0) return 'lower';
  if (lower === 0) return upper === 1 ? 'title' : 'upper';
  if (firstUpper && upper === 1) return 'title';
  return 'mixed';
}

/** The word with a capital first letter. */
export function capitalise(word: string): string {
  const first = word[0];
  return first === undefined ? word : first.toUpperCase() + word.slice(1);
}

/** Puts a lower-case word into the capitals of another. */
export function withCapitals(word: string, capitals: Capitals): string {
  if (capitals === 'upper') return word.toUpperCase();
  if (capitals === 'title') return capitalise(word);
  return word;
}
