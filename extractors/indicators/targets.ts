import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import type { Comparator } from '../../output/record.ts';
import { memo } from '../memo.ts';
import { anyOf, BROUGHT, END, NO_ADVERB, START } from '../patterns.ts';
import { countWords } from '../text.ts';
import {
  isAmount,
  isConcentration,
  isCondition,
  isLeftBehind,
  isState,
  PLAIN_BRACKET,
  timeGiven,
} from './conditions.ts';
import { findNumbers, type NumberFound, parseNumber } from './numbers.ts';

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
  /** The number is the level that a change leads to: "giảm … xuống còn 10 phút". */
  level: boolean;
  kind: 'percent' | 'count' | 'measure' | 'rank';
  /** How sure it is that this is a target: 0..1. */
  certainty: number;
}

interface Patterns {
  before: [RegExp, Comparator][];
  apart: [RegExp, Comparator][];
  reach: RegExp;
  increase: RegExp;
  decrease: RegExp;
  doing: RegExp;
  /** A clause that begins with a verb of doing: "Lắp đặt mới trạm: 58 trạm". */
  works: RegExp;
  doingFirst: RegExp;
  from: RegExp;
  level: RegExp;
  /** A clause that begins with a verb of change. */
  changing: RegExp;
  /** The same before its amount ("Giảm chi phí … 20%"): the verb is the group. */
  opening: RegExp;
  falling: RegExp;
}
let patterns: Patterns | null = null;

function patternsOf(): Patterns {
  if (patterns) return patterns;
  const words = indicatorWords();
  const ends = (phrases: readonly string[]) => new RegExp(`${START}(?:${anyOf(phrases)})\\s*:?\\s*$`, 'iu');
  // "tăng bình quân 8%/năm" is a change, "tốc độ tăng bình quân 8%/năm" the level of a rate.
  const changes = (phrases: readonly string[]) =>
    new RegExp(
      `${START}(?<!(?:tốc\\s+độ|nhịp\\s+độ|mức|tỷ\\s+lệ|tỉ\\s+lệ)\\s+)(?:${anyOf(phrases)})(?:\\s+(?:bình\\s+quân|trung\\s+bình)(?:\\s+(?:hằng|hàng|mỗi)\\s+năm)?)?\\s*:?\\s*$`,
      'iu',
    );
  const list: [keyof typeof words.comparators, Comparator][] = [
    ['>=', '>='],
    ['<=', '<='],
    ['>', '>'],
    ['<', '<'],
  ];
  patterns = {
    from: new RegExp(`${START}từ\\s*$`, 'iu'),
    level: new RegExp(
      `${START}(?:(?:xuống|lên)(?:\\s+trung\\s+bình)?(?:\\s+(?:còn|mức|đến|tới))?|còn|đến\\s+mức)\\s*$`,
      'iu',
    ),
    changing: new RegExp(
      `^\\s*(?:phấn\\s+đấu\\s+)?(?:${anyOf([...words.increase, ...words.decrease, 'nâng cao'])}|${BROUGHT})${END}(?!\\s+(?:cường|tốc))`,
      'iu',
    ),
    opening: new RegExp(
      `^\\s*(?:phấn\\s+đấu\\s+)?(${anyOf([...words.increase, ...words.decrease])})${END}(?!\\s+(?:cường|tốc|cao))`,
      'iu',
    ),
    falling: new RegExp(`^(?:${anyOf(words.decrease)})$`, 'iu'),
    before: list.map(([key, comparator]) => [ends(words.comparators[key]), comparator]),
    apart: list.slice(0, 2).map(([key, comparator]) => {
      const standing = words.comparators[key].filter((word) => word !== 'đạt từ');
      return [new RegExp(`${START}${NO_ADVERB}(?:${anyOf(standing)})${END}`, 'iu'), comparator];
    }),
    reach: ends(words.reach),
    increase: changes(words.increase),
    decrease: changes(words.decrease),
    works: new RegExp(`^(?:${anyOf(words.workUnits)})$`, 'iu'),
    doingFirst: new RegExp(`^\\s*(?:${anyOf(words.doing)})${END}`, 'iu'),
    doing: new RegExp(
      `${START}(?:${anyOf(words.doing)})(?:\\s+(?:được|đầy\\s+đủ|thêm|mới|tốt|có\\s+hiệu\\s+quả|kịp\\s+thời|hiệu\\s+quả))*\\s*$`,
      'iu',
    ),
  };
  return patterns;
}

/**
 * The targets of a clause. `lead` is what introduces a list the clause belongs to ("tối thiểu:"), whose comparator goes
 * for all of it. Numbers that are names, conditions or states are left out.
 */
export function findTargets(clause: string, lead = ''): readonly Target[] {
  return lead === '' ? targetsAlone(clause) : readTargets(clause, lead);
}

/** "Tối thiểu: 80% …; 95% …": the comparator before a list is part of what is said of each. */
export const holdsComparator = (lead: string): boolean => patternsOf().apart.some(([pattern]) => pattern.test(lead));

