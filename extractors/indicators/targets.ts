import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import type { Comparator } from '../../output/record.ts';
import { anyOf, END, START } from '../patterns.ts';

/** A number that may be a target, with everything that is said in the words around it. Offsets are into the text given. */
export interface Target {
  /** The number with its unit. */
  start: number;
  end: number;
  /** From the comparator or reaching words before it to "trở lên" behind it. */
  from: number;
  to: number;
  value: number;
  valueMax: number | null;
  comparator: Comparator;
  unit: string | null;
  change: 'increase' | 'decrease' | null;
  kind: 'percent' | 'count' | 'measure' | 'rank';
  /** How sure it is that this is a target: 0..1. */
  certainty: number;
}

const NUMBER = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)?';
const RANGE_MARK = '\\s*(?:-|–|—|đến)\\s*';

/** Numbers that name something: dates, documents, articles, standards, levels, lists, periods. Never targets. */
const NAMES: RegExp[] = [
  /ngày\s+\d{1,2}\s*(?:\/\s*\d{1,2}(?:\s*\/\s*\d{4})?|tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)/giu,
  /(?<!\d)\d{1,2}\s*\/\s*\d{1,2}(?:\s*\/\s*\d{4})?(?!\d)/gu,
  /(?<!\d)\d{1,2}\s*\/\s*(?:19|20)\d{2}(?!\d)/gu,
  /(?:tháng|quý|tuần)\s+(?:thứ\s+)?(?:\d{1,2}|[IVX]+)(?:\s*(?:\/|năm)\s*(?:19|20)\d{2})?(?![\d%])/giu,
  /(?:19|20)\d{2}\s*(?:[-–—]|đến)\s*(?:19|20)\d{2}(?!\d)/gu,
  /năm\s+(?:19|20)\d{2}/giu,
  /(?<!\d)\d{1,5}(?:[.,]\d{1,3})?(?:\s*\/\s*\d{4})?\s*[/-]\s*\p{Lu}[\p{Lu}\p{Ll}Đđ&]*(?:\d+)?(?:\s*[-/]\s*[\p{Lu}Đ][\p{L}\d&]*)*/gu,
  /(?:Điều|khoản|điểm|Chương|Phụ\s+lục|Đề\s+án|mức\s+độ|cấp\s+độ|cấp|hạng|loại|bước|nhóm|ISO|TCVN|QCVN|lần\s+thứ|thứ|khóa|khoá|nhiệm\s+kỳ|Nghị\s+quyết|Nghị\s+định|Quyết\s+định|Thông\s+tư|Chỉ\s+thị|Kế\s+hoạch|Kết\s+luận|Luật|biểu\s+(?:mẫu\s+)?(?:số\s+)?|mục|số)\s*:?\s*\d+(?:[.:]\d+)*(?:\s*(?:,|và|;)\s*\d+(?![\d%.,]*\s*%))*(?!\s*%|[\d.,]*\d\s*%)/giu,
  /(?<!\d)\d{1,2}\s+(?:cấp|trong\s+1)(?!\p{L})/giu,
  /\d+\s*\/\s*\d+(?=\s*(?:giờ|ngày|h)\b)|24\/7|24\/24/gu,
  /(?<![\p{L}\d])\d(?:\.\d)?G(?!\p{L})|(?<!\d)\d\.0(?!\d)/gu,
  /(?:giai\s+đoạn|nhiệm\s+kỳ)\s+\d+/giu,
  /\d+\s+tháng\s+(?:đầu|cuối)(?:\s+năm)?/giu,
];

function nameSpans(text: string): [number, number][] {
  return NAMES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): [number, number] => [match.index, match.index + match[0].length]),
  );
}

/** "1.200" → 1200, "99,5" → 99.5, "02" → 2, "99.5" → 99.5. */
export function parseNumber(printed: string): number {
  const thousands = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(printed);
  return Number((thousands ? printed.replace(/\./g, '') : printed).replace(',', '.'));
}

interface Found {
  start: number;
  end: number;
  low: string;
  high: string | null;
  unit: string | null;
  kind: Target['kind'];
}

