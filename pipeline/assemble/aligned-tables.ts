import { columnRole } from '../../extractors/task-tables.ts';
import type { Box } from '../../output/record.ts';
import { centerX, centerY, median, type PlacedWord, type Rect, union } from '../layout/geometry.ts';
import { type Gap, gapsOf, type Row, rowsOf, rowText } from '../layout/rows.ts';
import type { Line, Page, Table, TableCell, Word } from '../page.ts';

/** Font sizes of white between two columns of a head, and between the columns below it. */
const HEAD_GAP = 0.6;
const GUTTER = 0.35;
/** Share of the lines with columns that may run over a gutter. */
const RUN_OVER = 0.05;
/** Rows of a head above and below the one with "TT". */
const HEAD_REACH = 3;
/** Times the usual distance of two lines: rows of the table stand this far apart, and its end at most this far. */
const APART = 1.2;
const END = 4;

const NUMBER_HEAD = /^(?:S?TT|Số\s+TT)\.?$/iu;
const ROW_NUMBER = /^(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-ZĐ])[.)]?$/u;
const BEHIND = /^(?:Nơi nhận|TM\.|KT\.|PHỤ LỤC|Ghi chú)/u;

interface Placed extends PlacedWord {
  word: Word;
  item: Line;
}
type PlacedRow = Omit<Row, 'words'> & { words: Placed[] };

/** Where the columns are parted, points; one less than columns. */
type Cuts = number[];

interface Found {
  cuts: Cuts;
  rows: { kind: 'head' | 'group' | 'row'; lines: PlacedRow[] }[];
  /** The table reaches the page's last line. */
  isOpen: boolean;
}

/**
 * Tables without ruling lines, where a head names known columns of a task list: their lines become cells by the white
 * between the columns and the numbers in the first one. They go on over page breaks. The pages given are not changed.
 */
export function alignTables(pages: readonly Page[]): Page[] {
  let cuts: Cuts | null = null;
  return pages.map((page) => {
    const rows = textRows(page);
    const found = findTable(rows, cuts);
    cuts = found?.isOpen ? found.cuts : null;
    return found ? { ...page, items: replaced(page, found) } : page;
  });
}

function textRows(page: Page): PlacedRow[] {
  const { width, height } = page;
  if (width === null || height === null) return [];
  const words = page.items.flatMap((item) =>
    item.kind === 'table'
      ? []
      : item.words.flatMap((word): Placed[] => {
          if (word.box === null || word.text === '') return [];
          const [x0, y0, x1, y1] = word.box;
          const rect = { x0: x0 * width, y0: y0 * height, x1: x1 * width, y1: y1 * height };
          return [{ text: word.text, rect, size: item.size ?? rect.y1 - rect.y0, confidence: 1, word, item }];
        }),
  );
  return rowsOf(words) as PlacedRow[];
}

function findTable(rows: PlacedRow[], open: Cuts | null): Found | null {
  for (const [index, row] of rows.entries()) {
    const head = NUMBER_HEAD.test(row.words[0]?.text ?? '') ? headAt(rows, index) : null;
    const cuts = head && cutsBelow(rows.slice(head.to + 1), head.columns);
    if (!head || !cuts) continue;
    const body = bodyRows(rows.slice(head.to + 1), cuts);
    if (body.rows.length === 0) continue;
    return {
      cuts,
      rows: [{ kind: 'head', lines: rows.slice(head.from, head.to + 1) }, ...body.rows],
      isOpen: body.isOpen,
    };
  }
  if (!open) return null;
  const body = bodyRows(rows, open);
  const isTable = body.rows.some(({ lines }) => filledColumns(lines, open).length > 2);
  return isTable ? { cuts: open, ...body } : null;
}

