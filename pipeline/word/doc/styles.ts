import {
  type CharacterProperties,
  changeCharacter,
  changeParagraph,
  PARAGRAPH,
  type ParagraphProperties,
  PLAIN,
} from './properties.ts';

export interface DocStyle {
  character: CharacterProperties;
  paragraph: ParagraphProperties;
}

export interface DocStyles {
  paragraph(style: number): DocStyle;
  /** A character style's own changes; null where there are none. */
  characterChanges(style: number): Buffer | null;
}

interface RawStyle {
  base: number;
  paragraph: Buffer;
  character: Buffer;
  isCharacter: boolean;
}

const NOTHING = Buffer.alloc(0);
/** "Based on" of a style that is not. */
const NO_BASE = 0xfff;

/** Reads the style sheet ([MS-DOC] 2.9.271, STSH). */
export function readStyles(bytes: Buffer): DocStyles {
  const raw: (RawStyle | null)[] = [];
  let usual = PLAIN;
  if (bytes.length > 20) {
    const header = bytes.readUInt16LE(0);
    const baseSize = bytes.readUInt16LE(4);
    usual = { ...PLAIN, font: bytes.readUInt16LE(2 + 12) };
    for (let at = 2 + header; at + 2 <= bytes.length; ) {
      const size = bytes.readUInt16LE(at);
      raw.push(size < 10 ? null : readStyle(bytes.subarray(at + 2, at + 2 + size), baseSize));
      at += 2 + size;
    }
  }
  const resolved = new Map<number, DocStyle>();
  const plain: DocStyle = { character: usual, paragraph: PARAGRAPH };

  function resolve(number: number, seen: readonly number[]): DocStyle {
    const known = resolved.get(number);
    if (known) return known;
    const style = raw[number];
    if (!style || seen.includes(number)) return plain;
    const base = style.base === NO_BASE ? plain : resolve(style.base, [...seen, number]);
    const own: DocStyle = {
      character: changeCharacter(base.character, style.character),
      paragraph: changeParagraph(base.paragraph, style.paragraph, NOTHING),
    };
    resolved.set(number, own);
    return own;
  }

  function changes(number: number, seen: readonly number[]): Buffer | null {
    const style = raw[number];
    if (!style?.isCharacter || seen.includes(number)) return null;
    const base = style.base === NO_BASE ? null : changes(style.base, [...seen, number]);
    return base ? Buffer.concat([base, style.character]) : style.character;
  }

  return { paragraph: (style) => resolve(style, []), characterChanges: (style) => changes(style, []) };
}

const PARAGRAPH_STYLE = 1;
const CHARACTER_STYLE = 2;

function readStyle(bytes: Buffer, baseSize: number): RawStyle {
  const kindAndBase = bytes.readUInt16LE(2);
  const kind = kindAndBase & 0xf;
  const style: RawStyle = {
    base: kindAndBase >> 4,
    paragraph: NOTHING,
    character: NOTHING,
    isCharacter: kind === CHARACTER_STYLE,
  };
  if (kind !== PARAGRAPH_STYLE && kind !== CHARACTER_STYLE) return style;
  let at = baseSize + 2 + 2 * (bytes.readUInt16LE(baseSize) + 1);
  const next = (): Buffer => {
    at += at % 2;
    if (at + 2 > bytes.length) return NOTHING;
    const size = bytes.readUInt16LE(at);
    at += 2 + size;
    return bytes.subarray(at - size, at);
  };
  // A paragraph style's changes begin with its own number.
  if (kind === PARAGRAPH_STYLE) style.paragraph = next().subarray(2);
  style.character = next();
  return style;
}

/** Names of the fonts by number ([MS-DOC] 2.9.286, SttbfFfn). */
export function readFonts(bytes: Buffer): string[] {
  const NAME = 39;
  const names: string[] = [];
  const count = bytes.length < 4 ? 0 : bytes.readUInt16LE(0);
  let at = 4;
  for (let i = 0; i < count && at < bytes.length; i++) {
    const size = bytes[at] ?? 0;
    const name = bytes.subarray(at + 1 + NAME, at + 1 + size).toString('utf16le');
    names.push(name.split('\0', 1)[0] ?? '');
    at += 1 + size;
  }
  return names;
}
