import { areas } from '../../dictionaries/administrative/index.ts';
import type { Cell, Row } from '../tables.ts';
import type { ColumnStyle } from './style.ts';

export type CellContent = string | number | Date | null;

/** A column of a sheet: what stands in a table's column. */
export interface SheetColumn extends ColumnStyle {
  column: string;
  show?: (cell: Cell, row: Row) => CellContent;
}

/** A sheet of a workbook: the rows of a table, and `commune`, the unit of their document. */
export interface SheetLayout {
  name: string;
  table: string;
  columns: readonly SheetColumn[];
}

const COMPARATORS: Record<string, string> = {
  '=': '=',
  '>=': '≥',
  '<=': '≤',
  '>': '>',
  '<': '<',
  range: 'từ – đến',
};
const CHANGES: Record<string, string> = { increase: 'tăng', decrease: 'giảm' };
const RECURRENCES: Record<string, string> = {
  always: 'thường xuyên',
  monthly: 'hằng tháng',
  quarterly: 'hằng quý',
  halfyearly: '6 tháng',
  yearly: 'hằng năm',
};
const OUTCOMES: Record<string, string> = { done: 'đã đọc', partial: 'đọc một phần', failed: 'không đọc được' };
const SEVERITIES: Record<string, string> = { error: 'lỗi', warning: 'cảnh báo', info: 'thông tin' };
/** Areas that are no field of the national programme. */
const OTHER_AREAS: Record<string, string> = { 'giai-phap': 'Giải pháp chung', khac: 'Khác' };

const named =
  (names: Record<string, string>) =>
  (cell: Cell): CellContent =>
    cell === null ? null : (names[String(cell)] ?? String(cell));

export const comparatorName = named(COMPARATORS);
export const changeName = named(CHANGES);

function areaName(cell: Cell): CellContent {
  return areas().find(({ area }) => area === cell)?.name ?? named(OTHER_AREAS)(cell);
}

/** A day becomes a date; a month, quarter or year stays a text. */
function dayOrText(cell: Cell): CellContent {
  const text = cell as string | null;
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : text;
}

const path = (cell: Cell): CellContent =>
  (cell as string[]).map((name) => (name === 'appendix' ? 'Phụ lục' : name)).join('.');

const rowQuote = (_: Cell, row: Row): CellContent =>
  ['no', 'content', 'lead', 'support', 'deadline', 'product']
    .map((name) => row[name])
    .filter(Boolean)
    .join(' | ');

const SOURCE: SheetColumn[] = [
  { head: 'Tệp nguồn', width: 28, column: 'source' },
  { head: 'Xã, phường', width: 20, column: 'commune' },
];
const SECTION: SheetColumn = { head: 'Mục', width: 10, column: 'section', show: path };
const AREA: SheetColumn = { head: 'Lĩnh vực', width: 18, column: 'area', show: areaName };
const QUOTE: SheetColumn = { head: 'Nguyên văn', width: 60, column: 'quote' };
const PAGE: SheetColumn = { head: 'Trang', width: 8, align: 'center', column: 'page' };
const PLACE: SheetColumn[] = [
  PAGE,
  { head: 'Độ tin cậy', width: 10, align: 'center', format: '0.00', column: 'confidence' },
];

