import type { NumberFormat } from '../number-format.ts';
import { LEVELS, type ListInstance, type ListLevel } from '../numbering.ts';
import type { IndexBlock } from './index-block.ts';
import { changeCharacter, PLAIN } from './properties.ts';

const LIST = 28;
const USE = 16;
const LEVEL = 28;
const OVERRIDE = 8;
const FORMATS: Record<number, NumberFormat> = {
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
};

/** The document's lists by the number of their use, from "1" ([MS-DOC] 2.9.147, PlfLst; 2.9.148, PlfLfo). */
export function readLists(index: IndexBlock, fonts: readonly string[]): Map<string, ListInstance> {
  const definitions = readDefinitions(index.partAndAfter('lists'), fonts);
  const bytes = index.partAndAfter('listUses');
  const uses = new Map<string, ListInstance>();
  if (bytes.length < 4) return uses;
  const count = bytes.readInt32LE(0);
  let at = 4 + USE * count;
  for (let use = 0; use < count; use++) {
    const id = bytes.readInt32LE(4 + USE * use);
    const overrides = bytes[4 + USE * use + 12] ?? 0;
    const levels = [...(definitions.get(id) ?? [])];
    const starts = new Map<number, number>();
    at += 4;
    for (let i = 0; i < overrides; i++) {
      const start = bytes.readInt32LE(at);
      const flags = bytes.readUInt32LE(at + 4);
      const which = flags & 0xf;
      at += OVERRIDE;
      if (flags & 0x20) {
        const { level, size } = readLevel(bytes, at, which, fonts);
        levels[which] = level;
        if (flags & 0x10) starts.set(which, level.start);
        at += size;
      } else if (flags & 0x10) starts.set(which, start);
    }
    uses.set(String(use + 1), { counter: String(id), levels, starts });
  }
  return uses;
}

function readDefinitions(bytes: Buffer, fonts: readonly string[]): Map<number, ListLevel[]> {
  const definitions = new Map<number, ListLevel[]>();
  if (bytes.length < 2) return definitions;
  const count = bytes.readInt16LE(0);
  let at = 2 + LIST * count;
  for (let list = 0; list < count; list++) {
    const start = 2 + LIST * list;
    const isSimple = ((bytes[start + 26] ?? 0) & 1) === 1;
    const levels: ListLevel[] = [];
    for (let which = 0; which < (isSimple ? 1 : LEVELS); which++) {
      const { level, size } = readLevel(bytes, at, which, fonts);
      levels.push(level);
      at += size;
    }
    definitions.set(bytes.readInt32LE(start), levels);
  }
  return definitions;
}

/** [MS-DOC] 2.9.150, LVL; `size`: its bytes. */
function readLevel(
  bytes: Buffer,
  at: number,
  which: number,
  fonts: readonly string[],
): { level: ListLevel; size: number } {
  const flags = bytes[at + 5] ?? 0;
  const characterSize = bytes[at + 24] ?? 0;
  const paragraphSize = bytes[at + 25] ?? 0;
  const changes = at + LEVEL + paragraphSize;
  const label = changes + characterSize;
  const length = bytes.readUInt16LE(label);
  const text = bytes.subarray(label + 2, label + 2 + 2 * length).toString('utf16le');
  const character = changeCharacter(PLAIN, bytes.subarray(changes, label));
  const isBoldSet = changeCharacter({ ...PLAIN, bold: true }, bytes.subarray(changes, label)).bold === character.bold;
  return {
    level: {
      start: bytes.readInt32LE(at),
      format: FORMATS[bytes[at + 4] ?? 0] ?? 'decimal',
      // A level's number stands as a control character with the level's number, from 0.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the format has
      text: text.replace(/[\u0000-\u0008]/g, (place) => `%${place.charCodeAt(0) + 1}`),
      legal: (flags & 0x04) !== 0,
      restartAfter: (flags & 0x08) === 0 ? null : Math.min(bytes[at + 26] ?? 0, which),
      font: character.font === null ? null : (fonts[character.font] ?? null),
      bold: isBoldSet ? character.bold : null,
    },
    size: LEVEL + paragraphSize + characterSize + 2 + 2 * length,
  };
}