/** The lines of the head whose row `index` begins with "TT", and where its columns stand. */
function headAt(rows: PlacedRow[], index: number): { from: number; to: number; columns: Rect[] } | null {
  const pitch = pitchOf(rows);
  let best: { from: number; to: number; columns: Rect[]; roles: number } | null = null;
  for (let from = Math.max(0, index - HEAD_REACH); from <= index; from++) {
    for (let to = index; to <= Math.min(rows.length - 1, index + HEAD_REACH); to++) {
      const lines = rows.slice(from, to + 1);
      if (to > index && ROW_NUMBER.test(rows[to]?.words[0]?.text ?? '')) break;
      if (pitchesOf(lines).some((distance) => distance > APART * pitch)) continue;
      const columns = columnsOf(lines);
      const roles = new Set(columns.map((words) => columnRole(textOf(words))).filter((role) => role !== null));
      const isHead = roles.has('content') && (roles.has('lead') || roles.has('deadline') || roles.has('product'));
      if (!isHead || roles.size < 3 || roles.size < columns.length - 1 || roles.size < (best?.roles ?? 0)) continue;
      best = { from, to, columns: columns.map((words) => union(words.map((word) => word.rect))), roles: roles.size };
    }
  }
  return best;
}

/** Words that stand one below the other, from left to right. */
function columnsOf(lines: PlacedRow[]): Placed[][] {
  const words = lines.flatMap((line) => line.words).sort((a, b) => a.rect.x0 - b.rect.x0);
  const columns: Placed[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const word of words) {
    if (word.rect.x0 - end > HEAD_GAP * word.size) columns.push([]);
    columns.at(-1)?.push(word);
    end = Math.max(end, word.rect.x1);
  }
  return columns;
}

const textOf = (words: Placed[]): string => rowsOf(words).map(rowText).join(' ');
const pitchesOf = (rows: PlacedRow[]): number[] =>
  rows.slice(1).map((row, index) => centerY(row.rect) - centerY(rows[index]?.rect ?? row.rect));
const pitchOf = (rows: PlacedRow[]): number => median(pitchesOf(rows));
const sizeOf = (row: Row): number => median(row.words.map((word) => word.size));

/** The white between each two columns that nearly all lines below the head leave; null where two have none. */
function cutsBelow(rows: PlacedRow[], columns: Rect[]): Cuts | null {
  const end = rows.findIndex((row) => BEHIND.test(rowText(row)));
  const below = end < 0 ? rows : rows.slice(0, end);
  const lines = below.filter(hasColumns);
  const single = below.filter((row) => !hasColumns(row)).map((row) => row.rect);
  const first = lines[0];
  if (!first) return null;
  const cuts: Cuts = [];
  for (const [index, column] of columns.slice(0, -1).entries()) {
    const next = columns[index + 1] ?? column;
    const [from, to] = [Math.ceil(centerX(column)), Math.floor(centerX(next))];
    const least = GUTTER * sizeOf(first);
    const white = [0, Math.ceil(RUN_OVER * lines.length)].map((most) => widestWhite(lines, { from, to }, most));
    const best = white.find((gap) => gap.to - gap.from >= least);
    if (!best) return null;
    const gap = narrowed(best, single);
    cuts.push(gap.to - gap.from >= least ? (gap.from + gap.to) / 2 : (best.from + best.to) / 2);
  }
  return cuts;
}

/** The white that lines of one cell leave as well; those that run over it all are no cells. */
function narrowed(white: Gap, single: readonly Rect[]): Gap {
  let { from, to } = white;
  for (const { x0, x1 } of single) {
    if (x0 <= white.from && x1 < white.to) from = Math.max(from, x1);
    else if (x0 > white.from && x1 >= white.to) to = Math.min(to, x0);
  }
  return { from, to };
}

/** A line whose words are not all one sentence: it tells where columns are. */
function hasColumns(row: PlacedRow): boolean {
  return gapsOf(row).some(({ from, to }) => Number.isFinite(to - from) && to - from > HEAD_GAP * sizeOf(row));
}

/** The widest stretch that no more than `most` lines have words in, points. */
function widestWhite(lines: PlacedRow[], { from, to }: Gap, most: number): Gap {
  let best: Gap = { from: 0, to: 0 };
  let start = from;
  for (let x = from; x <= to + 1; x++) {
    const over = lines.filter((line) => line.words.some((word) => word.rect.x0 < x + 1 && word.rect.x1 > x)).length;
    if (x <= to && over <= most) continue;
    if (x - start > best.to - best.from) best = { from: start, to: x };
    start = x + 1;
  }
  return best;
}

