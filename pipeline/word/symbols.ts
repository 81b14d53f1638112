import { readData } from '../legacy/encodings.ts';

interface SymbolFile {
  /** Font → code in hex → character. */
  fonts: Record<string, Record<string, string>>;
}

let fonts: SymbolFile['fonts'] | null = null;

const BULLET = '•';

/** What a symbol font's character shows: a mathematical sign, a box, an arrow; else it is some bullet. */
export function symbolOf(font: string, code: number): string {
  fonts ??= readData<SymbolFile>('symbol-fonts.json').fonts;
  const table = /wingdings|webdings/i.test(font) ? fonts.wingdings : fonts.symbol;
  return table?.[(code & 0xff).toString(16).toUpperCase().padStart(2, '0')] ?? BULLET;
}

export const isSymbolFont = (font: string | null): boolean => /^(?:symbol|wingdings|webdings)/i.test(font ?? '');

/** Characters of a symbol font as what they show; other text as it is. */
export function withSymbols(text: string, font: string | null): string {
  if (!font || !isSymbolFont(font)) return text;
  return text.replace(/[!-\u00FF\uF020-\uF0FF]/g, (character) => symbolOf(font, character.charCodeAt(0)));
}
