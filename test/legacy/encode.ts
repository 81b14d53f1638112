import { type LegacyEncoding, legacyEncodings } from '../../pipeline/legacy/encodings.ts';

export function encodingOf(name: 'TCVN3' | 'VNI' | 'VISCII'): LegacyEncoding {
  const found = legacyEncodings().find((encoding) => encoding.name.startsWith(name));
  if (!found) throw new Error(`${name} is no encoding`);
  return found;
}

/** Text as it was typed in a legacy font: Latin letters in the places of Vietnamese ones. */
export function encoded(text: string, encoding: LegacyEncoding): string {
  const codes = new Map<string, string>();
  for (const [code, letter] of encoding.letters) if (!codes.has(letter)) codes.set(letter, code);
  return [...text.normalize('NFC')].map((letter) => codes.get(letter) ?? letter).join('');
}