/** The row's words in each column. */
function inColumns(row: PlacedRow, cuts: Cuts): Placed[][] {
  const columns: Placed[][] = Array.from({ length: cuts.length + 1 }, () => []);
  for (const word of row.words) columns[cuts.filter((cut) => cut < centerX(word.rect)).length]?.push(word);
  return columns;
}

function filledColumns(lines: PlacedRow[], cuts: Cuts): number[] {
  const filled = lines.flatMap((line) =>
    inColumns(line, cuts).flatMap((words, column) => (words.length > 0 ? [column] : [])),
  );
  return [...new Set(filled)];
}

/** Whether the line's words run on over a gutter as in a sentence. */
function runsOver(row: PlacedRow, cuts: Cuts): boolean {
  const gaps = gapsOf(row);
  return cuts.some((cut) => {
    const gap = gaps.find((white) => white.from <= cut && cut <= white.to);
    return !gap || gap.to - gap.from < GUTTER * sizeOf(row);
  });
}

function bodyRows(rows: PlacedRow[], cuts: Cuts): Pick<Found, 'rows' | 'isOpen'> {
  const pitch = pitchOf(rows);
  const out: Found['rows'] = [];
  const taken: PlacedRow[] = [];
  for (const row of rows) {
    const before = taken.at(-1);
    const far = before ? centerY(row.rect) - centerY(before.rect) : 0;
    if (BEHIND.test(rowText(row)) || far > END * pitch) break;
    if (runsOver(row, cuts)) {
      const last = out.at(-1);
      const isNumbered = ROW_NUMBER.test(row.words[0]?.text ?? '');
      if (isNumbered) out.push({ kind: 'group', lines: [row] });
      else if (last?.kind === 'group' && far < APART * pitch) last.lines.push(row);
      else break;
    } else out.push({ kind: 'row', lines: [row] });
    taken.push(row);
  }
  return { rows: gathered(out, cuts, pitch), isOpen: taken.length === rows.length && rows.length > 0 };
}

/** Lines of one row put together: rows begin at the white between them, or at their numbers where there is none. */
function gathered(lines: Found['rows'], cuts: Cuts, pitch: number): Found['rows'] {
  const isNumbered = ({ lines: [line] }: Found['rows'][number]): boolean =>
    line !== undefined && (inColumns(line, cuts)[0] ?? []).length > 0;
  const merge = (begins: (line: Found['rows'][number], before: Found['rows'][number]) => boolean): Found['rows'] => {
    const out: Found['rows'] = [];
    let before: Found['rows'][number] | undefined;
    for (const line of lines) {
      const last = out.at(-1);
      if (!last || !before || line.kind === 'group' || last.kind === 'group' || begins(line, before)) {
        out.push({ kind: line.kind, lines: [...line.lines] });
      } else last.lines.push(...line.lines);
      before = line;
    }
    return out;
  };
  const distance = (a: Found['rows'][number], b: Found['rows'][number]): number =>
    centerY(a.lines[0]?.rect ?? ZERO) - centerY(b.lines.at(-1)?.rect ?? ZERO);
  const byWhite = merge((line, before) => distance(line, before) > APART * pitch);
  const single = byWhite.every(
    ({ kind, lines: own }) => kind === 'group' || own.filter((row) => isNumbered({ kind, lines: [row] })).length <= 1,
  );
  const rows = byWhite.filter(({ kind }) => kind === 'row');
  const numbered = rows.filter(({ lines: own }) => own.some((row) => isNumbered({ kind: 'row', lines: [row] })));
  const leads = lines.some((line, at) => line.kind === 'row' && !isNumbered(line) && lines[at - 1]?.kind !== 'row');
  if (leads && numbered.length > 1 && numbered.length < rows.length) return aroundNumbers(lines, isNumbered);
  return single && numbered.length * 2 > rows.length ? byWhite : merge((line) => isNumbered(line));
}

