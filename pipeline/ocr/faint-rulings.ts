import type { Grid, Rect } from '../layout/geometry.ts';
import { gridsFromRulings } from '../layout/grid.ts';
import { type Bitmap, inkUpTo } from './bitmap.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { areDoubled, dottedRulings, doubledRulings } from './patterned-rulings.ts';
import {
  BROKEN,
  findRulings,
  levelRulings,
  type PixelRuling,
  rulingsInPoints,
  uprightRulings,
  WHOLE,
  type Wholeness,
} from './rulings.ts';

/** Paper is white (255) once the light is even: what is as dark as this may be a line in gray, or as thin as a hair. */
const LIGHT = 227;
/** Rows and columns of a table that lines of doubtful ink must make; as many level lines must be there, or it is not looked for. */
const LEAST = { rows: 2, columns: 3 };

/**
 * The ruling lines of an upright page of even light. Where its ink rules no table, dotted, light and broken lines are looked
 * for as well, and are believed if they make one. `inked`: the ink of `image`; `parts`: what it hangs together in.
 */
export function pageRulings(image: GrayImage, inked: Bitmap, parts: readonly PixelRect[]): PixelRuling[] {
  const rulings = findRulings(inked, image.dpi);
  const ruled = tables(rulings, image.dpi);
  const isMissed = (part: PixelRect): boolean =>
    isLarge(part, image.dpi) && !ruled.some(({ rect }) => covers(rect, part, 72 / image.dpi));
  if (areDoubled(rulings, image.dpi) || parts.some(isMissed)) {
    const single = doubledRulings(inked, image.dpi);
    if (tables(single, image.dpi).some(isTable)) return single;
  }
  if (ruled.length > 0) return rulings;
  const dotted = dottedRulings(parts, inked, image.dpi);
  if (dotted && tables(dotted, image.dpi).some(isTable)) return [...rulings, ...dotted];
  const light = inkUpTo(image, LIGHT);
  const level = levelRulings(light, image.dpi, BROKEN);
  if (level.length < LEAST.rows) return rulings;
  const attempt = (bitmap: Bitmap, how: Wholeness, found: PixelRuling[]): Attempt => {
    const whole = broughtTogether(found, how.reach * image.dpi);
    const faint = withoutLetters(whole, bitmap, how.filled);
    const fit = tables(faint, image.dpi).filter(isTable);
    return {
      rulings: faint,
      fields: fit.reduce((sum, { rows, columns }) => sum + rows * columns, 0),
      cells: fit.reduce((sum, { cells }) => sum + cells.length, 0),
    };
  };
  const all = attempt(light, BROKEN, [...level, ...uprightRulings(light, image.dpi, BROKEN, level)]);
  if (all.fields === 0) return rulings;
  // The strictest way that loses no row or column, nor a side of a cell: the others may see lines in letters.
  const strict = attempt(light, WHOLE, findRulings(light, image.dpi, WHOLE));
  const broken = attempt(inked, BROKEN, findRulings(inked, image.dpi, BROKEN));
  return [strict, broken, all].reduce((best, next) =>
    (next.fields - best.fields || next.cells - best.cells) > 0 ? next : best,
  ).rulings;
}

interface Attempt {
  rulings: PixelRuling[];
  /** Rows by columns of its tables. */
  fields: number;
  cells: number;
}

const tables = (rulings: readonly PixelRuling[], dpi: number) => gridsFromRulings(rulingsInPoints(rulings, dpi));

/** Inches across and down: ink that hangs together so far may be a table. */
const LARGE = { wide: 3, high: 1 };
const isLarge = ({ x0, y0, x1, y1 }: PixelRect, dpi: number): boolean =>
  x1 - x0 >= LARGE.wide * dpi && y1 - y0 >= LARGE.high * dpi;

/** Whether a table's bounds (points) have nearly all of the ink's height in them. */
const covers = ({ y0, y1 }: Rect, part: PixelRect, perPixel: number): boolean =>
  Math.min(y1, part.y1 * perPixel) - Math.max(y0, part.y0 * perPixel) >= 0.8 * (part.y1 - part.y0) * perPixel;

const isTable = ({ rows, columns }: Grid): boolean => rows >= LEAST.rows && columns >= LEAST.columns;

/** Upright lines that end in a gap before a level line go on to it. `reach`: pixels. */
function broughtTogether(rulings: PixelRuling[], reach: number): PixelRuling[] {
  const across = rulings.filter((line) => line.horizontal);
  return rulings.map((line) => {
    if (line.horizontal) return line;
    const [first = 0] = line.rows;
    const last = line.rows.at(-1) ?? first;
    const met = across.flatMap(({ rows, from, to }) =>
      first > from - reach && first < to + reach
        ? [rows[Math.min(Math.max(first - from, 0), rows.length - 1)] ?? 0]
        : [],
    );
    const from = Math.min(line.from, ...met.filter((at) => at > line.from - reach));
    const to = Math.max(line.to, ...met.filter((at) => at < line.to + reach));
    const rows = new Int32Array(to - from);
    rows.fill(first, 0, line.from - from);
    rows.set(line.rows, line.from - from);
    rows.fill(last, line.to - from);
    return { ...line, from, to, rows };
  });
}

/** Upright lines cut at the level ones, without the stretches that have too little ink: there they run through letters. */
function withoutLetters(rulings: PixelRuling[], { width, data }: Bitmap, filled: number): PixelRuling[] {
  const across = rulings.filter((line) => line.horizontal);
  return rulings.flatMap((line) => {
    if (line.horizontal) return [line];
    const [x = 0] = line.rows;
    const met = across.flatMap(({ rows, from, to }) => (x >= from && x < to ? [rows[x - from] ?? 0] : []));
    const cuts = [line.from, ...met.filter((at) => at > line.from && at < line.to), line.to].sort((a, b) => a - b);
    return cuts.slice(1).flatMap((to, i) => {
      const from = cuts[i] ?? to;
      const rows = line.rows.slice(from - line.from, to - line.from);
      const inked = rows.filter((middle, k) =>
        [-2, -1, 0, 1, 2].some((off) => data[(from + k) * width + middle + off] === 1),
      ).length;
      return inked >= filled * rows.length ? [{ ...line, from, to, rows }] : [];
    });
  });
}
