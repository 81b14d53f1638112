import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, BROUGHT, END, NO_ADVERB, START } from '../patterns.ts';
import { countWords } from '../text.ts';
import type { Statement } from './clauses.ts';
import { PLAIN_BRACKET } from './conditions.ts';
import { ownWords, sharedPredicate, sharedVerb } from './shared.ts';
import type { Target } from './targets.ts';
import type { TimeSpan } from './times.ts';

let leadWords: RegExp | null = null;
let measureNoun: RegExp | null = null;
let reachEnd: RegExp | null = null;

/**
 * What a target measures: the statement's words without the number, its comparator, the words of reaching, times,
 * "trong đó", and a bracket that held only the number. What stood on both sides of the number is joined by one space.
 */
export function subjectOf(statement: Statement, target: Target, times: readonly TimeSpan[]): string {
  const text = statement.text;
  const index = statement.targets.indexOf(target);
  const next = statement.targets[index + 1];
  const previous = statement.targets[index - 1];
  const first = statement.targets[0];
  const bracket = bracketAround(text, target);
  const label = bracket && target.kind === 'count' ? partLabel(text.slice(bracket[0] + 1, target.from)) : null;
  const whole = bracket && statement.targets.filter((one) => one.end <= bracket[0]).at(-1);
  if (label !== null && whole) return `${subjectOf(statement, whole, times)} ${label}`.trim();
  let from = 0;
  let to = text.length;
  // Several targets in one statement: each has the words behind its own number, or before it where none follow.
  const nextFrom = next ? (ownWords(text, target, next) ?? next.from) : text.length;
  if (next && !previous) to = governs(text, next) ? text.length : nextFrom;
  if (previous && first) {
    const own = behind(text, target, next).replace(/^(?:,|và|đến khi)\s*/iu, '');
    const shared = target.kind !== 'count' && !/\p{L}{2,}/u.test(own);
    from = ownWords(text, previous, target) ?? (shared ? previous.to : target.from);
    if (next) to = nextFrom;
  }
  // A target inside brackets is about what they say, the one before about the rest.
  const inNext = next ? bracketAround(text, next) : null;
  // "50% (phấn đấu 70%) hộ dân …": the thing stands behind the bracket.
  const behindBracket =
    inNext !== null && !bracket && !/\p{L}/u.test(text.slice(0, target.from) + text.slice(target.to, inNext[0]));
  if (inNext && behindBracket) to = text.length;
  else if (inNext && !bracket) to = Math.min(to, inNext[0]);
  if (bracket && previous && !bracketAround(text, previous)) from = bracket[0] + 1;
  if (bracket && previous) to = Math.min(to, bracket[1]);
  if (target.kind === 'rank' && (previous || !RANKED.test(text.slice(0, target.start)))) from = target.end;
  // "Lắp đặt mới trạm 5G: 35 trạm": the words before the colon.
  if (target.kind === 'count' && /:\s*$/.test(text.slice(0, target.from))) to = target.from;

  // "giải pháp để đạt chỉ tiêu 80% hộ dân …": what leads to the goal only introduces it.
  const goal = LEADS_TO_GOAL.exec(text.slice(0, target.from));
  if (goal && goal.index >= from && /^\s*\p{L}/u.test(text.slice(target.to))) from = target.from;

  measureNoun ??= new RegExp(`^(?:${anyOf(indicatorWords().measureNouns)})${END}`, 'iu');
  const keepsNoun =
    target.kind === 'count' &&
    target.unit !== null &&
    !measureNoun.test(target.unit) &&
    !isScore(text, target) &&
    !(target.level && text.slice(0, target.from).toLowerCase().includes(target.unit));
  const numberEnd = keepsNoun ? target.end - (target.unit?.replace(SCALE, '').length ?? 0) : target.to;
  const cuts: [number, number][] = [
    [target.kind === 'rank' && from > 0 ? target.end : target.from, Math.max(numberEnd, target.from)],
  ];
  if (inNext && behindBracket) cuts.push([inNext[0], inNext[1] + 1]);
  if (keepsNoun) {
    const per = PER.exec(target.unit ?? '');
    if (per) cuts.push([target.end - per[0].length, target.end]);
  }
  if (target.kind === 'rank')
    cuts.push([PLACED.exec(text.slice(0, target.start))?.index ?? target.start, target.start]);
  if (keepsNoun && target.to > target.end) cuts.push([target.end, target.to]);
  for (const time of times) if (time.kind !== 'none') cuts.push([time.start, time.end]);
  if (goal) cuts.push([goal.index, target.from]);
  const brackets = [...text.matchAll(PLAIN_BRACKET)];
  for (const apart of text.matchAll(apartWords())) {
    const inBracket = brackets.some((one) => one.index < apart.index && apart.index < one.index + one[0].length);
    if (!inBracket) cuts.push([apart.index, apart.index + apart[0].length]);
  }
  // "(tối thiểu 20 học viên)": brackets that hold the amount alone.
  if (bracket && !previous && isAlone(text, target, bracket)) cuts.push([bracket[0], bracket[1] + 1]);
  const left = LEFT_BEHIND.exec(text.slice(0, target.from));
  if (left) cuts.push([left.index, target.from]);
  if (target.level) {
    const verb = changeBehind().exec(text.slice(0, left?.index ?? target.from));
    if (verb) cuts.push([verb.index, target.from]);
  }
  const yearly = YEARLY.exec(text.slice(0, target.from));
  if (yearly) cuts.push([yearly.index, target.from]);
  if (target.change !== null) {
    from = Math.max(from, changeStart(text, from, keepsNoun ? numberEnd : target.to));
    for (const match of text.matchAll(COMPARED)) cuts.push([match.index, match.index + match[0].length]);
  } else if (statement.targets.length === 1)
    from = Math.max(from, introductionEnd(text, target), activityEnd(text, target));

  let kept = '';
  for (let i = from; i < to; i++) {
    if (cuts.some(([start, end]) => i >= start && i < end)) {
      if (!kept.endsWith(' ')) kept += ' ';
    } else kept += text[i];
  }
  const subject = target.level || target.change !== null ? tidy(kept).replace(changeVerb(), '') : tidy(kept);
  const lead = tidy(without(times, text.slice(0, first?.from ?? 0)));
  const verb = sharedVerb(statement, target, subject, lead);
  if (verb) return `${verb} ${subject}`;
  if (next && target.kind === 'percent' && target.change === null && !governs(text, next)) {
    const shared = sharedPredicate(statement, target, subject, lead);
    if (shared) return `${subject} ${shared}`;
  }
  // "tăng bình quân hằng năm đạt 10%/năm" says only how the thing before changes.
  return target.change !== null && RATE_ONLY.test(subject.replace(changeVerb(), '')) ? '' : subject;
}

