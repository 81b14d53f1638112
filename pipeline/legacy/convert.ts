import { isPlausibleSyllable } from 'diacritics-restore/syllable';
import type { LegacyEncoding } from './encodings.ts';

/** Characters that Windows shows for the codes 0x80 to 0x9F. */
const WINDOWS = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'].map((character, index) => [character, 0x80 + index]),
);
const GREEK_MU = '\u03BC';
/** Symbol fonts keep their codes at U+F000 and up. */
const PRIVATE = 0xf000;
const WORDS = /[^\s.,;:!?()[\]{}"'/|<>=+*%&\d“”‘’–—…]+/gu;

/** The code a character stands for, as a character U+0000 to U+00FF; null where it stands for none. */
function codeOf(character: string): string | null {
  if (character === GREEK_MU) return '\u00B5';
  const code = WINDOWS.get(character) ?? character.charCodeAt(0);
  if (code < 0x100) return String.fromCharCode(code);
  if (code >= PRIVATE + 0x20 && code <= PRIVATE + 0xff) return String.fromCharCode(code - PRIVATE);
  return null;
}

/** Text typed in a legacy font, as Unicode (NFC). What has no place in the encoding stays; ASCII always does. */
export function toUnicode(text: string, encoding: LegacyEncoding): string {
  const characters = [...text];
  let out = '';
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const code = codeOf(character);
    if (code === null) {
      out += character;
      continue;
    }
    const next = codeOf(characters[at + 1] ?? '');
    const pair = next === null || next < '\u0080' ? undefined : encoding.letters.get(code + next);
    if (pair !== undefined) {
      out += pair;
      at++;
    } else out += encoding.letters.get(code) ?? (code < '\u007F' ? code : character);
  }
  return encoding.hyphenLetter === null ? out : hyphensAsLetters(out, encoding.hyphenLetter);
}

/** "tr-êng" → "trường": PDFs show the soft hyphen's code as a hyphen. Only where a syllable comes of it. */
function hyphensAsLetters(text: string, letter: string): string {
  return text.replace(WORDS, (word) => {
    if (!/\p{L}-|-\p{L}/u.test(word)) return word;
    const whole = word.replaceAll('-', letter);
    return isPlausibleSyllable(whole) ? whole : word;
  });
}

/** The words of a text, without numbers and punctuation. */
export function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? [];
}

/** Whether the text has a code of the encoding outside ASCII, and nothing that is in none of them. */
export function isEncoded(word: string, encoding: LegacyEncoding): boolean {
  let found = false;
  const characters = [...word];
  for (let at = 0; at < characters.length; at++) {
    const code = codeOf(characters[at] ?? '');
    if (code === null) return false;
    const next = codeOf(characters[at + 1] ?? '') ?? '';
    if (next >= '\u0080' && encoding.letters.has(code + next)) {
      found = true;
      at++;
    } else if (code >= '\u0080') {
      if (!encoding.letters.has(code)) return false;
      found = true;
    }
  }
  return found;
}
