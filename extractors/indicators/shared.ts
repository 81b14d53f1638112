import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, END } from '../patterns.ts';
import type { Statement } from './clauses.ts';
import type { Target } from './targets.ts';

/** The verb that says what is to be so of the things counted before it. */
export const PREDICATE =
  /(?<=^|\s)(?:được|đạt|có|là|phải|không|đã|đủ|đúng|trước|sử\s+dụng|tham\s+gia|thực\s+hiện|hài\s+lòng|hoàn\s+thành|biết|nộp|dùng|xử\s+lý|giải\s+quyết|trả)(?=\s)/iu;

/**
 * "97% người dân, 95% hộ kinh doanh hài lòng": what the last one says of its things goes for those before without a verb.
 * `lead` is what stands before the first number, without times and words of reaching.
 */
export function sharedPredicate(
  { text, targets }: Statement,
  target: Target,
  subject: string,
  lead: string,
): string | null {
  const last = targets.at(-1);
  const rest = targets.slice(targets.indexOf(target));
  if (!last || lead !== '' || rest.some((one) => one.kind !== 'percent' || one.change !== null)) return null;
  if (subject === '' || PREDICATE.test(`${subject} `) || !/(?:,|\svà)\s*$/u.test(text.slice(0, last.from))) return null;
  const behindLast = text.slice(Math.max(last.to, last.end)).trim();
  const verb = PREDICATE.exec(behindLast);
  return verb && verb.index > 0 ? behindLast.slice(verb.index) : null;
}

const OF_WHOM = /^.*\s(?:cho|đối\s+với)(?=\s.*\s(?:tại|ở|của|thuộc|trên)$)/iu;
const PLACE_END = /\s(?:tại|ở|của|thuộc|trên)$/iu;
let doingFirst: RegExp | null = null;
let andDoing: RegExp | null = null;

/** "Tỷ lệ hồ sơ trực tuyến đạt 80% và tỷ lệ thanh toán …": a rate of its own right behind a number that its thing stands before. */
const AND_RATE = /^\s*(?:trở\s+lên\s*)?(?:,|,?\s*và)\s+(?=(?:t[ỷỉ]\s+lệ|mức\s+độ|chỉ\s+số|số\s+\p{L})[^;()]*$)/iu;

/**
 * "Rà soát 100% thủ tục và đơn giản hóa 20% thủ tục": where the words begin that the second has of its own, a verb or the
 * name of a rate; null where it has none.
 */
export function ownWords(text: string, target: Target, next: Target): number | null {
  if (target.kind !== 'percent' || next.kind !== 'percent' || target.change !== null) return null;
  const rate = AND_RATE.exec(text.slice(target.to, next.from));
  if (rate && /\p{L}{2}/u.test(text.slice(0, target.from))) return target.to + rate[0].length;
  const { doing, increase, decrease } = indicatorWords();
  andDoing ??= new RegExp(`\\svà\\s+(?=(?:${anyOf([...doing, ...increase, ...decrease])})${END}[^,;()]*$)`, 'giu');
  const verb = [...text.slice(target.to, next.from).matchAll(andDoing)].at(-1);
  return verb ? target.to + verb.index + verb[0].length : null;
}

/** "Cung cấp 100% thủ tục toàn trình và 80% thủ tục một phần": what is done goes for those behind without a verb of their own. */
export function sharedVerb({ text, targets }: Statement, target: Target, subject: string, lead: string): string | null {
  const [first, second] = targets;
  if (!first || !second || target === first || targets.some((one) => one.kind !== 'percent' || one.change !== null))
    return null;
  if (subject === '' || !/(?:,|\svà)\s*$/u.test(text.slice(0, target.from)) || /[;(]/u.test(text)) return null;
  if (PREDICATE.test(`${text.slice(first.to, second.from)} `) || PREDICATE.test(`${subject} `)) return null;
  doingFirst ??= new RegExp(`^(?:${anyOf(indicatorWords().doing)})${END}`, 'iu');
  if (!doingFirst.test(lead) || doingFirst.test(subject)) return null;
  // "… cho học viên tại 100% lớp và 70% người lao động": the second stands for whom, not where.
  return OF_WHOM.exec(lead)?.[0] ?? (PLACE_END.test(lead) ? null : lead);
}
