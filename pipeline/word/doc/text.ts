import { type IndexBlock, readStretches } from './index-block.ts';

/** The text in reading order, and where each character is in the file: formatting is told by that. */
export interface DocText {
  text: string;
  /** Offsets in the main stream by character. */
  offsets: Uint32Array;
  /** Property changes of the pieces that were edited after the file was first saved. */
  changes: { from: number; to: number; list: Buffer }[];
}

const EIGHT_BIT = 0x40000000;
const windows = new TextDecoder('windows-1252');

/** Puts the text's pieces together ([MS-DOC] 2.8.35). Throws a RangeError where they lie outside the file. */
export function readText(main: Buffer, index: IndexBlock): DocText {
  const { table, lists } = readPieceTable(index.part('pieces'));
  const pieces = readStretches(table, 8);
  const end = pieces.at(-1)?.to ?? 0;
  if (end > main.length) throw new RangeError('the text is longer than the file');
  const offsets = new Uint32Array(end);
  const changes: DocText['changes'] = [];
  let text = '';
  for (const { from, to, record } of pieces) {
    const position = record.readUInt32LE(2);
    const width = position & EIGHT_BIT ? 1 : 2;
    const start = width === 1 ? (position & ~EIGHT_BIT) >>> 1 : position;
    const length = to - from;
    if (to < from || start + length * width > main.length) throw new RangeError('a piece of text is not in the file');
    const bytes = main.subarray(start, start + length * width);
    text += width === 1 ? windows.decode(bytes) : bytes.toString('utf16le');
    for (let i = 0; i < length; i++) offsets[from + i] = start + i * width;
    const list = changesOf(record.readUInt16LE(6), lists);
    if (list) changes.push({ from, to, list });
  }
  return { text, offsets, changes };
}

function readPieceTable(bytes: Buffer): { table: Buffer; lists: Buffer[] } {
  const lists: Buffer[] = [];
  let at = 0;
  while (bytes[at] === 1) {
    const size = bytes.readUInt16LE(at + 1);
    lists.push(bytes.subarray(at + 3, at + 3 + size));
    at += 3 + size;
  }
  if (bytes[at] !== 2) throw new RangeError('the list of text pieces is missing');
  const size = bytes.readUInt32LE(at + 1);
  return { table: bytes.subarray(at + 5, at + 5 + size), lists };
}

/** Only changes that name a list: the short form changes nothing that is read here. */
function changesOf(modifier: number, lists: readonly Buffer[]): Buffer | undefined {
  return modifier & 1 ? lists[modifier >> 1] : undefined;
}
