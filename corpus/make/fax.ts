/** Run lengths of Group 3 and 4 (ITU-T T.4, tables 2 and 3): codes of 0 to 63, then of the multiples of 64 up to 1728, then for both colours up to 2560. */
const WHITE =
  '00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100 ' +
  '11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 010011010 011000 010011011';
const BLACK =
  '0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100 000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111 ' +
  '0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101 0000001011010 0000001011011 0000001100100 0000001100101';
const LONG =
  '00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 000000010101 000000010110 000000010111 000000011100 000000011101 000000011110 000000011111';
const VERTICAL = ['0000010', '000010', '010', '1', '011', '000011', '0000011'];
const [PASS, HORIZONTAL, END] = ['0001', '001', '000000000001'.repeat(2)];

const codesOf = (own: string): string[] => [...own.split(' '), ...LONG.split(' ')];
const CODES = [codesOf(WHITE), codesOf(BLACK)] as const;

/** The code of a run of one colour, in bits as text. */
function runCode(length: number, black: 0 | 1): string {
  const codes = CODES[black];
  let bits = '';
  let rest = length;
  for (; rest >= 2560 + 64; rest -= 2560) bits += codes[63 + 40];
  if (rest >= 64) bits += codes[63 + Math.floor(rest / 64)];
  return bits + codes[rest % 64];
}

/** The first place from `from` on where the colour is not `colour`. */
function changeAfter(line: Uint8Array, from: number, colour: number): number {
  let i = from;
  while (i < line.length && line[i] === colour) i++;
  return i;
}

/** The first place from `from` on where the colour turns to `colour`; before the line it is white. */
function changeTo(line: Uint8Array, from: number, colour: number): number {
  let i = from;
  while (i < line.length && !(line[i] === colour && (line[i - 1] ?? 0) !== colour)) i++;
  return i;
}

function encodeLine(line: Uint8Array, above: Uint8Array): string {
  let bits = '';
  let a0 = -1;
  let colour: 0 | 1 = 0;
  while (a0 < line.length) {
    const start = Math.max(a0, 0);
    const a1 = changeAfter(line, start, colour);
    const b1 = changeTo(above, a0 + 1, colour === 0 ? 1 : 0);
    const b2 = changeAfter(above, b1, 1 - colour);
    if (b2 < a1) {
      bits += PASS;
      a0 = b2;
      continue;
    }
    if (Math.abs(a1 - b1) <= 3) {
      bits += VERTICAL[a1 - b1 + 3];
      a0 = a1;
      colour = colour === 0 ? 1 : 0;
    } else {
      const a2 = changeAfter(line, a1, 1 - colour);
      bits += HORIZONTAL + runCode(a1 - start, colour) + runCode(a2 - a1, colour === 0 ? 1 : 0);
      a0 = a2;
    }
    if (a0 >= line.length) break;
  }
  return bits;
}

/** A page of black (1) and white (0) pixels, row by row, as CCITT Group 4. */
export function encodeGroup4(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const bytes: number[] = [];
  let held = '';
  const flush = (all: boolean): void => {
    if (all) held = held.padEnd(Math.ceil(held.length / 8) * 8, '0');
    let at = 0;
    for (; held.length - at >= 8; at += 8) bytes.push(Number.parseInt(held.slice(at, at + 8), 2));
    held = held.slice(at);
  };
  let above: Uint8Array = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    const line = pixels.subarray(y * width, (y + 1) * width);
    held += encodeLine(line, above);
    flush(false);
    above = line;
  }
  held += END;
  flush(true);
  return Uint8Array.from(bytes);
}
