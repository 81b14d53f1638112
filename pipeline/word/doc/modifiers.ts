/** One property change ([MS-DOC] 2.2.5.1, Sprm with its operand). */
export interface Modifier {
  code: number;
  operand: Buffer;
}

/** Operand sizes by the three highest bits; 0: the first byte tells. */
const SIZES = [1, 1, 2, 4, 2, 2, 0, 3];
const TABLE_DEFINITION = 0xd608;
const CHANGE_TABS = 0xc615;

/** The property changes of a list; ends at one that is cut off. */
export function* modifiers(list: Buffer): Generator<Modifier> {
  let at = 0;
  while (at + 2 < list.length) {
    const code = list.readUInt16LE(at);
    at += 2;
    let size = SIZES[code >> 13] ?? 1;
    if (code === TABLE_DEFINITION) {
      if (at + 2 > list.length) return;
      size = list.readUInt16LE(at) + 1;
    } else if (code === CHANGE_TABS && list[at] === 255) {
      const deleted = list[at + 1] ?? 0;
      const added = list[at + 2 + 4 * deleted] ?? 0;
      size = 3 + 4 * deleted + 3 * added;
    } else if (size === 0) size = 1 + (list[at] ?? 0);
    if (at + size > list.length) return;
    yield { code, operand: list.subarray(at, at + size) };
    at += size;
  }
}
