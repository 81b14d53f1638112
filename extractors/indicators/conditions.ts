import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import type { Comparator } from '../../output/record.ts';
import { anyOf, START } from '../patterns.ts';
import { type NumberFound, parseNumber } from './numbers.ts';

/**
 * Whether the number behind a verb of change and its thing is an amount of it: "Giảm thời gian … ít nhất 30%". A rate that
 * is to lie under or over it is a level ("Giảm tỷ lệ hồ sơ trễ hạn dưới 1%"), and so is a rate raised to the half and more.
 */
export function isAmount(thing: string, item: NumberFound, comparator: Comparator | null): boolean {
  const yearly = /(?<!\p{L})(?:hằng|hàng|mỗi)\s+năm(?!\p{L})/iu.test(thing);
  if (item.kind !== 'percent' || parseNumber(item.low) === 100 || (item.high !== null && !yearly)) return false;
  if (!/\p{L}{2}/u.test(thing) || /[,;:]|\s(?:được|có|đạt|là|để|nhằm)\s/iu.test(thing)) return false;
  const rate = /^\s*(?:các\s+)?(?:tỷ\s+lệ|tỉ\s+lệ|tỷ\s+trọng|mức\s+độ|chỉ\s+số)(?!\p{L})/iu.test(thing);
  return !(rate && (comparator === '<' || comparator === '>' || parseNumber(item.low) >= 50));
}

/** "doanh nghiệp có từ 200 lao động trở lên", "trừ …", "với tỷ lệ 1% doanh thu": a condition, not a target. */
export function isCondition(before: string, after: string): boolean {
  const bound = /(?:^|[\s(])(có|đối\s+với|nếu|khi|trường\s+hợp)\s+(?:từ\s+|trên\s+|dưới\s+)$/iu.exec(before);
  if (bound && /^\s*(?:\p{L}+\s+){0,3}trở\s+lên/iu.test(after)) {
    const opens = /^\s*(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|mỗi\s+\p{L}+|hằng\s+năm|hàng\s+năm)?\s*$/iu;
    if (!/^có$/iu.test(bound[1] ?? '') || !opens.test(before.slice(0, bound.index))) return true;
  }
  if (
    /với\s+(?:tỷ\s+lệ|tỉ\s+lệ|mức)\s*$/iu.test(before) &&
    /^\s*(?:tổng\s+)?(?:doanh\s+thu|lợi\s+nhuận|giá\s+trị|chi\s+phí|vốn|lương)/iu.test(after)
  )
    return true;
  // "không có hồ sơ trễ hạn trên 05 ngày": what is not to be, no floor.
  if (/(?<!\p{L})không\s+(?:có|để)\s[^,;]*(?:trên|quá|hơn)\s*$/iu.test(before)) return true;
  return /(?:^|[\s(])(?:trừ|ngoại\s+trừ)\s[^,;)]*$/iu.test(before);
}

/** A bracket without a number: its words are of something else. */
export const PLAIN_BRACKET = /\([^()\d]*\)/gu;

/** "Chlorine 70%", "cồn 90%": the strength of a substance. */
export function isConcentration(before: string): boolean {
  return (
    /(?<!\p{L})(?:nồng\s+độ|dung\s+dịch|cồn|hàm\s+lượng|độ\s+ẩm|axit)(?:\s+[\p{L}-]+){0,2}\s*$/iu.test(before) ||
    /(?<!\p{L})[A-Z][a-z]{2,}(?:in|ine|ol|it|ide|ate|ium)(?:\s+[A-Z])?\s*$/u.test(before)
  );
}

/** "tăng 2% so với năm 2025 (năm 2025 đạt 93%)": what the change is reckoned from. */
const BEFORE_THE_CHANGE =
  /so\s+với\s[^()]*năm\s+(\d{4})[^()]*\(\s*(?:kết\s+quả\s+)?năm\s+\1\s+(?:đã\s+)?(?:đạt|là)?\s*$/iu;

let done: RegExp | null = null;

/** "Hiện nay xã có 14 thôn", "đã đạt 82%", "đã tổ chức 05 buổi": what is or was the case. */
export function isState(before: string): boolean {
  const { doing, increase, decrease } = indicatorWords();
  done ??= new RegExp(
    `${START}đã\\s+(?:có|đạt|${anyOf([...doing, ...increase, ...decrease])})(?:\\s+(?:được|thêm|mới))?\\s+(?:(?:trên|hơn|gần|khoảng)\\s+)?$`,
    'iu',
  );
  if (done.test(before) && !/phấn\s+đấu|mục\s+tiêu/iu.test(before)) return true;
  if (BEFORE_THE_CHANGE.test(before)) return true;
  if (/^\s*kết\s+quả\s+(?:thực\s+hiện\s+)?năm\s+\d{4}\s+(?:đạt\s+)?$/iu.test(before)) return true;
  const now = /(?:^|[,;]\s*)(?:hiện\s+(?:nay|tại|có|đang)|(?:tính\s+)?đến\s+nay)(?!\p{L})([^;]*)$/iu.exec(before);
  return now !== null && !/phấn\s+đấu|bảo\s+đảm|nâng|tối\s+thiểu|ít\s+nhất|không\s+quá|tối\s+đa/iu.test(now[1] ?? '');
}

/** "từ 30 phút xuống 20": the value left behind is none. */
export function isLeftBehind(after: string, item: NumberFound): boolean {
  return (
    item.high === null &&
    /^\s*(?:\([^)]*\)\s*)?(?:năm\s+\d{4}\s+)?(?:xuống|lên)(?:\s+(?:còn|đến|tới|mức))?\s+(?:\p{L}+\s+){0,2}\d/iu.test(
      after,
    )
  );
}

/** What is asked for a case: handling it, not reporting on it. */
const HANDLING =
  /^\s*(?:xử\s+lý|giải\s+quyết|trả\s+lời|phản\s+hồi|khắc\s+phục|trả\s+kết\s+quả|thẩm\s+định|tiếp\s+nhận|xác\s+minh)(?!\p{L})(?!.*(?<!\p{L})báo\s+cáo)/iu;
const WITHIN = /(?<!\p{L})(?:ngay\s+)?trong(?:\s+(?:vòng|thời\s+gian|thời\s+hạn))?\s*$/iu;

/** "Giải quyết kiến nghị trong 24 - 48 giờ": the words before a time that is given for handling something, or null. */
export function timeGiven(clause: string, before: string, unit: string | null): RegExpExecArray | null {
  return /^(?:phút|giờ|ngày)/iu.test(unit ?? '') && HANDLING.test(clause) ? WITHIN.exec(before) : null;
}