const LEADS_TO_GOAL = /(?<!\p{L})(?:đạt|hoàn\s+thành)\s+(?:được\s+)?(?:các\s+)?(?:mục|chỉ)\s+tiêu\s*:?\s*$/iu;
/** What a rank is of stands before it: "Chỉ số … xếp thứ 3". */
const RANKED = /chỉ\s+số|mức\s+độ|kết\s+quả|công\s+tác/iu;
const PLACED = /\s(?:là|nằm|đứng|thuộc|xếp|lọt|vào)\s*$/iu;
/** "02 lớp/năm": the time is no part of what is counted. */
const PER = /\s*\/.*$/u;

/** [start, end) of the brackets that the target stands in, or null. */
function bracketAround(text: string, target: Target): [number, number] | null {
  const open = text.lastIndexOf('(', target.start);
  if (open < 0 || text.slice(open, target.start).includes(')')) return null;
  const close = text.indexOf(')', target.end);
  return close < 0 ? null : [open, close];
}

/** The text without the times that stand in it. */
const without = (times: readonly TimeSpan[], text: string): string =>
  times.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);

/** "(trong đó: khối xã: 04 lớp, khối trường: 06 lớp)": whose part it is, or null. */
const partLabel = (before: string): string | null =>
  /^\s*trong\s+(?:số\s+)?đó\s*:?\s+(?:.*[,;]\s*)?([^,;:()]+):\s*$/iu.exec(before)?.[1]?.trim() ?? null;

function isAlone(text: string, target: Target, [open, close]: [number, number]): boolean {
  const rest = text.slice(open + 1, target.from) + text.slice(Math.max(target.to, target.end), close);
  return !/\p{L}{2}/u.test(rest);
}

