import type { Bitmap } from './bitmap.ts';
import type { PixelRect } from './gray.ts';
import { levelRulings, type PixelRuling, uprightRulings, type Wholeness } from './rulings.ts';

/** Inches: a dot or dash is no thicker, and stands no further from the next; some have run together. */
const DOT = { thick: 0.035, gap: 0.035 };
/** Inches across and down that the dots of a ruling, put together, make up at least. */
const DOTTED: Wholeness = { across: 0.2, down: 0.13, gap: 0.1, reach: 0.1, filled: 0.7 };
/** Dots that have another at their side before lines of dots are looked for. */
const LEAST_DOTS = 60;

/** The lines of dots or dashes of an upright page; null where it has too few dots. `parts`: what its ink hangs together in. */
export function dottedRulings(parts: readonly PixelRect[], { width, height }: Bitmap, dpi: number) {
  const dots = parts.filter(({ x0, y0, x1, y1 }) => Math.min(x1 - x0, y1 - y0) <= DOT.thick * dpi);
  const gap = Math.round(DOT.gap * dpi);
  if (besideOthers(dots, height, gap) < LEAST_DOTS) return null;
  const half = Math.ceil(gap / 2);
  const across = new Uint8Array(width * height);
  const down = new Uint8Array(width * height);
  for (const { x0, y0, x1, y1 } of dots) {
    const [wide, high] = [x1 - x0, y1 - y0];
    // A dot reaches half the gap to its neighbours in both directions, a dash along itself.
    if (high <= DOT.thick * dpi) fill(across, width, { x0: x0 - half, y0, x1: x1 + half, y1 });
    if (wide <= DOT.thick * dpi) fill(down, width, { x0, y0: y0 - half, x1, y1: y1 + half });
  }
  const level = levelRulings({ width, height, data: across }, dpi, DOTTED);
  return [...level, ...uprightRulings({ width, height, data: down }, dpi, DOTTED, level)];
}

/** How many dots have one before them on their row. */
function besideOthers(dots: readonly PixelRect[], height: number, gap: number): number {
  const ends = new Int32Array(height + 1).fill(-gap - 1);
  let count = 0;
  for (const { x0, y0, x1, y1 } of [...dots].sort((a, b) => a.x0 - b.x0)) {
    const row = (y0 + y1) >> 1;
    if (x0 - Math.max(ends[row - 1] ?? 0, ends[row] ?? 0, ends[row + 1] ?? 0) <= gap) count++;
    ends[row] = x1;
  }
  return count;
}

/** Whole pixels, those within the bitmap. */
function fill(data: Uint8Array, width: number, { x0, y0, x1, y1 }: PixelRect): void {
  for (let y = Math.max(0, y0); y < y1; y++) data.fill(1, y * width + Math.max(0, x0), y * width + Math.min(width, x1));
}

/** Inches between the two strokes of a double line at most, and how many such pairs a table has at least. */
const PAIR = 0.04;
const LEAST_PAIRS = 3;
const WIDE: Wholeness = { across: 0.09, down: 0.13, gap: 0.04, reach: 0.1, filled: 0.8 };

/** Inches: double lines run together are so thick at least. */
const THICK = 0.03;

/** Whether lines stand in pairs, or are as thick as two, as double ones are found. */
export function areDoubled(rulings: readonly PixelRuling[], dpi: number): boolean {
  const at = ({ rows }: PixelRuling): number => rows[rows.length >> 1] ?? 0;
  const pairs = rulings.filter((line, i) =>
    rulings
      .slice(i + 1)
      .some(
        (other) =>
          other.horizontal === line.horizontal &&
          Math.abs(at(other) - at(line)) <= PAIR * dpi &&
          Math.min(other.to, line.to) - Math.max(other.from, line.from) > 0.8 * (line.to - line.from),
      ),
  );
  return pairs.length + rulings.filter(({ thickness }) => thickness >= THICK * dpi).length >= LEAST_PAIRS;
}

/** The ruling lines of a page of double ones, each pair as one line as thick as both. */
export function doubledRulings(inked: Bitmap, dpi: number): PixelRuling[] {
  const { width, height } = inked;
  const thickness = Math.round(PAIR * dpi);
  const level = levelRulings({ width, height, data: singled(inked, dpi * WIDE.across, thickness, true) }, dpi, WIDE);
  const down = { width, height, data: singled(inked, dpi * WIDE.down, thickness, false) };
  return [...level, ...uprightRulings(down, dpi, WIDE, level)].map((line) => ({ ...line, thickness }));
}

/** The strokes of at least `long` pixels one way; of two that lie within `thickness` the middle alone, of thicker ink nothing. */
function singled({ width, height, data }: Bitmap, long: number, thickness: number, isLevel: boolean): Uint8Array {
  const [length, lines, along, across] = isLevel ? [width, height, 1, width] : [height, width, width, 1];
  const strokes = new Uint8Array(data.length);
  for (let line = 0; line < lines; line++)
    for (let i = 0, from = 0; i <= length; i++) {
      if (i < length && data[line * across + i * along] === 1) continue;
      if (i - from >= long) for (let k = from; k < i; k++) strokes[line * across + k * along] = 1;
      from = i + 1;
    }
  const out = new Uint8Array(data.length);
  for (let i = 0; i < length; i++)
    for (let line = 0; line < lines; line++) {
      if (strokes[line * across + i * along] === 0) continue;
      let last = line;
      for (let k = line + 1; k < lines && k - last <= thickness / 2; k++)
        if (strokes[k * across + i * along] === 1) last = k;
      const middle = (line + last) >> 1;
      // What is thicker is a dark border or a picture.
      if (last - line <= thickness)
        for (let k = middle; k < Math.min(lines, middle + 2); k++) out[k * across + i * along] = 1;
      line = last;
    }
  return out;
}
