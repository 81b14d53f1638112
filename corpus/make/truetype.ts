/** The parts of a TrueType file that an old font needs otherwise: which glyph stands at which code, and the names. */

function tableOf(font: Buffer, tag: string): Buffer {
  const tables = font.readUInt16BE(4);
  for (let t = 0; t < tables; t++) {
    if (font.toString('latin1', 12 + 16 * t, 16 + 16 * t) !== tag) continue;
    const at = font.readUInt32BE(20 + 16 * t);
    return font.subarray(at, at + font.readUInt32BE(24 + 16 * t));
  }
  throw new Error(`a font without the table ${tag}`);
}

function segmentsOf(font: Buffer): Buffer {
  const cmap = tableOf(font, 'cmap');
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(8 + 8 * i);
    if (cmap.readUInt16BE(at) === 4) return cmap.subarray(at);
  }
  throw new Error('a font without a cmap of format 4');
}

/** The number of the glyph of a letter; 0 where the font has none. */
export function glyphOf(font: Buffer, letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  const table = segmentsOf(font);
  const size = table.readUInt16BE(6);
  for (let s = 0; s < size; s += 2) {
    if (code > table.readUInt16BE(14 + s)) continue;
    const start = table.readUInt16BE(16 + size + s);
    if (code < start) return 0;
    const delta = table.readUInt16BE(16 + 2 * size + s);
    const place = 16 + 3 * size + s;
    const offset = table.readUInt16BE(place);
    const glyph = offset === 0 ? code : table.readUInt16BE(place + offset + 2 * (code - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** A cmap of format 4 with a segment a code. */
function cmapTable(glyphs: ReadonlyMap<number, number>): Buffer {
  const entries = [...glyphs].filter(([, glyph]) => glyph > 0).sort(([a], [b]) => a - b);
  const all = [...entries, [0xffff, 0] as const];
  const length = 16 + 8 * all.length;
  const table = Buffer.alloc(12 + length);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(1, 6);
  table.writeUInt32BE(12, 8);
  const at = 12;
  const power = 2 ** Math.floor(Math.log2(all.length));
  const fields = [4, length, 0, 2 * all.length, 2 * power, Math.log2(power), 2 * (all.length - power)];
  for (const [i, value] of fields.entries()) table.writeUInt16BE(value, at + 2 * i);
  for (const [i, [code, glyph]] of all.entries()) {
    const delta = code === 0xffff ? 1 : (glyph - code) & 0xffff;
    table.writeUInt16BE(code, at + 14 + 2 * i);
    table.writeUInt16BE(code, at + 16 + 2 * all.length + 2 * i);
    table.writeUInt16BE(delta, at + 16 + 4 * all.length + 2 * i);
  }
  return table;
}

/** Family, cut, full and PostScript name. */
function nameTable(family: string): Buffer {
  const names: [number, string][] = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family],
  ];
  const head = Buffer.alloc(6 + 12 * names.length);
  head.writeUInt16BE(names.length, 2);
  head.writeUInt16BE(head.length, 4);
  const strings: Buffer[] = [];
  let offset = 0;
  for (const [i, [id, name]] of names.entries()) {
    const text = Buffer.from(name, 'utf16le').swap16();
    for (const [k, value] of [3, 1, 0x409, id, text.length, offset].entries())
      head.writeUInt16BE(value, 6 + 12 * i + 2 * k);
    strings.push(text);
    offset += text.length;
  }
  return Buffer.concat([head, ...strings]);
}

function checksum(table: Buffer): number {
  let sum = 0;
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}

const KEPT = ['OS/2', 'cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'post', 'prep'];

/** The font under another name with these glyphs at these codes and at no other. */
export function withLetters(font: Buffer, glyphs: ReadonlyMap<number, number>, family: string): Buffer {
  const tables = [
    ...KEPT.map((tag): [string, Buffer] => [tag, tableOf(font, tag)]),
    ['cmap', cmapTable(glyphs)] as [string, Buffer],
    ['name', nameTable(family)] as [string, Buffer],
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = Buffer.alloc(12 + 16 * tables.length);
  head.writeUInt32BE(0x00010000, 0);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  for (const [i, value] of [tables.length, 16 * power, Math.log2(power), 16 * (tables.length - power)].entries())
    head.writeUInt16BE(value, 4 + 2 * i);
  const bodies: Buffer[] = [];
  let offset = head.length;
  for (const [i, [tag, table]] of tables.entries()) {
    head.write(tag, 12 + 16 * i, 'latin1');
    head.writeUInt32BE(checksum(table), 16 + 16 * i);
    head.writeUInt32BE(offset, 20 + 16 * i);
    head.writeUInt32BE(table.length, 24 + 16 * i);
    const padding = Buffer.alloc((4 - (table.length % 4)) % 4);
    bodies.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat([head, ...bodies]);
}
