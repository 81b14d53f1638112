/** Bits of a Huffman code that are looked up at once; longer codes are rare. */
const LOOK = 10;
/** Where the coefficients of a block, from the lowest frequency to the highest, lie in it. */
export const ZIGZAG = zigzag();
export interface Codes {
  /** By the next bits: length and symbol of the code that they begin with, `length << 8 | symbol`; 0 for a longer one. */
  short: Uint16Array;
  /** The same with the bits of the value that follows: `value << 16 | zeros before it << 8 | length of all`; 0 for others. */
  whole: Int32Array;
  /** By length: the code after the last one, the first one, and the place of its symbol. */
  end: Int32Array;
  first: Int32Array;
  at: Int32Array;
  symbols: Uint8Array;
}

/** `tables`: those of the first coefficient from 0, of the others from 16. */
export function readCodes(body: Uint8Array, tables: (Codes | undefined)[]): void {
  for (let at = 0; at < body.length; ) {
    const isOthers = body[at]! >> 4 === 1;
    const id = (isOthers ? 16 : 0) + (body[at]! & 15);
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    at += 17 + total;
    if (counts.length < 16 || at > body.length || total > 256) throw new Error('its header is damaged');
    tables[id] = codesOf(counts, body.slice(at - total, at), isOthers);
  }
}

function codesOf(counts: Uint8Array, symbols: Uint8Array, isOthers: boolean): Codes {
  const [end, first, at] = [new Int32Array(17), new Int32Array(17), new Int32Array(17)];
  const short = new Uint16Array(1 << LOOK);
  const whole = new Int32Array(1 << LOOK);
  for (let length = 1, code = 0, next = 0; length <= 16; length++, code <<= 1) {
    first[length] = code;
    at[length] = next;
    for (let i = 0; i < counts[length - 1]!; i++, code++, next++) {
      if (length <= LOOK)
        short.fill((length << 8) | symbols[next]!, code << (LOOK - length), (code + 1) << (LOOK - length));
    }
    end[length] = code;
    if (code > 1 << length) throw new Error('its header is damaged');
  }
  if (isOthers)
    for (let bits = 0; bits < whole.length; bits++) {
      const [length, symbol] = [short[bits]! >> 8, short[bits]! & 255];
      const size = symbol & 15;
      if (length === 0 || size === 0 || length + size > LOOK) continue;
      const value = extended((bits >> (LOOK - length - size)) & ((1 << size) - 1), size);
      whole[bits] = (value << 16) | ((symbol >> 4) << 8) | (length + size);
    }
  return { short, whole, end, first, at, symbols };
}

/** A value of `size` bits, whose lower half stands for negative numbers. */
const extended = (bits: number, size: number): number => (bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits);

/** The bits as they are read: `count` of them `held`, from the highest on. */
export interface Bits {
  data: Uint8Array;
  at: number;
  held: number;
  count: number;
  /** Bytes that were asked for beyond a marker or the end. */
  missing: number;
}

export function fill(source: Bits): void {
  const { data } = source;
  while (source.count <= 24) {
    let byte = data[source.at] ?? 0xff;
    if (byte === 0xff) {
      if (data[source.at + 1] === 0) source.at += 2;
      else {
        source.missing++;
        byte = 0;
      }
    } else source.at++;
    source.held |= byte << (24 - source.count);
    source.count += 8;
  }
}

/** The next symbol, or -1. At least 16 bits are held. */
function readSymbol(source: Bits, codes: Codes): number {
  const entry = codes.short[source.held >>> (32 - LOOK)]!;
  let length = entry >> 8;
  let symbol = entry & 255;
  if (length === 0) {
    for (length = LOOK + 1; length <= 16; length++) {
      const code = source.held >>> (32 - length);
      if (code >= codes.end[length]!) continue;
      symbol = codes.symbols[codes.at[length]! + code - codes.first[length]!]!;
      break;
    }
    if (length > 16) return -1;
  }
  source.held <<= length;
  source.count -= length;
  return symbol;
}

function readValue(source: Bits, size: number): number {
  if (size === 0) return 0;
  if (source.count < size) fill(source);
  const value = extended(source.held >>> (32 - size), size);
  source.held <<= size;
  source.count -= size;
  return value;
}

/**
 * The coefficients of a block into `block`, which is all 0, made larger by their quantisation `q`; gives the place of the last that is not 0,
 * or -1. `component`: the first coefficient of its block before.
 */
export function readBlock(
  source: Bits,
  component: { dc: number },
  q: Float32Array,
  dc: Codes,
  ac: Codes,
  block: Float32Array,
): number {
  if (source.count < 16) fill(source);
  const size = readSymbol(source, dc);
  if (size < 0 || size > 15) return -1;
  component.dc += readValue(source, size);
  block[0] = component.dc * q[0]!;
  let last = 0;
  for (let k = 1; k < 64; ) {
    if (source.count < 16) fill(source);
    const entry = ac.whole[source.held >>> (32 - LOOK)]!;
    let value = 0;
    if (entry !== 0) {
      const length = entry & 255;
      source.held <<= length;
      source.count -= length;
      k += (entry >> 8) & 255;
      value = entry >> 16;
    } else {
      const symbol = readSymbol(source, ac);
      if (symbol < 0) return -1;
      if (symbol === 0) break;
      k += symbol >> 4;
      if ((symbol & 15) !== 0) value = readValue(source, symbol & 15);
    }
    if (k > 63) return -1;
    block[ZIGZAG[k]!] = value * q[k]!;
    last = k++;
  }
  return last;
}

function zigzag(): Uint8Array {
  const places: { place: number; diagonal: number; along: number }[] = [];
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) places.push({ place: y * 8 + x, diagonal: x + y, along: (x + y) % 2 === 0 ? x : y });
  places.sort((a, b) => a.diagonal - b.diagonal || a.along - b.along);
  return Uint8Array.from(places, ({ place }) => place);
}
