/** Old and new placement of the tone mark in syllables that end in it: hoà is hòa, uỷ is ủy. */
const PLACEMENT: Record<string, string> = {
  oà: 'òa',
  oá: 'óa',
  oả: 'ỏa',
  oã: 'õa',
  oạ: 'ọa',
  oè: 'òe',
  oé: 'óe',
  oẻ: 'ỏe',
  oẽ: 'õe',
  oẹ: 'ọe',
  uỳ: 'ùy',
  uý: 'úy',
  uỷ: 'ủy',
  uỹ: 'ũy',
  uỵ: 'ụy',
};
const ENDING = /(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])$/;
const WORD = /[\p{L}\p{N}]+/gu;

/** A word of a text with its place: offsets in UTF-16 units, `end` not included. */
export interface FoldedWord {
  word: string;
  start: number;
  end: number;
}

/** "quý" keeps its mark: the u belongs to the q there. */
function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return lower.startsWith('qu') ? lower : lower.replace(ENDING, (ending) => PLACEMENT[ending] ?? ending);
}

/** The words of a text as they are compared: NFC, lower case, one tone placement, without punctuation. */
export function foldWords(text: string): string[] {
  return (text.normalize('NFC').toLowerCase().match(WORD) ?? []).map(foldWord);
}

/** `foldWords` joined by single spaces. */
export function fold(text: string): string {
  return foldWords(text).join(' ');
}

/** The words of `foldWords` with their offsets in `text`, which must be NFC. */
export function locateWords(text: string): FoldedWord[] {
  return Array.from(text.matchAll(WORD), (match) => ({
    word: foldWord(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