/** A clause is asked for its targets each time that it might be cut. */
const targetsAlone = memo((clause) => readTargets(clause, ''), 2048, 2000);

function readTargets(clause: string, lead: string): Target[] {
  const numbers = findNumbers(clause);
  const targets: Target[] = [];
  let floor = 0;
  for (const item of numbers) {
    const last = targets.at(-1);
    const listed = last && listedAfter(clause, last, item) ? last : null;
    const target = judge(clause, item, floor, lead, listed, isPart(clause, targets, item));
    if (target && last && sharesVerb(clause, last, target)) {
      target.change = last.change;
      // "Cắt giảm tối thiểu 30% thời gian, 30% chi phí": the floor goes for the whole list.
      if (target.comparator === '=' && (last.comparator === '>=' || last.comparator === '<='))
        target.comparator = last.comparator;
    }
    if (target) targets.push(target);
    floor = item.end;
  }
  return targets;
}

/** "cắt giảm 50% thời gian …, 50% chi phí …": the verb before the first number goes for the second. */
function sharesVerb(clause: string, last: Target, target: Target): boolean {
  if (last.change === null || target.change !== null || last.unit !== target.unit) return false;
  const between = clause.slice(last.to, target.from);
  return /(?:,|\svà)\s*$/u.test(between) && !/^[^,;]*\s(?:được|đạt)\s/u.test(clause.slice(target.to));
}

const isWork = (unit: string | null): boolean => patternsOf().works.test(unit ?? '');

/** "ít nhất 03 buổi … và 02 hội nghị …": a count behind a count is of the same list. */
function listedAfter(clause: string, last: Target, item: NumberFound): boolean {
  const between = clause.slice(last.end, item.start);
  // "tối đa 20 phút vào năm 2026, 15 phút vào năm 2030": the same measure at another time.
  if (item.kind === 'measure')
    return (
      (last.unit === item.unit && NEXT_TIME.test(between)) ||
      (isWork(last.unit) && isWork(item.unit) && /(?:,|\svà)\s*$/u.test(between))
    );
  if (last.kind !== item.kind || last.to !== last.end) return false;
  return item.kind === 'percent'
    ? /\svà\s*$/u.test(between) ||
        (/,\s*$/u.test(between) && last.change === null && !/\s(?:được|đạt|có)\s/u.test(between))
    : /(?:,|\svà)\s*$/u.test(clause.slice(last.end, item.start));
}

/** "58 trạm (trong đó: Viễn thông A: 25 trạm, B: 33 trạm)": the parts of a count are counts of the same thing. */
function isPart(clause: string, targets: readonly Target[], item: NumberFound): boolean {
  const open = clause.lastIndexOf('(', item.start);
  if (item.kind !== 'count' || open < 0 || !PARTS.test(clause.slice(open + 1, item.start))) return false;
  const thing = (unit: string | null) => unit?.split(/[\s/]/, 1)[0]?.toLowerCase();
  return targets.some(({ kind, end, unit }) => kind === 'count' && end <= open && thing(unit) === thing(item.unit));
}

/** From the bracket to the number of a part: right behind "trong đó" or the mark of a list, or behind its label. */
const PARTS =
  /^\s*trong\s+(?:số\s+)?đó(?!\p{L})(?:[^();]*[,;]|[^();]*\svà)?\s*:?\s*(?:có\s+)?(?:[^,;:()]{1,60}:\s*)?$/iu;

const YEAR = '(?:(?:vào|đến|trong)\\s+)?(?:hết\\s+|cuối\\s+)?năm\\s+\\d{4}';
const NEXT_TIME = new RegExp(
  `^\\s*(?:${YEAR}\\s*)?[,;]?\\s*(?:và\\s+)?(?:${YEAR}\\s*)?(?:còn\\s+|là\\s+|đạt\\s+)?$`,
  'iu',
);

