import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The four cuts of a typeface. */
export interface Typeface {
  regular: Buffer;
  bold: Buffer;
  italic: Buffer;
  boldItalic: Buffer;
}

/** The name under which pages and seals use the typeface that was found. */
export const FAMILY = 'Corpus Serif';

export const CUTS = ['regular', 'bold', 'italic', 'boldItalic'] as const;

/** File names of typefaces of the width of Times: Liberation Serif, Tinos, Times New Roman on Windows and on macOS. */
const FILES = [
  [
    'LiberationSerif-Regular.ttf',
    'LiberationSerif-Bold.ttf',
    'LiberationSerif-Italic.ttf',
    'LiberationSerif-BoldItalic.ttf',
  ],
  ['Tinos-Regular.ttf', 'Tinos-Bold.ttf', 'Tinos-Italic.ttf', 'Tinos-BoldItalic.ttf'],
  ['times.ttf', 'timesbd.ttf', 'timesi.ttf', 'timesbi.ttf'],
  ['Times New Roman.ttf', 'Times New Roman Bold.ttf', 'Times New Roman Italic.ttf', 'Times New Roman Bold Italic.ttf'],
];

function folders(): string[] {
  return [
    process.env.CORPUS_FONTS,
    '/usr/share/fonts/truetype/liberation2',
    '/usr/share/fonts/truetype/liberation',
    '/usr/share/fonts/liberation-serif',
    '/usr/share/fonts/liberation-serif-fonts',
    '/usr/share/fonts/liberation',
    '/usr/share/fonts/TTF',
    '/usr/share/fonts/truetype/croscore',
    '/usr/share/fonts/truetype/msttcorefonts',
    join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'),
    '/System/Library/Fonts/Supplemental',
    '/Library/Fonts',
  ].filter((folder): folder is string => folder !== undefined && folder !== '');
}

/** True where a TrueType file has a glyph for the letter (table cmap, format 4). Liberation 1, for one, has no Vietnamese letters. */
export function hasLetter(font: Buffer, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  const tables = font.readUInt16BE(4);
  for (let t = 0; t < tables; t++) {
    if (font.toString('latin1', 12 + 16 * t, 16 + 16 * t) !== 'cmap') continue;
    const cmap = font.readUInt32BE(20 + 16 * t);
    for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
      const at = cmap + font.readUInt32BE(cmap + 8 + 8 * i);
      if (font.readUInt16BE(at) !== 4) continue;
      const segments = font.readUInt16BE(at + 6);
      for (let s = 0; s < segments; s += 2) {
        if (code > font.readUInt16BE(at + 14 + s)) continue;
        return code >= font.readUInt16BE(at + 16 + segments + s);
      }
    }
  }
  return false;
}

/** The first typeface in the usual places that has the Vietnamese letters; throws with advice where there is none. */
export function findTypeface(): Typeface {
  for (const folder of folders()) {
    for (const names of FILES) {
      const paths = names.map((name) => join(folder, name));
      if (!paths.every((path) => existsSync(path))) continue;
      const cuts = paths.map((path) => readFileSync(path));
      if (!cuts.every((cut) => hasLetter(cut, 'ệ'))) continue;
      return Object.fromEntries(CUTS.map((cut, i) => [cut, cuts[i]])) as unknown as Typeface;
    }
  }
  throw new Error(
    'no Times-like font with Vietnamese letters found: install Liberation Serif 2 (Debian: fonts-liberation2), Tinos or Times New Roman, ' +
      'or set CORPUS_FONTS to the folder of its .ttf files',
  );
}

/** The typeface as @font-face rules that carry the files themselves, so that no other font can step in. */
export function fontFaces(face: Typeface): string {
  return CUTS.map((cut) => {
    const weight = cut === 'bold' || cut === 'boldItalic' ? 'bold' : 'normal';
    const style = cut === 'italic' || cut === 'boldItalic' ? 'italic' : 'normal';
    return `@font-face { font-family: '${FAMILY}'; font-weight: ${weight}; font-style: ${style}; src: url(data:font/ttf;base64,${face[cut].toString('base64')}); }`;
  }).join('\n');
}
