import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../dictionaries/administrative/package-root.ts';

/** A font encoding from before Unicode: letters in the places of Latin ones. */
export interface LegacyEncoding {
  name: string;
  /** Codes as characters U+0000 to U+00FF, one or two a letter. */
  letters: ReadonlyMap<string, string>;
  /** Letter in the place of the soft hyphen, which PDFs hand over as "-"; null where there is none. */
  hyphenLetter: string | null;
  isFont(name: string): boolean;
  /** Fonts that show small letters as capitals. */
  isCapitalFont(name: string): boolean;
}

interface EncodingFile {
  name: string;
  fonts: string[];
  capitals: string | null;
  /** Letter → its codes in hex, with blanks between. */
  letters: Record<string, string>;
}

const SOFT_HYPHEN = '\u00AD';
let loaded: LegacyEncoding[] | null = null;

/** TCVN3 (ABC), VNI-Windows and VISCII, from dictionaries/legacy-fonts. */
export function legacyEncodings(): readonly LegacyEncoding[] {
  loaded ??= ['tcvn3', 'vni', 'viscii'].map((name) => compile(readData<EncodingFile>(`${name}.json`)));
  return loaded;
}

export function readData<T>(name: string): T {
  return JSON.parse(readFileSync(join(packageRoot(), 'dictionaries', 'legacy-fonts', name), 'utf8')) as T;
}

function compile(file: EncodingFile): LegacyEncoding {
  const letters = new Map<string, string>();
  for (const [letter, hex] of Object.entries(file.letters)) {
    const codes = hex.split(' ').map((code) => Number.parseInt(code, 16));
    letters.set(String.fromCharCode(...codes), letter);
  }
  addMixedCase(letters);
  const fonts = file.fonts.map((pattern) => new RegExp(pattern, 'i'));
  const capitals = file.capitals === null ? null : new RegExp(file.capitals, 'i');
  return {
    name: file.name,
    letters,
    hyphenLetter: letters.get(SOFT_HYPHEN) ?? null,
    isFont: (name) => fonts.some((pattern) => pattern.test(bareName(name))),
    isCapitalFont: (name) => capitals?.test(bareName(name)) ?? false,
  };
}

/** A capital is often typed with the marks of a small letter ("Uûy ban"), and the other way round. */
function addMixedCase(letters: Map<string, string>): void {
  for (const [codes, letter] of [...letters]) {
    if (codes.length !== 2) continue;
    const mark = codes.charCodeAt(1) ^ 0x20;
    const mixed = codes.charAt(0) + String.fromCharCode(mark);
    if (!letters.has(mixed)) letters.set(mixed, letter);
  }
}

/** "ABCDEF+.VnTimeH,Bold" → ".VnTimeH". */
function bareName(name: string): string {
  return name
    .replace(/^[A-Z]{6}\+/, '')
    .replace(/[-, ]*(?:bold|italic|oblique|regular|normal)+(?:mt)?$/i, '')
    .trim();
}