function findNumbers(text: string): Found[] {
  const words = indicatorWords();
  const measure = anyOf(words.measureNouns);
  const nouns = anyOf(words.countNouns);
  const number = `(?<![\\d.,/\\p{L}])(${NUMBER})`;
  const patterns: [RegExp, Found['kind']][] = [
    [new RegExp(`${number}\\s*%?${RANGE_MARK}(${NUMBER})\\s*(%|phần\\s+trăm)`, 'giu'), 'percent'],
    [new RegExp(`${number}\\s*(%|phần\\s+trăm(?!\\s+\\p{L}*điểm))`, 'giu'), 'percent'],
    [
      new RegExp(
        `${START}một\\s+trong\\s+(?:số\\s+)?(?:các\\s+|những\\s+|nhóm\\s+|tốp\\s+)?(${NUMBER})\\s+((?:${nouns})|\\p{L}+(?:\\s+\\p{L}+)?)${END}`,
        'giu',
      ),
      'rank',
    ],
    [
      new RegExp(
        `${number}(?:${RANGE_MARK}(${NUMBER}))?\\s+((?:${measure})(?:\\s*\\/\\s*(?:\\d+\\s+)?\\p{L}+(?:\\s+(?:giao\\s+dịch|hồ\\s+sơ|làm\\s+việc|lần|năm|người|thủ\\s+tục))?)?)${END}`,
        'giu',
      ),
      'measure',
    ],
    [new RegExp(`${number}(?:${RANGE_MARK}(${NUMBER}))?\\s+(${nouns})${END}`, 'giu'), 'count'],
  ];
  const found: Found[] = [];
  for (const [pattern, kind] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const groups = match.slice(1).filter((group) => group !== undefined);
      const last = groups.at(-1) ?? null;
      const ranged = groups.length === 3;
      const item: Found = {
        start: match.index,
        end: match.index + match[0].length,
        low: groups[0] ?? '',
        high: ranged ? (groups[1] ?? null) : null,
        unit: kind === 'percent' ? '%' : last,
        kind,
      };
      if (!found.some((other) => item.start < other.end && other.start < item.end)) found.push(item);
    }
  }
  return [...found, ...spelt(text, found)].sort((a, b) => a.start - b.start);
}

/** Numbers in words count with a comparator: "ít nhất một cơ sở", and "một trăm phần trăm". */
function spelt(text: string, found: readonly Found[]): Found[] {
  const words = indicatorWords();
  const numbers = anyOf(Object.keys(words.numberWords));
  const comparators = anyOf([...words.comparators['>='], ...words.comparators['<=']]);
  const out: Found[] = [];
  const add = (match: RegExpMatchArray, printed: string, unit: string, kind: Found['kind'], skip: number) => {
    const value = words.numberWords[printed.toLowerCase().replace(/\s+/g, ' ')];
    const start = (match.index ?? 0) + skip;
    const end = (match.index ?? 0) + match[0].length;
    if (value === undefined || found.some((other) => start < other.end && other.start < end)) return;
    out.push({ start, end, low: String(value), high: null, unit, kind });
  };
  for (const match of text.matchAll(new RegExp(`${START}(${numbers})\\s+phần\\s+trăm${END}`, 'giu')))
    add(match, match[1] ?? '', '%', 'percent', 0);
  const counted = new RegExp(`${START}((?:${comparators})\\s+)(${numbers})\\s+(${anyOf(words.countNouns)})${END}`, 'giu');
  for (const match of text.matchAll(counted)) add(match, match[2] ?? '', match[3] ?? '', 'count', (match[1] ?? '').length);
  return out;
}

interface Patterns {
  before: [RegExp, Comparator][];
  apart: [RegExp, Comparator][];
  reach: RegExp;
  increase: RegExp;
  decrease: RegExp;
  doing: RegExp;
}
let patterns: Patterns | null = null;

function patternsOf(): Patterns {
  if (patterns) return patterns;
  const words = indicatorWords();
  const ends = (phrases: readonly string[]) => new RegExp(`${START}(?:${anyOf(phrases)})\\s*:?\\s*$`, 'iu');
  const list: [keyof typeof words.comparators, Comparator][] = [
    ['>=', '>='],
    ['<=', '<='],
    ['>', '>'],
    ['<', '<'],
  ];
  patterns = {
    before: list.map(([key, comparator]) => [ends(words.comparators[key]), comparator]),
    apart: list
      .slice(0, 2)
      .map(([key, comparator]) => [new RegExp(`${START}(?:${anyOf(words.comparators[key])})${END}`, 'iu'), comparator]),
    reach: ends(words.reach),
    increase: ends(words.increase),
    decrease: ends(words.decrease),
    doing: new RegExp(`${START}(?:${anyOf(words.doing)})(?:\\s+(?:được|đầy\\s+đủ|thêm|mới|tốt|có\\s+hiệu\\s+quả|kịp\\s+thời|hiệu\\s+quả))*\\s*$`, 'iu'),
  };
  return patterns;
}

/**
 * The targets of a clause. `lead` is what introduces a list the clause belongs to ("tối thiểu:"), whose comparator goes
 * for all of it. Numbers that are names, conditions or states are left out.
 */
