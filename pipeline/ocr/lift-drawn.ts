import { type Bitmap, binarize } from './bitmap.ts';
import { type Component, type Components, components } from './components.ts';
import { drawnComponents, letterLines, letters, withRoom } from './drawn.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import type { InkMark } from './ink.ts';
import { type Circle, roundSeals } from './seals.ts';

/** Levels of gray by which a seal's ink must be lighter than print to be told from it by that alone. */
const LIGHTER = 30;
/** Between print (0) and seal (1): what is darker stays as it is, what is lighter becomes paper. */
const STAYS = 0.35;
const GOES = 0.75;
/** Inches that a seal reaches over its circle. */
const RIM = 0.03;
/** Inches beside a line of print: of letters that a stroke has run into, of a letter or stop that stands off. */
const RUN_INTO = 0.5;
const STANDS_OFF = 0.12;
/** Inches about a signature in which strokes are its own. */
const NEAR = 0.15;
const LARGE = 1;

/**
 * Takes seals, stamps and signatures in black or gray out of `image`, in place: round seals by their circle, and by their
 * gray where it is lighter than print's; pen strokes by their shape. Lines of print that they cross stay. Gives the ink
 * that is left, the lines of letters in it, what the ink hung together in, and where the marks were, in pixels. `lifted`: seals whose colour is gone
 * already; what is left of them goes too.
 */
export function liftDrawn(
  image: GrayImage,
  lifted: PixelRect[],
): { bitmap: Bitmap; lines: Component[][]; parts: Component[]; marks: InkMark[] } {
  let bitmap = binarize(image);
  let found = components(bitmap);
  let drawn = drawnComponents(found, bitmap, image.dpi);
  if (drawn.length + lifted.length === 0) {
    const lines = letterLines(letters(found, image.dpi), image.dpi, () => true);
    return { bitmap, lines, parts: found.all, marks: [] };
  }
  const seals = roundSeals(drawn, found, bitmap, image.dpi);
  const paled = seals.map((seal) => liftPale(image, bitmap, seal, found));
  if (paled.includes(true)) {
    bitmap = binarize(image);
    found = components(bitmap);
    drawn = drawnComponents(found, bitmap, image.dpi);
  }
  const isSealed = (x: number, y: number) => seals.some((seal) => isInside(seal, x, y, RIM * image.dpi));
  const lines = letterLines(letters(found, image.dpi), image.dpi, (letter) => !isSealed(...centre(letter)));
  const crossed = withRoom(lines, RUN_INTO, image.dpi);
  const print = withRoom(lines, STANDS_OFF, image.dpi);
  const isPrint = (x: number, y: number) => print.some((line) => within(line, x, y, 0));
  const near = NEAR * image.dpi;
  const isOfMark = (x: number, y: number) =>
    drawn.some((mark) => within(mark, x, y, near)) || lifted.some((mark) => within(mark, x, y, 0));
  const others = found.all.filter((component) => {
    const [x, y] = centre(component);
    if (drawn.includes(component)) return false;
    return isSealed(x, y) || (isOfMark(x, y) && !isPrint(x, y) && !isLarge(component, image.dpi));
  });
  for (const component of [...drawn, ...others]) erase(component, found, image, bitmap, crossed);
  const pen = drawn.filter((component) => !isSealed(...centre(component)));
  return { bitmap, lines, parts: found.all, marks: [...seals.map(sealMark), ...pen.map(signatureMark)] };
}

function isInside({ x, y, radius }: Circle, px: number, py: number, room: number): boolean {
  return Math.hypot(px - x, py - y) <= radius + room;
}

const centre = ({ x0, y0, x1, y1 }: PixelRect): [number, number] => [(x0 + x1) / 2, (y0 + y1) / 2];

function within({ x0, y0, x1, y1 }: PixelRect, x: number, y: number, room: number): boolean {
  return x >= x0 - room && x <= x1 + room && y >= y0 - room && y <= y1 + room;
}

/** Larger than a stroke of a signature that hangs apart: a ruling line, a table. */
function isLarge({ x0, y0, x1, y1 }: PixelRect, dpi: number): boolean {
  return Math.max(x1 - x0, y1 - y0) > LARGE * dpi;
}

function sealMark({ x, y, radius }: Circle): InkMark {
  return { kind: 'seal', x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius };
}

function signatureMark({ x0, y0, x1, y1 }: Component): InkMark {
  return { kind: 'signature', x0, y0, x1, y1 };
}

/** Turns a seal's ink into paper where it is lighter than print; says whether it was. */
function liftPale(image: GrayImage, bitmap: Bitmap, seal: Circle, found: Components): boolean {
  const { width, height, data, dpi } = image;
  const print: number[] = [];
  for (const component of letters(found, dpi)) {
    if (isInside(seal, ...centre(component), RIM * dpi)) continue;
    for (let i = component.first; i >= 0; i = found.next[i]!) {
      const [row, from, to] = [found.runs[3 * i]!, found.runs[3 * i + 1]!, found.runs[3 * i + 2]!];
      print.push(data[row * width + ((from + to) >> 1)]!);
    }
  }
  const ring: number[] = [];
  const inside: number[] = [];
  const reach = seal.radius + RIM * dpi;
  for (let y = Math.max(0, Math.floor(seal.y - reach)); y < Math.min(height, seal.y + reach); y++)
    for (let x = Math.max(0, Math.floor(seal.x - reach)); x < Math.min(width, seal.x + reach); x++) {
      const away = Math.hypot(x - seal.x, y - seal.y);
      if (away > reach) continue;
      inside.push(y * width + x);
      if (Math.abs(away - seal.radius) <= RIM * dpi && bitmap.data[y * width + x]) ring.push(data[y * width + x]!);
    }
  const [black, gray] = [median(print), median(ring)];
  if (gray - black < LIGHTER) return false;
  const stays = black + (gray - black) * STAYS;
  const goes = black + (gray - black) * GOES;
  for (const p of inside) {
    const light = (data[p]! - stays) / (goes - stays);
    if (light >= 1) data[p] = 255;
    else if (light > 0) data[p] = stays + light * (255 - stays);
  }
  return true;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

/** Paints a component white but where it crosses lines of print; the gray of its edges with it. */
function erase(
  { first }: Component,
  { runs, next }: Components,
  image: GrayImage,
  bitmap: Bitmap,
  lines: PixelRect[],
): void {
  const { width, height } = bitmap;
  const halo = Math.max(1, Math.round(image.dpi / 150));
  const gone: number[] = [];
  for (let i = first; i >= 0; i = next[i]!) {
    const [row, from, to] = [runs[3 * i]!, runs[3 * i + 1]!, runs[3 * i + 2]!];
    const crossed = lines.filter((line) => row >= line.y0 && row < line.y1);
    for (let x = from; x < to; x++)
      if (!crossed.some((line) => x >= line.x0 && x < line.x1)) {
        bitmap.data[row * width + x] = 0;
        gone.push(row * width + x);
      }
  }
  for (const p of gone) {
    const [x, y] = [p % width, Math.floor(p / width)];
    for (let ny = Math.max(0, y - halo); ny <= Math.min(height - 1, y + halo); ny++)
      for (let nx = Math.max(0, x - halo); nx <= Math.min(width - 1, x + halo); nx++)
        if (!bitmap.data[ny * width + nx]) image.data[ny * width + nx] = 255;
  }
}