/** The workbook's sheets in their order; the matrix comes after the first. */
export const SHEETS: readonly SheetLayout[] = [
  {
    name: 'Chỉ tiêu',
    table: 'indicators',
    columns: [
      ...SOURCE,
      SECTION,
      AREA,
      { head: 'Chỉ tiêu', width: 50, column: 'subject' },
      { head: 'So sánh', width: 9, align: 'center', column: 'comparator', show: comparatorName },
      { head: 'Giá trị', width: 10, align: 'right', column: 'value' },
      { head: 'Đến', width: 10, align: 'right', column: 'value_max' },
      { head: 'Đơn vị tính', width: 12, align: 'center', column: 'unit' },
      { head: 'Tăng, giảm', width: 11, align: 'center', column: 'change', show: changeName },
      { head: 'Thời hạn', width: 12, align: 'center', column: 'deadline', show: dayOrText },
      { head: 'Giai đoạn', width: 12, align: 'center', column: 'period' },
      { head: 'Năm', width: 7, align: 'center', column: 'year' },
      { head: 'So với năm', width: 11, align: 'center', column: 'baseline' },
      { head: 'Thước đo', width: 22, column: 'measure_name' },
      QUOTE,
      ...PLACE,
    ],
  },
  {
    name: 'Bảng nhiệm vụ',
    table: 'task_rows',
    columns: [
      ...SOURCE,
      { head: 'Bảng', width: 24, column: 'table_title' },
      { head: 'Nhóm', width: 24, column: 'group' },
      { head: 'TT', width: 6, align: 'center', column: 'no' },
      { head: 'Nội dung', width: 55, column: 'content' },
      { head: 'Chủ trì', width: 24, column: 'lead' },
      { head: 'Phối hợp', width: 24, column: 'support' },
      { head: 'Thời hạn', width: 18, column: 'deadline' },
      { head: 'Ngày hạn', width: 12, align: 'center', column: 'deadline_date', show: dayOrText },
      { head: 'Định kỳ', width: 13, column: 'recurrence', show: named(RECURRENCES) },
      { head: 'Sản phẩm', width: 22, column: 'product' },
      { head: 'Ghi chú', width: 22, column: 'note' },
      { head: 'Nguyên văn', width: 60, column: 'content', show: rowQuote },
      ...PLACE,
    ],
  },
  {
    name: 'Nhiệm vụ',
    table: 'tasks',
    columns: [...SOURCE, SECTION, AREA, { head: 'Nội dung', width: 90, column: 'quote' }, ...PLACE],
  },
  {
    name: 'Phân công',
    table: 'duties',
    columns: [
      ...SOURCE,
      SECTION,
      { head: 'Đơn vị', width: 30, column: 'unit' },
      { head: 'Nội dung', width: 90, column: 'quote' },
      ...PLACE,
    ],
  },
  {
    name: 'Văn bản dẫn',
    table: 'references',
    columns: [
      ...SOURCE,
      { head: 'Loại', width: 16, column: 'type' },
      { head: 'Số, ký hiệu', width: 22, column: 'number' },
      { head: 'Ngày', width: 12, align: 'center', column: 'date', show: dayOrText },
      { head: 'Cơ quan ban hành', width: 30, column: 'issuer' },
      { head: 'Trích yếu', width: 60, column: 'title' },
      PAGE,
    ],
  },
  {
    name: 'Cảnh báo',
    table: 'issues',
    columns: [
      ...SOURCE,
      { head: 'Mức độ', width: 11, align: 'center', column: 'severity', show: named(SEVERITIES) },
      { head: 'Mã', width: 20, column: 'code' },
      { head: 'Nội dung', width: 60, column: 'message' },
      QUOTE,
      { head: 'Nên là', width: 30, column: 'expected' },
      PAGE,
    ],
  },
  {
    name: 'Kế hoạch',
    table: 'documents',
    columns: [
      ...SOURCE,
      { head: 'Kết quả', width: 14, column: 'outcome', show: named(OUTCOMES) },
      { head: 'Loại', width: 14, column: 'type' },
      { head: 'Số, ký hiệu', width: 18, column: 'number' },
      { head: 'Ngày ban hành', width: 12, align: 'center', column: 'date', show: dayOrText },
      { head: 'Cơ quan ban hành', width: 30, column: 'issuer' },
      { head: 'Trích yếu', width: 60, column: 'title' },
      { head: 'Từ năm', width: 8, align: 'center', column: 'period_from' },
      { head: 'Đến năm', width: 8, align: 'center', column: 'period_to' },
      { head: 'Thay mặt', width: 24, column: 'on_behalf' },
      { head: 'Chức vụ', width: 20, column: 'signatory_role' },
      { head: 'Người ký', width: 24, column: 'signatory' },
      { head: 'Nơi nhận', width: 40, column: 'recipients' },
      { head: 'Số trang', width: 8, align: 'center', column: 'pages' },
    ],
  },
];
