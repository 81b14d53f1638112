import { centerX, median, overlap, type Rect, type Size, union } from './geometry.ts';
import { type Gap, gapsOf, type Row, rowText, WIDE } from './rows.ts';

/** Rows `from`..`to` (both included) that stand in two columns, with the white between them. */
export interface Zone {
  from: number;
  to: number;
  gutter: Gap;
}

/** Points. */
const MIN_GUTTER = 6;
const LEFT_ALIGNED = 5;
const CENTRED = 8;
/** Points: room for a seal between the signatory's title and name. */
const SEAL = 180;
/** Font sizes between two lines of one column. */
const LOOSE = 3.5;
/** Rows of a letterhead or signature whose words say nothing: more are a list or table in columns. */
const MOST_ROWS = 14;
/** Font sizes of height that a row has in common with one beside it on another baseline. */
const BESIDE = 0.25;

/** A gutter is this many times as wide as the spaces beside it. */
const STANDS_OUT = 1.5;

/** What letterheads and signatures say, without marks: at the left or right of a row. */
const CUES =
  /cong hoa|chu nghia viet|doc lap|hanh phuc|- ?luu:? |\b(tm|kt|tl|tuq)\. |chu tich$|^so:|chanh van phong$|giam doc$|truong phong$|ngay .*thang .*nam/;
const RECIPIENTS = /^n.i nh/;
/** The name of an appendix or form at the right of what is to be filled in. */
const FORM_NAME = /\S.* (?:phu luc|bieu mau|bieu|mau)(?: so)?:? ?(?:[ivx]+|\d+[a-z]?)$/;

/** Two-column zones of a page: letterhead; recipients beside the signature. */
export function findZones(rows: Row[], size: Size): Zone[] {
  return zonesOf(rows, (zone) => isTwoColumns(rows, zone, size));
}

/** Wherever two lines and more stand beside each other in columns, whatever they say: what may be read column by column. */
export function findColumns(rows: Row[]): Zone[] {
  return zonesOf(rows, ({ from, to, gutter, left, right }) => {
    const size = median(rows.slice(from, to + 1).map(sizeOf));
    const beside = overlap(union(left).y0, union(left).y1, union(right).y0, union(right).y1);
    return Math.min(left.length, right.length) >= 2 && beside >= size && width(gutter) >= size;
  });
}

function zonesOf(rows: Row[], isZone: (zone: Grown) => boolean): Zone[] {
  const zones: Zone[] = [];
  const page = rows.length > 0 ? union(rows.map((row) => row.rect)) : null;
  for (let index = 0; index < rows.length; index++) {
    const first = (zones.at(-1)?.to ?? -1) + 1;
    if (index < first) continue;
    const grown = seeds(rows, index)
      .map((gutter) => grow(rows, index, { gutter, first, middle: page ? centerX(page) : 0 }))
      .filter((zone) => zone !== null)
      .filter(isZone);
    const best = grown.sort((a, b) => b.to - b.from - (a.to - a.from) || width(b.gutter) - width(a.gutter))[0];
    if (best) zones.push({ from: best.from, to: best.to, gutter: best.gutter });
  }
  return zones;
}

interface Grown extends Zone {
  left: Rect[];
  right: Rect[];
}

const width = (gap: Gap): number => gap.to - gap.from;
const isRecipients = (row: Row): boolean => RECIPIENTS.test(plain(rowText(row)));
const sizeOf = (row: Row): number => median(row.words.map((word) => word.size));

/** Wide gaps inside a row, or between it and one beside it that stands higher or lower. */
function seeds(rows: Row[], index: number): Gap[] {
  const row = rows[index];
  if (!row) return [];
  const inner = gapsOf(row).filter((gap) => isWide(gap, sizeOf(row)) && standsOut(width(gap), row));
  for (const beside of rows.slice(index + 1, index + 3)) {
    const shared = overlap(row.rect.y0, row.rect.y1, beside.rect.y0, beside.rect.y1) / sizeOf(row);
    if (shared < (isRecipients(row) || isRecipients(beside) ? -1 : BESIDE)) continue;
    const gap = { from: Math.min(row.rect.x1, beside.rect.x1), to: Math.max(row.rect.x0, beside.rect.x0) };
    if (isWide(gap, sizeOf(row))) inner.push(gap);
  }
  return inner;
}

/** Wider than the row's other gaps: a short justified line has wide ones everywhere. */
function standsOut(white: number, row: Row): boolean {
  const inner = gapsOf(row).map(width).filter(Number.isFinite);
  return inner.length < 3 || white >= STANDS_OUT * median(inner);
}

interface Halves {
  gutter: Gap;
  left: Rect | null;
  right: Rect | null;
  /** Width of the row's own white at the gutter. */
  white: number;
}

