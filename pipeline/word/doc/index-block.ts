/** Where the file information block says that things are ([MS-DOC] 2.5). Lengths in characters or bytes. */
export interface IndexBlock {
  /** Characters of the parts of the text, one after another. */
  lengths: { main: number; footnotes: number; endnotes: number; textBoxes: number };
  /** Offsets of the parts that follow the main text. */
  starts: { footnotes: number; endnotes: number; textBoxes: number };
  /** Bytes of the table stream; empty where there are none. */
  part(which: DocPart): Buffer;
  /** The table stream from the part's beginning to the stream's end. */
  partAndAfter(which: DocPart): Buffer;
}

/** Numbers of the pairs of offset and length. */
const PARTS = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  sections: 6,
  characterPages: 12,
  paragraphPages: 13,
  fonts: 15,
  pieces: 33,
  endnoteReferences: 46,
  endnoteTexts: 47,
  textBoxTexts: 56,
  lists: 73,
  listUses: 74,
} as const;
export type DocPart = keyof typeof PARTS;

const LENGTHS = 0x4c;
const PAIRS = 0x9a;

/** Throws a RangeError where the block points out of the file. */
export function readIndexBlock(main: Buffer, table: Buffer): IndexBlock {
  const length = (index: number): number => main.readUInt32LE(LENGTHS + 4 * index);
  const [text, footnotes, headers, macros, comments, endnotes, textBoxes] = [0, 1, 2, 3, 4, 5, 6].map(length) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const afterNotes = text + footnotes + headers + macros + comments;
  const pair = (which: DocPart): { offset: number; bytes: number } => {
    const at = PAIRS + 8 * PARTS[which];
    return { offset: main.readUInt32LE(at), bytes: main.readUInt32LE(at + 4) };
  };
  return {
    lengths: { main: text, footnotes, endnotes, textBoxes },
    starts: { footnotes: text, endnotes: afterNotes, textBoxes: afterNotes + endnotes },
    part: (which) => {
      const { offset, bytes } = pair(which);
      if (offset + bytes > table.length) throw new RangeError(`${which} are beyond the end of the file`);
      return table.subarray(offset, offset + bytes);
    },
    partAndAfter: (which) => {
      const { offset, bytes } = pair(which);
      return bytes === 0 ? Buffer.alloc(0) : table.subarray(offset);
    },
  };
}

/** A list of ascending positions with a record of `size` bytes for each stretch between two ([MS-DOC] 2.2.2, PLC). */
export function readStretches(bytes: Buffer, size: number): { from: number; to: number; record: Buffer }[] {
  const count = Math.floor((bytes.length - 4) / (4 + size));
  const stretches = [];
  for (let i = 0; i < count; i++) {
    const at = 4 * (count + 1) + size * i;
    stretches.push({
      from: bytes.readUInt32LE(4 * i),
      to: bytes.readUInt32LE(4 * i + 4),
      record: bytes.subarray(at, at + size),
    });
  }
  return stretches;
}
