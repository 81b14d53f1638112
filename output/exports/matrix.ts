import type { CellStyle, WriteSheet } from 'hucre/xlsx';
import { measures } from '../../dictionaries/administrative/index.ts';
import type { Row } from '../tables.ts';
import { comparable, isBelow, type Target, targetOf } from './against.ts';
import { type CellContent, changeName, comparatorName } from './sheets.ts';
import { type ColumnStyle, dataSheet, LINK, styleOf } from './style.ts';

/** A plan that the others are held against. */
export interface Reference {
  document: string;
  targets: ReadonlyMap<string, Target>;
}

/** What the matrix sheet shows, from the rows of indicator_matrix. */
export interface MatrixSource {
  rows: readonly Row[];
  against: Reference | null;
  /** The cell of the workbook with a target's quote. */
  quoteOf: (row: Row) => string;
}

const NAME = 'Ma trận chỉ tiêu';
const HEADS: readonly ColumnStyle[] = [
  { head: 'Thước đo', width: 36 },
  { head: 'Năm', width: 7, align: 'center' },
  { head: 'Đơn vị tính', width: 12, align: 'center' },
  { head: 'Tăng, giảm', width: 11, align: 'center' },
];
const COMMUNE_WIDTH = 16;
const AMOUNT: CellStyle = { ...styleOf({ align: 'right' }), ...LINK };
const LOWER = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F8CBAD' } } as const;

function described({ comparator, value, valueMax }: Target): string {
  const number = (amount: number) => amount.toLocaleString('vi-VN', { maximumFractionDigits: 6, useGrouping: false });
  if (comparator === 'range') return `${number(value)} – ${number(valueMax ?? value)}`;
  const words = `${comparatorName(comparator)} ${number(value)}`;
  return comparator === '=' ? number(value) : words;
}

/** How a target stands to that of the reference, in words: null where there is nothing to compare. */
export function verdict(row: Row, against: Reference): string | null {
  const other = against.targets.get(comparable(row));
  const below = other && row.document !== against.document ? isBelow(targetOf(row), other) : null;
  if (!other || below === null) return null;
  return `${below ? 'thấp hơn' : 'đạt'} (${described(other)})`;
}

const groups = <Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> => {
  const found = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
};

interface Shown {
  value: CellContent;
  format: string;
}

/** One target is a number that shows its comparator; several are a text. */
function shown(targets: readonly Target[], below: boolean): Shown {
  const [first] = targets;
  const mark = below ? ' ▼' : '';
  if (targets.length !== 1 || !first || first.comparator === 'range') {
    return { value: targets.map(described).join('; ') + mark, format: 'General' };
  }
  const sign = first.comparator === '=' ? '' : `"${comparatorName(first.comparator)} "`;
  return { value: first.value, format: `${sign}General${mark && `"${mark}"`}` };
}

/**
 * The targets of known measures crosswise: a row for each measure, year and unit, a column for each commune. Cells lead to
 * the quote. Those that promise less than the reference plan are coloured and marked ▼.
 */
export function matrixSheet({ rows, against, quoteOf }: MatrixSource): WriteSheet {
  const order = new Map(measures().map(({ measure }, i) => [measure, i]));
  const place = ({ measure, year }: Row) => [order.get(String(measure)) ?? order.size, Number(year ?? 0)] as const;
  const lines = [...groups(rows, comparable).values()].sort(([a = {}], [b = {}]) => {
    const [[measureA, yearA], [measureB, yearB]] = [place(a), place(b)];
    return measureA - measureB || yearA - yearB || (comparable(a) < comparable(b) ? -1 : 1);
  });
  const isReference = (row: Row) => row.document === against?.document;
  const communeOf = (row: Row) => (isReference(row) ? null : String(row.commune ?? row.source));
  const reference = rows.find(isReference);
  const communes = [...new Set(rows.flatMap((row) => communeOf(row) ?? []))].sort((a, b) => a.localeCompare(b, 'vi'));
  const columns = [
    ...(reference ? [{ name: null, head: `${reference.commune ?? reference.source} (đối chiếu)` }] : []),
    ...communes.map((name) => ({ name, head: name })),
  ];
  const cells: NonNullable<WriteSheet['cells']> = new Map();
  const body = lines.map((line, r) => {
    const byCommune = groups(line, communeOf);
    const first = line[0] as Row;
    const amounts = columns.map(({ name }, c) => {
      const there = byCommune.get(name) ?? [];
      const [top] = there;
      if (!top) return null;
      const targets = [...new Map(there.map((row) => [described(targetOf(row)), targetOf(row)])).values()];
      const other = name === null ? undefined : against?.targets.get(comparable(first));
      const below = other !== undefined && targets.every((target) => isBelow(target, other) === true);
      const { value, format } = shown(targets, below);
      const style = { ...AMOUNT, numFmt: format, ...(below && { fill: LOWER }) };
      cells.set(`${r + 1},${HEADS.length + c}`, { style, hyperlink: { target: '', location: quoteOf(top) } });
      return value;
    });
    return [
      first.measure_name as string,
      first.year as number | null,
      first.unit as string | null,
      changeName(first.change ?? null),
      ...amounts,
    ];
  });
  const heads = [...HEADS, ...columns.map(({ head }) => ({ head, width: COMMUNE_WIDTH, align: 'right' as const }))];
  return dataSheet(NAME, heads, body, cells, { rows: 1, columns: HEADS.length });
}