/** Rows whose numbers stand in the middle of their height: they are parted by the widest white between two numbers. */
function aroundNumbers(lines: Found['rows'], isNumbered: (line: Found['rows'][number]) => boolean): Found['rows'] {
  const out: Found['rows'] = [];
  let part: PlacedRow[] = [];
  let numbers: number[] = [];
  const close = (): void => {
    const starts = [0, ...numbers.slice(1).map((at, index) => widestAbove(part, numbers[index] ?? 0, at))];
    starts.forEach((start, index) => {
      const own = part.slice(start, starts[index + 1]);
      if (own.length > 0) out.push({ kind: 'row', lines: own });
    });
    part = [];
    numbers = [];
  };
  for (const line of lines) {
    if (line.kind !== 'row') {
      close();
      out.push(line);
      continue;
    }
    if (isNumbered(line)) numbers.push(part.length);
    part.push(...line.lines);
  }
  close();
  return out;
}

/** The line of those behind `from` up to `to` that has the widest white above it. */
function widestAbove(lines: PlacedRow[], from: number, to: number): number {
  let best = { at: to, white: Number.NEGATIVE_INFINITY };
  for (let at = to; at > from; at--) {
    const above = Math.max(...lines.slice(from, at).map(({ rect }) => rect.y1));
    const white = Math.min(...lines.slice(at, to + 1).map(({ rect }) => rect.y0)) - above;
    if (white > best.white) best = { at, white };
  }
  return best.at;
}

const ZERO: Rect = { x0: 0, y0: 0, x1: 0, y1: 0 };

/** The page's items with the table in the place of its lines. */
function replaced(page: Page, found: Found): (Line | Table)[] {
  const taken = new Set(found.rows.flatMap(({ lines }) => lines.flatMap((line) => line.words.map(({ word }) => word))));
  const table = tableFrom(page, found);
  const out: (Line | Table)[] = [];
  let isPut = false;
  for (const item of page.items) {
    if (item.kind === 'table' || !item.words.some((word) => taken.has(word))) {
      out.push(item);
      continue;
    }
    if (!isPut) out.push(table);
    isPut = true;
    const words = item.words.filter((word) => !taken.has(word));
    if (words.length > 0) out.push({ ...item, words });
  }
  return out;
}

function tableFrom(page: Page, { cuts, rows }: Found): Table {
  const [width, height] = [page.width ?? 1, page.height ?? 1];
  const box = ({ x0, y0, x1, y1 }: Rect): Box => [x0 / width, y0 / height, x1 / width, y1 / height];
  const all = union(rows.flatMap(({ lines }) => lines.map((line) => line.rect)));
  const edges = [all.x0, ...cuts, all.x1];
  const cells = rows.flatMap(({ kind, lines }, row): TableCell[] => {
    const { y0, y1 } = union(lines.map((line) => line.rect));
    const toLines = (words: Placed[][]): Line[] =>
      words
        .filter((own) => own.length > 0)
        .map((own) => ({
          ...(own[0] as Placed).item,
          words: own.map(({ word }) => word),
          box: box(union(own.map(({ rect }) => rect))),
          region: 'body' as const,
        }));
    const at = (column: number, columnSpan: number, words: Placed[][]): TableCell => ({
      ...{ row, column, rowSpan: 1, columnSpan },
      box: box({ x0: edges[column] ?? 0, x1: edges[column + columnSpan] ?? 0, y0, y1 }),
      lines: toLines(words),
    });
    if (kind === 'group')
      return [
        at(
          0,
          cuts.length + 1,
          lines.map((line) => line.words),
        ),
      ];
    const columns = lines.map((line) => inColumns(line, cuts));
    return Array.from({ length: cuts.length + 1 }, (_, column) =>
      at(
        column,
        1,
        columns.map((line) => line[column] ?? []),
      ),
    );
  });
  return { kind: 'table', box: box(all), rows: rows.length, columns: cuts.length + 1, cells };
}