/** The row cut at the gutter, which may narrow; null where the row's words stand in it. */
function cut(row: Row, gutter: Gap): Halves | null {
  let best: { gutter: Gap; white: number } | null = null;
  for (const gap of gapsOf(row)) {
    const shared = { from: Math.max(gap.from, gutter.from), to: Math.min(gap.to, gutter.to) };
    if (width(shared) >= MIN_GUTTER && width(shared) > (best ? width(best.gutter) : 0))
      best = { gutter: shared, white: width(gap) };
  }
  if (!best) return null;
  const middle = (best.gutter.from + best.gutter.to) / 2;
  const left = row.words.filter((word) => centerX(word.rect) < middle).map((word) => word.rect);
  const right = row.words.filter((word) => centerX(word.rect) >= middle).map((word) => word.rect);
  return { ...best, left: left.length > 0 ? union(left) : null, right: right.length > 0 ? union(right) : null };
}

interface Setting {
  gutter: Gap;
  /** The first row that is still free. */
  first: number;
  /** Middle of the page's text, where titles are centred. */
  middle: number;
}

function grow(rows: Row[], seed: number, { gutter, first, middle }: Setting): Grown | null {
  const zone: Grown = { from: seed, to: seed, gutter, left: [], right: [] };
  const isTitle = ({ left, right }: Halves): boolean => {
    const [alone, column] = left ? [left, zone.left] : [right, zone.right];
    if (!alone || (left && right) || column.length === 0) return false;
    const aside = Math.min(...column.map((other) => Math.abs(centerX(alone) - centerX(other))));
    return aside > CENTRED && Math.abs(centerX(alone) - middle) < (left ? CENTRED : aside);
  };
  const take = (index: number, upward: boolean): boolean => {
    const row = rows[index];
    const halves = row && cut(row, zone.gutter);
    if (!row || !halves || (index !== seed && (isTitle(halves) || !belongs(row, halves, zone, upward)))) return false;
    zone.gutter = halves.gutter;
    if (halves.left) zone.left.push(halves.left);
    if (halves.right) zone.right.push(halves.right);
    return true;
  };
  if (!take(seed, false)) return null;
  while (zone.to + 1 < rows.length && take(zone.to + 1, false)) zone.to++;
  while (zone.from > first && take(zone.from - 1, true)) zone.from--;
  return zone.left.length > 0 && zone.right.length > 0 ? zone : null;
}

function belongs(row: Row, halves: Halves, zone: Grown, upward: boolean): boolean {
  const size = sizeOf(row);
  const { left, right } = halves;
  if (left && right) {
    const near = distance(left, zone.left) <= LOOSE * size || distance(right, zone.right) <= LOOSE * size;
    const columns = halves.white >= WIDE * size || (aligned(left, zone.left) && aligned(right, zone.right));
    return near && columns && standsOut(halves.white, row);
  }
  if (right) {
    if (zone.right.length === 0) return true;
    const inColumn = right.x0 >= union(zone.right).x0 - LEFT_ALIGNED || aligned(right, zone.right);
    return inColumn && distance(right, zone.right) <= (upward ? LOOSE * size : SEAL);
  }
  if (!left || zone.left.length === 0) return left !== null;
  if (distance(left, zone.left) > LOOSE * size || (upward && !isRecipients(row))) return false;
  return (
    aligned(left, zone.left) || (distance(left, zone.left) <= size && left.x1 <= union(zone.left).x1 + LEFT_ALIGNED)
  );
}

/** Points between a line and the nearest one of its column. */
function distance(rect: Rect, column: Rect[]): number {
  return Math.max(0, Math.min(...column.map((other) => -overlap(rect.y0, rect.y1, other.y0, other.y1))));
}

function aligned(rect: Rect, column: Rect[]): boolean {
  return column.some(
    (other) => Math.abs(rect.x0 - other.x0) <= LEFT_ALIGNED || Math.abs(centerX(rect) - centerX(other)) <= CENTRED,
  );
}

/** Both columns run side by side, and the zone begins or ends the page or speaks like a letterhead or signature. */
function isTwoColumns(rows: Row[], zone: Grown, size: Size): boolean {
  const members = rows.slice(zone.from, zone.to + 1);
  const lineHeight = median(members.map(sizeOf));
  const left = union(zone.left);
  const right = union(zone.right);
  const beside = overlap(left.y0, left.y1, right.y0, right.y1);
  const text = members.map((row) => plain(rowText(row)));
  const cued = text.filter((line) => CUES.test(line)).length >= 2 || text.some((line) => RECIPIENTS.test(line));
  if (FORM_NAME.test(text[0] ?? '')) return beside >= 0.5 * lineHeight;
  if (beside < (cued ? 0.8 : 1.5) * lineHeight) return false;
  if (cued) return true;
  const atEdge = Math.max(left.y0, right.y0) < size.height * 0.15 || zone.to === rows.length - 1;
  const columns = members.filter((row) => gapsOf(row).filter((gap) => isWide(gap, lineHeight)).length > 1).length;
  return atEdge && members.length <= MOST_ROWS && columns * 4 <= members.length;
}

function isWide(gap: Gap, size: number): boolean {
  return Number.isFinite(gap.from) && Number.isFinite(gap.to) && width(gap) >= WIDE * size;
}

/** Lower case without marks, so that text read without its marks is understood too. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd').trim();
}