/** "80% thủ tục được cắt giảm 30% thời gian": the second amount is part of what the first is about. */
const governs = (text: string, next: Target): boolean =>
  next.change !== null && /\s(?:được|bị|phải)\s*$/iu.test(text.slice(0, next.from));

/** "từ 30 phút" before "xuống 20 phút": the value left behind is no part of what is measured. */
const LEFT_BEHIND = /(?<!\p{L})từ\s+(?:mức\s+)?\d[^,;]{0,30}$/iu;
/** "1,2 triệu lượt": the scale is no part of what is counted. */
const SCALE = /^(?:(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)+/iu;
const RATE_ONLY =
  /^(?:\s|,|bình\s+quân|trung\s+bình|(?:hằng|hàng|mỗi)\s+năm|trong\s+(?:cả\s+)?giai\s+đoạn(?:\s+này)?)*$/iu;
const YEARLY = /(?<!\p{L})(?:mỗi|hằng|hàng)\s+(?:năm|quý|tháng)\s*$/iu;

/** "đạt 85 điểm": a score is a measure, "85 điểm truy cập" are things. */
const isScore = (text: string, target: Target): boolean =>
  target.unit === 'điểm' && !/^\s+(?!trở|so\s|trong|vào|năm|đến)\p{L}/u.test(text.slice(target.end));

/** What an amount of change is compared with: "giảm 20% so với quy định". */
const COMPARED = /(?<!\p{L})so\s+với\s(?:(?!về\s)[^,;()])*(?:\(\s*năm\s+\d{4}[^()]*\))?/giu;

/** "Đẩy mạnh …, bảo đảm 95% hồ sơ …", "… bảo đảm năm 2026 hoàn thành 100% …": what stands before the goal only introduces it. */
const GOAL =
  /(?<!\p{L})(?:bảo\s+đảm|đảm\s+bảo|phấn\s+đấu)(?:\s+(?:đến\s+|trong\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4},?)?(?=\s|$)/giu;
/** Behind the number of such a goal stands what it is about, not where or how. */
const THING_BEHIND =
  /^\s+(?!(?:trên|tại|theo|trong|vào|so|về|của|cho|đối|ở|với|và|để|nhằm|trở|khi|qua|đến|từ)(?!\p{L}))\p{L}/iu;
/** Before it stands what is done, not what is measured or where. */
const MEASURED = /^(?:các\s+)?(?:tỷ|tỉ|mức|chỉ\s+số|số|tổng|diện\s+tích|thu\s+nhập|ở\s|tại\s|đối\s+với|\d)/iu;

/** Where the words begin that say the goal, 0 where nothing introduces it. */
function introductionEnd(text: string, target: Target): number {
  if (target.kind === 'rank' || !THING_BEHIND.test(text.slice(target.kind === 'count' ? target.start : target.to)))
    return 0;
  const goal = [...text.slice(0, target.start).matchAll(GOAL)].at(-1);
  if (!goal || countWords(text.slice(0, goal.index)) < 2 || MEASURED.test(text)) return 0;
  const end = goal.index + goal[0].length;
  const between = text.slice(end, target.from).trim();
  return between === '' || doing().test(between) ? end : 0;
}

/** A rate or an amount that a clause of its own names. */
const OWN_MEASURE =
  /,\s+(?=(?:t[ỷỉ]\s+lệ|diện\s+tích|sản\s+lượng|năng\s+suất|tổng\s+(?:số|diện\s+tích)|số\s+lượng|tốc\s+độ|giá\s+trị|thu\s+nhập|công\s+suất|quy\s+mô|độ\s+che\s+phủ)\s)/giu;

/** "Mở rộng vườn ươm, diện tích vườn ươm đạt 17 ha": where what is measured begins behind what is done, 0 where nothing is. */
function activityEnd(text: string, target: Target): number {
  const comma = [...text.slice(0, target.from).matchAll(OWN_MEASURE)].at(-1);
  if (!comma || countWords(text.slice(0, comma.index)) < 3 || !activity().test(text)) return 0;
  const end = comma.index + comma[0].length;
  return countWords(text.slice(end, target.from)) >= 5 ? end : 0;
}

let activities: RegExp | null = null;

function activity(): RegExp {
  const { doing: done, statementOpeners, decrease } = indicatorWords();
  activities ??= new RegExp(`^(?:${anyOf([...done, ...statementOpeners, ...decrease])})${END}`, 'iu');
  return activities;
}

let doingVerbs: RegExp | null = null;

function doing(): RegExp {
  doingVerbs ??= new RegExp(`^(?:${anyOf(indicatorWords().doing)})${END}[^,;]{0,20}$`, 'iu');
  return doingVerbs;
}

let verbs: RegExp | null = null;

/** With the level reached the verb of change is dropped: "Giảm thời gian chờ … xuống còn 10 phút". */
function changeVerb(): RegExp {
  const words = indicatorWords();
  verbs ??= new RegExp(`^(?:${anyOf([...words.decrease, ...words.increase, 'nâng cao'])}|${BROUGHT})\\s+`, 'iu');
  return verbs;
}

let verbsBehind: RegExp | null = null;

/** "Số hồ sơ tồn giảm còn dưới 10": the verb right before the level. */
function changeBehind(): RegExp {
  const words = indicatorWords();
  verbsBehind ??= new RegExp(`${START}(?:${anyOf([...words.decrease, ...words.increase])})\\s*$`, 'iu');
  return verbsBehind;
}

function behind(text: string, target: Target, next: Target | undefined): string {
  return text.slice(target.to, next?.from ?? text.length).trim();
}

/** A thing changed by an amount: who asks whom before the verb is dropped when the thing follows the number. */
function changeStart(text: string, from: number, thing: number): number {
  const after = text
    .slice(thing)
    .replace(/^\s*(?:so\s+với.*|mỗi\s+năm.*|trở\s+lên.*)$/iu, '')
    .trim();
  return /^\p{L}/u.test(after) &&
    !/^(?:so\s+với|trong|trước|chậm|mỗi|hằng|hàng|vào|đến|từ|và|để|nhằm|nhờ|bằng|theo|tại)(?!\p{L})/iu.test(after)
    ? thing
    : from;
}

/** "đạt tỷ 1€ hồ sơ …": a scan's "tỷ lệ" behind a word of reaching. */
const BROKEN_RATE = /^t[ỷỉ]\s+[1l][€¢&£8]?\s+(?=\p{L})/u;

let apart: RegExp | null = null;

function apartWords(): RegExp {
  if (apart) return apart;
  const words = indicatorWords();
  apart = new RegExp(
    `${START}${NO_ADVERB}(?:${anyOf([...words.comparators['>='].filter((word) => word !== 'đạt từ'), ...words.comparators['<=']])})${END}\\s*:?`,
    'giu',
  );
  return apart;
}

/** What is measured, of words that lead in: without comparators and words of reaching. */
export const wordsMeasured = (lead: string): string => tidy(lead.replace(apartWords(), ' '));

function tidy(text: string): string {
  const words = indicatorWords();
  leadWords ??= new RegExp(
    `^(?:[,;:.\\s–-]|(?:trong\\s+(?:số\\s+)?đó|riêng|mỗi\\s+năm|hằng\\s+năm|hàng\\s+năm|và|đồng\\s+thời|mục\\s+tiêu|đến\\s+khi|${anyOf(words.reach.filter((word) => word !== 'có' && word !== 'là'))})(?![\\p{L}]))+`,
    'iu',
  );
  reachEnd ??= new RegExp(
    `(?:${START}(?:${anyOf(words.reach)}|từ|đứng|xếp|nằm|(?:ngay\\s+)?trong|ngay|còn|xuống|(?<!trở\\s+)lên|(?<!(?:tốc\\s+độ|mức|tỷ\\s+lệ)\\s+)tăng|(?<!đối\\s+)với|và|đến\\s+khi|được|phải|cần)|[,;:.\\s–-])+$`,
    'iu',
  );
  return text
    .replace(/\(\s*(?:(?:đạt\s+tỷ\s+lệ|đạt|tỷ\s+lệ)\s*)?\)/giu, ' ')
    .replace(/\(\s*[\d.,]+\s*\/\s*[\d.,]+(?:\s+\p{L}+){0,3}\s*\)/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,;:.)])/g, '$1')
    .replace(/,\s*(?=[,;])/g, '')
    .trim()
    .replace(/^\)\s*|\s*\($/gu, '')
    .replace(leadWords, '')
    .replace(BROKEN_RATE, '')
    .replace(reachEnd, '')
    .trim();
}