export function findTargets(clause: string, lead = ''): Target[] {
  const names = nameSpans(clause);
  const numbers = findNumbers(clause).filter(
    (item) => !names.some(([start, end]) => item.start < end && start < item.end && item.kind !== 'rank'),
  );
  const targets: Target[] = [];
  let floor = 0;
  for (const item of numbers) {
    const target = judge(clause, item, floor, lead);
    if (target) targets.push(target);
    floor = item.end;
  }
  return targets;
}

function judge(clause: string, item: Found, floor: number, lead: string): Target | null {
  const p = patternsOf();
  let before = clause.slice(floor, item.start);
  const after = clause.slice(item.end);
  if (isCondition(before, after) || isLeftBehind(after, item)) return null;

  let comparator: Comparator | null = null;
  let change: Target['change'] = null;
  let reached = false;
  let done = false;
  const behind = /^\s*(?:\([^)]*\)\s*)?(trở\s+lên|trở\s+xuống|trở\s+lại)/iu.exec(after);
  const take = (match: RegExpExecArray | null): boolean => {
    if (!match) return false;
    before = before.slice(0, match.index);
    return true;
  };
  for (let moved = true; moved; ) {
    moved = false;
    for (const [pattern, kind] of p.before) {
      if (take(pattern.exec(before))) {
        comparator ??= kind;
        moved = true;
      }
    }
    const from = new RegExp(`${START}từ\\s*$`, 'iu').exec(before);
    if (from && item.high === null && !moved) {
      take(from);
      comparator ??= '>=';
      moved = true;
    } else if (from && item.high !== null && !moved) {
      take(from);
      moved = true;
    }
    const level = new RegExp(`${START}(?:(?:xuống|lên)(?:\\s+trung\\s+bình)?(?:\\s+(?:còn|mức|đến|tới))?|còn|đến\\s+mức)\\s*$`, 'iu').exec(before);
    if (!moved && level) {
      take(level);
      reached = true;
      moved = true;
    }
    if (!moved && !change && !reached) {
      const up = p.increase.exec(before);
      const down = p.decrease.exec(before);
      const verb = down ?? up;
      if (verb && !(item.kind === 'percent' && parseNumber(item.low) === 100)) {
        take(verb);
        change = down ? 'decrease' : 'increase';
        moved = true;
      }
    }
    if (!moved && take(p.reach.exec(before))) {
      reached = true;
      moved = true;
    }
  }
  if (behind) comparator = /lên/iu.test(behind[1] ?? '') ? (comparator === '>' ? '>' : '>=') : '<=';
  const whole = clause.slice(floor, item.start);
  if (!comparator) {
    for (const [pattern, kind] of p.apart) if (pattern.test(whole)) comparator = kind;
  }
  if (!comparator) {
    for (const [pattern, kind] of p.apart) if (pattern.test(lead)) comparator = kind;
  }
  if (item.kind === 'rank') comparator = '<=';
  const value = parseNumber(item.low);
  const valueMax = item.high === null ? null : parseNumber(item.high);
  done = p.doing.test(before);

  const certain = comparator !== null || change !== null;
  if (item.kind === 'measure' && !certain && !reached) return null;
  if (item.kind === 'count' && !certain && !reached && !done && before.trim() !== '') return null;
  if (valueMax !== null && valueMax < value) return null;
  return {
    start: item.start,
    end: item.end,
    from: floor + before.length,
    to: behind ? item.end + behind[0].length : item.end,
    value,
    valueMax,
    comparator: comparator ?? (valueMax !== null ? 'range' : '='),
    unit: item.unit,
    change,
    kind: item.kind,
    certainty: item.kind === 'percent' ? 0.97 : certain ? 0.9 : 0.75,
  };
}

/** "có từ 200 lao động trở lên", "trừ …": a condition, not a target. */
function isCondition(before: string, after: string): boolean {
  if (/(?:^|[\s(])(?:có|đối\s+với|nếu|khi|trường\s+hợp)\s+(?:từ\s+|trên\s+|dưới\s+)$/iu.test(before) && /^\s*trở\s+lên/iu.test(after)) return true;
  return /(?:^|[\s(])(?:trừ|ngoại\s+trừ)\s[^,;)]*$/iu.test(before);
}

/** "từ 30 phút xuống 20": the value left behind is none. */
function isLeftBehind(after: string, item: Found): boolean {
  return item.high === null && /^\s*(?:\([^)]*\)\s*)?(?:năm\s+\d{4}\s+)?(?:xuống|lên)(?:\s+(?:còn|đến|tới|mức))?\s+(?:\p{L}+\s+){0,2}\d/iu.test(after);
}
