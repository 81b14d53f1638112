import type { WordSection } from '../blocks.ts';
import { type IndexBlock, readStretches } from './index-block.ts';
import { modifiers } from './modifiers.ts';

export interface DocSection {
  /** Characters of the main text up to the section's end. */
  end: number;
  section: WordSection;
}

/** Twips. */
const A4 = { width: 11906, height: 16838 };
const NONE = 0xffffffff;
/** Kinds of break that stay on the page: continuous, next column. */
const SAME_PAGE = [0, 1];

/** The sections with their page sizes ([MS-DOC] 2.8.26, PlcfSed). */
export function readSections(main: Buffer, index: IndexBlock): DocSection[] {
  return readStretches(index.part('sections'), 12).map(({ to, record }) => {
    const offset = record.readUInt32LE(2);
    let { width, height } = A4;
    let turnsPage = true;
    if (offset !== NONE && offset + 2 <= main.length) {
      const list = main.subarray(offset + 2, offset + 2 + main.readUInt16LE(offset));
      for (const { code, operand } of modifiers(list)) {
        if (code === 0x3009) turnsPage = !SAME_PAGE.includes(operand[0] ?? 2);
        else if (code === 0xb01f) width = operand.readUInt16LE(0);
        else if (code === 0xb020) height = operand.readUInt16LE(0);
      }
    }
    return { end: to, section: { kind: 'section', width: width / 20, height: height / 20, turnsPage } };
  });
}
