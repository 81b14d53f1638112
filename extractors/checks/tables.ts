import { parseDate } from '../dates.ts';
import type { Plan } from '../plan.ts';
import { type FoundRow, type FoundTable, recurrenceOf } from '../task-tables.ts';
import { fold } from '../text.ts';
import { namesUnit } from '../unit-names.ts';
import type { Finding } from './index.ts';

/** A time that is no calendar day: "Theo kế hoạch của thành phố", "Sau khi có hướng dẫn". */
const LOOSE_TIME =
  /(?:theo|sau|trước|khi|ngay|hoàn thành|quý|tháng|tuần|ngày|năm|kỳ|giai đoạn|đột xuất|hằng|hàng|trong|thường xuyên|đầu|cuối|lộ trình|tiến độ)/u;

/** A date, month or quarter at the beginning of a cell. */
const TIME_ALONE =
  /^(?:trước\s+)?(?:(?:ngày|tháng|quý)\s+(?:\d|[IVX]+(?![\p{L}]))|\d{1,2}\s*\/\s*\d{1,2}\s*\/\s*\d{4})/iu;

/** Cells that cannot be what their column says: a product in the time column, a time in the product column. */
export function checkTables(_plan: Plan, tables: readonly FoundTable[]): Finding[] {
  return tables.flatMap((table) => table.rows.flatMap((row) => [...checkDeadline(row), ...checkLead(row)]));
}

function isTime(text: string): boolean {
  return parseDate(text) !== null || recurrenceOf(text) !== null || LOOSE_TIME.test(fold(text));
}

function checkDeadline(row: FoundRow): Finding[] {
  const findings: Finding[] = [];
  if (row.deadline !== '' && row.deadline !== '-' && !isTime(row.deadline)) {
    findings.push({
      code: 'column-mismatch',
      message: `Nhiệm vụ ${row.no}: cột thời gian ghi “${row.deadline}”, không phải là thời gian.`,
      quote: row.deadline,
      expected: null,
      paragraph: row.anchor.paragraph,
    });
  }
  if (TIME_ALONE.test(row.product)) {
    findings.push({
      code: 'column-mismatch',
      message: `Nhiệm vụ ${row.no}: cột sản phẩm ghi “${row.product}”, giống một mốc thời gian.`,
      quote: row.product,
      expected: null,
      paragraph: row.anchor.paragraph,
    });
  }
  return findings;
}

function checkLead(row: FoundRow): Finding[] {
  if (row.lead === '' || namesUnit(row.lead) || parseDate(row.lead) === null) return [];
  return [
    {
      code: 'column-mismatch',
      message: `Nhiệm vụ ${row.no}: cột cơ quan chủ trì ghi “${row.lead}”, giống một mốc thời gian.`,
      quote: row.lead,
      expected: null,
      paragraph: row.anchor.paragraph,
    },
  ];
}