/** `listed` is the target before in the same list: its comparator goes for this one too. `part`: of a count before it. */
function judge(
  clause: string,
  item: NumberFound,
  floor: number,
  lead: string,
  listed: Target | null,
  part: boolean,
): Target | null {
  const p = patternsOf();
  let before = clause.slice(floor, item.start);
  const after = clause.slice(item.end);
  if (isCondition(before, after) || isLeftBehind(after, item) || isState(clause.slice(0, item.start))) return null;
  if (item.kind === 'percent' && isConcentration(before)) return null;

  let comparator: Comparator | null = null;
  let change: Target['change'] = null;
  let reached = false;
  let isLevel = false;
  const behind = /^\s*(?:\([^)]*\)\s*)?(trở\s+lên|trở\s+xuống|trở\s+lại)/iu.exec(after);
  const take = (match: RegExpExecArray | null): boolean => {
    if (!match) return false;
    before = before.slice(0, match.index);
    return true;
  };
  if (item.kind === 'measure') reached = take(timeGiven(clause, before, item.unit));
  const compared = COMPARED.exec(before);
  if (compared && (COMPARED_WITH.test(after) || /^sớm/iu.test(compared[1] ?? ''))) {
    take(compared);
    // "cao hơn 2% so với năm 2025" is an amount of change; "sớm hơn 01 ngày" only says when.
    if (!/^sớm/iu.test(compared[1] ?? ''))
      change = /^(?:cao|nhiều)/iu.test(compared[1] ?? '') ? 'increase' : 'decrease';
    reached = true;
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (const [pattern, kind] of p.before) {
      const match = pattern.exec(before);
      if (take(match)) {
        // "đạt từ 50 - 60%" is a range, "đạt từ 50%" a floor.
        if (item.high === null || !/từ\s*$/iu.test(match?.[0] ?? '')) comparator ??= kind;
        moved = true;
      }
    }
    const from = p.from.exec(before);
    if (from && item.high === null && !moved) {
      take(from);
      comparator ??= '>=';
      moved = true;
    } else if (from && item.high !== null && !moved) {
      take(from);
      moved = true;
    }
    const level = p.level.exec(before);
    if (!moved && level) {
      take(level);
      reached = true;
      isLevel = true;
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
    const spoken = whole.replace(PLAIN_BRACKET, ' ');
    for (const [pattern, kind] of p.apart) if (pattern.test(spoken)) comparator = kind;
  }
  if (!comparator) {
    for (const [pattern, kind] of p.apart) if (pattern.test(lead)) comparator = kind;
  }
  if (!comparator && (listed?.comparator === '>=' || listed?.comparator === '<=')) comparator = listed.comparator;
  if (item.kind === 'rank') {
    const place = PLACE.test(clause.slice(item.start, item.end));
    // A place held or reached is a target only where the clause says that it is striven for.
    if (place && !behind && !/phấn\s+đấu|giữ|duy\s+trì|mục\s+tiêu|nâng/iu.test(clause)) return null;
    comparator = place && !behind ? '=' : '<=';
  }
  const value = parseNumber(item.low);
  const valueMax = item.high === null ? null : parseNumber(item.high);
  // "Giảm chi phí tuân thủ 20%": the verb opens the clause, its amount closes it.
  const opened = change === null && !reached ? p.opening.exec(whole) : null;
  if (opened && isAmount(whole.slice(opened[0].length), item, comparator))
    change = p.falling.test(opened[1] ?? '') ? 'decrease' : 'increase';
  const done = p.doing.test(before);
  const subTarget =
    item.kind === 'count' && floor === 0 && /^\s*(?:trong\s+(?:số\s+)?đó|riêng)(?:\s+có)?\s*:?\s*$/iu.test(before);
  // "Tổ chức đối thoại 01 lần/quý", "Phát thanh 02 buổi/tuần".
  const repeated =
    item.kind === 'measure'
      ? /^lần\s*\//iu.test(item.unit ?? '') && p.doingFirst.test(whole)
      : /\/\s*(?:năm|quý|tháng|tuần|ngày)$/iu.test(item.unit ?? '');

  // "Lắp đặt mới trạm 5G: 35 trạm", "nâng tổng số trạm: 188 trạm".
  const told = item.kind === 'count' && /:\s*$/.test(before) && (p.doingFirst.test(whole) || p.changing.test(whole));
  if (told && p.changing.test(whole)) isLevel = true;
  const certain = comparator !== null || change !== null;
  if (reached && change === null && p.changing.test(whole)) {
    // "tăng bình quân hằng năm đạt 10%/năm" is still an amount of change.
    if (item.unit?.startsWith('%/')) change = /^\s*(?:tăng|nâng)/iu.test(whole) ? 'increase' : 'decrease';
    else isLevel = true;
  }
  // "Xây dựng 3 km đường", "Trồng mới 20 ha rừng": a length or an area of what is to be done is counted.
  const built = (done || listed !== null) && isWork(item.unit) && /^\s+\p{L}/u.test(clause.slice(item.end));
  if (item.kind === 'measure' && !certain && !reached && !repeated && !built) return null;
  // "tin, bài trên 04 loại hình": the word says where, no floor.
  const located = comparator === '>' && !reached && !done && value < 10 && countWords(before) > 2;
  if (item.kind === 'count' && located) return null;
  // "phủ sóng 05 bản … trước ngày 30/6": what is to be done by a day is counted.
  const dated = item.kind === 'count' && /(?<!\p{L})trước\s+(?:ngày|tháng|quý)\s/iu.test(clause);
  const counted =
    dated ||
    certain ||
    reached ||
    done ||
    told ||
    subTarget ||
    part ||
    repeated ||
    listed !== null ||
    before.trim() === '';
  if (item.kind === 'count' && !counted) return null;
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
    level: isLevel,
    kind: item.kind,
    certainty: item.kind === 'percent' ? 0.97 : certain ? 0.95 : 0.9,
  };
}

/** A place in a ranking: "xếp thứ 3". */
const PLACE = /^(?:xếp|đứng|giữ)/iu;
const COMPARED = /(?<!\p{L})(cao|nhiều|thấp|ít|sớm)\s+hơn\s*$/iu;
const COMPARED_WITH = /^\s*(?:\([^)]*\)\s*)?(?:điểm\s+phần\s+trăm\s+)?so\s+với/iu;
