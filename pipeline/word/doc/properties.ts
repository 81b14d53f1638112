import { modifiers } from './modifiers.ts';

/** What is read of a character's formatting. Fonts are numbers of the font table. */
export interface CharacterProperties {
  font: number | null;
  bold: boolean;
  italic: boolean;
  capitals: boolean;
  hidden: boolean;
  deleted: boolean;
  /** Points. */
  size: number | null;
  /** A character of a symbol font that stands in the text's place. */
  symbol: { font: number; code: number } | null;
}

export interface ParagraphProperties {
  inTable: boolean;
  /** The mark that ends a table's row. */
  endsRow: boolean;
  centered: boolean;
  turnsPage: boolean;
  /** Number of the list's use, from 1; 0: none. */
  list: number;
  level: number;
  row: RowDefinition | null;
}

/** A table row's cells: edges in twips, one more than cells. */
export interface RowDefinition {
  edges: number[];
  merges: { across: boolean; covers: 'first' | 'more' | null }[];
}

export const PLAIN: CharacterProperties = {
  font: null,
  bold: false,
  italic: false,
  capitals: false,
  hidden: false,
  deleted: false,
  size: null,
  symbol: null,
};

export const PARAGRAPH: ParagraphProperties = {
  inTable: false,
  endsRow: false,
  centered: false,
  turnsPage: false,
  list: 0,
  level: 0,
  row: null,
};

/** 0 and 1 say off and on, 0x80 as the style, 0x81 the other way. */
function switched(operand: Buffer, style: boolean): boolean {
  const value = operand[0] ?? 0;
  return value >= 0x80 ? style !== (value === 0x81) : value === 1;
}

/** Character properties after a list of changes ([MS-DOC] 2.6.1). `styleOf` gives a character style's own changes. */
export function changeCharacter(
  base: CharacterProperties,
  list: Buffer,
  styleOf: (style: number) => Buffer | null = () => null,
): CharacterProperties {
  let out = { ...base };
  for (const { code, operand } of modifiers(list)) {
    if (code === 0x4a30) {
      const style = styleOf(operand.readUInt16LE(0));
      if (style) out = changeCharacter(out, style);
    } else if (code === 0x0835) out.bold = switched(operand, base.bold);
    else if (code === 0x0836) out.italic = switched(operand, base.italic);
    else if (code === 0x083b) out.capitals = switched(operand, base.capitals);
    else if (code === 0x083c) out.hidden = switched(operand, base.hidden);
    else if (code === 0x0800) out.deleted = operand[0] === 1;
    else if (code === 0x4a4f) out.font = operand.readUInt16LE(0);
    else if (code === 0x4a43) out.size = operand.readUInt16LE(0) / 2;
    else if (code === 0x6a09) out.symbol = { font: operand.readUInt16LE(0), code: operand.readUInt16LE(2) };
  }
  return out;
}

/** Paragraph properties after a list of changes ([MS-DOC] 2.6.2, 2.6.3). `data`: the stream of what is too large. */
export function changeParagraph(base: ParagraphProperties, list: Buffer, data: Buffer): ParagraphProperties {
  let out = { ...base };
  for (const { code, operand } of modifiers(list)) {
    switch (code) {
      case 0x2416:
        out.inTable = operand[0] === 1;
        break;
      case 0x2417:
        out.endsRow = operand[0] === 1;
        break;
      case 0x2403:
      case 0x2461:
        out.centered = operand[0] === 1;
        break;
      case 0x2407:
        out.turnsPage = operand[0] === 1;
        break;
      case 0x260a:
        out.level = operand[0] ?? 0;
        break;
      case 0x460b:
        out.list = operand.readUInt16LE(0);
        break;
      case 0xd608:
        out.row = readRow(operand);
        break;
      case 0xd62b:
        mergeDown(out.row, operand);
        break;
      case 0x6645:
      case 0x6646:
      case 0x646b:
        out = changeParagraph(out, elsewhere(data, operand.readUInt32LE(0)), Buffer.alloc(0));
        break;
    }
  }
  return out;
}

function elsewhere(data: Buffer, offset: number): Buffer {
  if (offset + 2 > data.length) return Buffer.alloc(0);
  return data.subarray(offset + 2, offset + 2 + data.readUInt16LE(offset));
}

const CELL = 20;

function readRow(operand: Buffer): RowDefinition {
  const count = operand[2] ?? 0;
  const edges = Array.from({ length: count + 1 }, (_, i) => operand.readInt16LE(3 + 2 * i));
  const cells = 3 + 2 * (count + 1);
  const merges = Array.from({ length: count }, (_, i) => {
    const at = cells + CELL * i;
    const flags = at + 2 <= operand.length ? operand.readUInt16LE(at) : 0;
    return { across: (flags & 0x02) !== 0, covers: coversOf((flags >> 5) & 3) };
  });
  return { edges, merges };
}

const coversOf = (merge: number): 'first' | 'more' | null => (merge === 3 ? 'first' : merge === 1 ? 'more' : null);

function mergeDown(row: RowDefinition | null, operand: Buffer): void {
  const cell = row?.merges[operand[1] ?? 0];
  if (cell) cell.covers = coversOf(operand[2] ?? 0);
}
