import { type IndexBlock, readStretches } from './index-block.ts';

/** Formatting of a stretch of the main stream. */
export interface Stretch {
  /** Offsets in the main stream, the second not included. */
  from: number;
  to: number;
  /** Style number of a paragraph; 0 for characters. */
  style: number;
  /** Property changes. */
  list: Buffer;
}

const PAGE = 512;
const NOTHING = Buffer.alloc(0);

/** All stretches of paragraph formatting, by place in the file ([MS-DOC] 2.9.174, PapxFkp). */
export function readParagraphFormatting(main: Buffer, index: IndexBlock): Stretch[] {
  return readPages(main, index.part('paragraphPages'), 13, (page, offset) => {
    if (offset === 0) return { style: 0, list: NOTHING };
    const short = page[offset] ?? 0;
    const start = short === 0 ? offset + 2 : offset + 1;
    const size = short === 0 ? 2 * (page[offset + 1] ?? 0) : 2 * short - 1;
    return { style: page.readUInt16LE(start), list: page.subarray(start + 2, Math.min(start + size, PAGE)) };
  });
}

/** All stretches of character formatting, by place in the file ([MS-DOC] 2.9.33, ChpxFkp). */
export function readCharacterFormatting(main: Buffer, index: IndexBlock): Stretch[] {
  return readPages(main, index.part('characterPages'), 1, (page, offset) => {
    const size = offset === 0 ? 0 : (page[offset] ?? 0);
    return { style: 0, list: page.subarray(offset + 1, Math.min(offset + 1 + size, PAGE)) };
  });
}

function readPages(
  main: Buffer,
  pages: Buffer,
  recordSize: number,
  read: (page: Buffer, offset: number) => { style: number; list: Buffer },
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { record } of readStretches(pages, 4)) {
    const start = (record.readUInt32LE(0) & 0x3fffff) * PAGE;
    if (start + PAGE > main.length) throw new RangeError('a page of formatting is not in the file');
    const page = main.subarray(start, start + PAGE);
    const count = page[PAGE - 1] ?? 0;
    for (let i = 0; i < count; i++) {
      const offset = 2 * (page[4 * (count + 1) + recordSize * i] ?? 0);
      stretches.push({
        from: page.readUInt32LE(4 * i),
        to: page.readUInt32LE(4 * i + 4),
        ...read(page, offset),
      });
    }
  }
  return stretches.sort((a, b) => a.from - b.from);
}

/** Finds the stretch at an offset of the main stream; null where none is. */
export function stretchFinder(stretches: readonly Stretch[]): (offset: number) => Stretch | null {
  return (offset) => {
    let [low, high] = [0, stretches.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const stretch = stretches[middle];
      if (!stretch) return null;
      if (offset < stretch.from) high = middle - 1;
      else if (offset >= stretch.to) low = middle + 1;
      else return stretch;
    }
    return null;
  };
}
