import { areas, measures } from '../dictionaries/administrative/index.ts';
import type { Evidence, Indicator, TaskRow, TaskTable } from './record.ts';
import type { ResultRecord } from './results.ts';

export type CellContent = string | number | Date | null;

/** A column of a sheet. `width` counts letters. */
export interface Column<Row> {
  head: string;
  width: number;
  value: (row: Row) => CellContent;
}

export interface IndicatorLine extends ResultRecord {
  indicator: Indicator;
}

export interface TaskLine extends ResultRecord {
  table: TaskTable;
  row: TaskRow;
}

const COMPARATORS: Record<Indicator['comparator'], string> = {
  '=': '=',
  '>=': '≥',
  '<=': '≤',
  '>': '>',
  '<': '<',
  range: 'từ – đến',
};
const CHANGES = { increase: 'tăng', decrease: 'giảm' } as const;
const RECURRENCES = {
  always: 'thường xuyên',
  monthly: 'hằng tháng',
  quarterly: 'hằng quý',
  halfyearly: '6 tháng',
  yearly: 'hằng năm',
} as const;
/** Areas that are no field of the national programme. */
const OTHER_AREAS: Record<string, string> = { 'giai-phap': 'Giải pháp chung', khac: 'Khác' };

function areaName(code: string | null): string | null {
  if (code === null) return null;
  return areas().find(({ area }) => area === code)?.name ?? OTHER_AREAS[code] ?? code;
}

function measureName(code: string | null): string | null {
  return measures().find(({ measure }) => measure === code)?.name ?? code;
}

/** A day becomes a date; a month, quarter or year stays a text. */
function dayOrText(date: string | null): CellContent {
  return date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : date;
}

function pageOf(evidence: readonly Evidence[]): CellContent {
  return evidence[0]?.page ?? null;
}

const DOCUMENT: Column<ResultRecord>[] = [
  { head: 'Tệp nguồn', width: 28, value: ({ entry }) => entry.source },
  { head: 'Xã, phường', width: 20, value: ({ record }) => record.metadata.unit },
];

export const INDICATOR_COLUMNS: Column<IndicatorLine>[] = [
  ...DOCUMENT,
  { head: 'Mục', width: 10, value: ({ indicator }) => indicator.section.join('.') },
  { head: 'Lĩnh vực', width: 18, value: ({ indicator }) => areaName(indicator.area) },
  { head: 'Chỉ tiêu', width: 50, value: ({ indicator }) => indicator.subject },
  { head: 'So sánh', width: 9, value: ({ indicator }) => COMPARATORS[indicator.comparator] },
  { head: 'Giá trị', width: 10, value: ({ indicator }) => indicator.value },
  { head: 'Đến', width: 10, value: ({ indicator }) => indicator.valueMax },
  { head: 'Đơn vị tính', width: 12, value: ({ indicator }) => indicator.unit },
  { head: 'Tăng, giảm', width: 11, value: ({ indicator: { change } }) => change && CHANGES[change] },
  { head: 'Thời hạn', width: 12, value: ({ indicator }) => dayOrText(indicator.deadline) },
  { head: 'Giai đoạn', width: 12, value: ({ indicator }) => indicator.period },
  { head: 'So với năm', width: 11, value: ({ indicator }) => indicator.baseline },
  { head: 'Thước đo', width: 22, value: ({ indicator }) => measureName(indicator.measure) },
  { head: 'Nguyên văn', width: 60, value: ({ indicator }) => indicator.quote },
  { head: 'Trang', width: 7, value: ({ indicator }) => pageOf(indicator.evidence) },
  { head: 'Độ tin cậy', width: 10, value: ({ indicator }) => indicator.confidence },
];

export const TASK_COLUMNS: Column<TaskLine>[] = [
  ...DOCUMENT,
  { head: 'Bảng', width: 24, value: ({ table }) => table.title },
  { head: 'Nhóm', width: 24, value: ({ row }) => row.group },
  { head: 'TT', width: 6, value: ({ row }) => row.no },
  { head: 'Nội dung', width: 55, value: ({ row }) => row.content },
  { head: 'Chủ trì', width: 24, value: ({ row }) => row.lead },
  { head: 'Phối hợp', width: 24, value: ({ row }) => row.support },
  { head: 'Thời hạn', width: 18, value: ({ row }) => row.deadline },
  { head: 'Ngày hạn', width: 12, value: ({ row }) => dayOrText(row.deadlineDate) },
  { head: 'Định kỳ', width: 13, value: ({ row: { recurrence } }) => recurrence && RECURRENCES[recurrence] },
  { head: 'Sản phẩm', width: 22, value: ({ row }) => row.product },
  { head: 'Ghi chú', width: 22, value: ({ row }) => row.note ?? null },
  {
    head: 'Nguyên văn',
    width: 60,
    value: ({ row: { no, content, lead, support, deadline, product } }) =>
      [no, content, lead, support, deadline, product].filter(Boolean).join(' | '),
  },
  { head: 'Trang', width: 7, value: ({ row }) => pageOf(row.evidence) },
  { head: 'Độ tin cậy', width: 10, value: ({ row }) => row.confidence },
];
