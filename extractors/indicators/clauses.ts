import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, END } from '../patterns.ts';
import { countWords } from '../text.ts';
import { findNumbers, mayHoldNumber } from './numbers.ts';
import { PREDICATE } from './shared.ts';
import { findTargets, holdsComparator, type Target } from './targets.ts';

/** A statement with its targets; offsets are into the paragraph's text, target offsets into `text`. */
export interface Statement {
  start: number;
  end: number;
  text: string;
  /** What is quoted: the statement, or the whole list whose comparator stands before it. */
  quote: Span;
  targets: readonly Target[];
  /** What introduces the statement: "Trong giai đoạn 2026 - 2030". */
  lead: string;
  /** The whole sentence the statement stands in. */
  sentence: string;
}

interface Span {
  start: number;
  end: number;
}

const ABBREVIATION = /(?:^|[\s(])(?:TP|TT|TX|Q|P|H|ThS|TS|GS|PGS|BS|KS|St|vv|v\.v|[A-ZĐ])\.$/u;

/** Bracket depth at each character, so that marks inside brackets end nothing. */
function depths(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[' || c === '“') depth++;
    out[i] = depth;
    if ((c === ')' || c === ']' || c === '”') && depth > 0) depth--;
  }
  // A bracket that never closes must not swallow the rest.
  if (depth > 0) out.fill(0);
  return out;
}

function cut(text: string, from: number, to: number, ends: number[]): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (const end of [...ends, to]) {
    const piece = text.slice(start, end);
    const lead = piece.length - piece.trimStart().length;
    const body = piece.trim().replace(/\s*[.;,:]+(?:\/\.)?$/u, '');
    if (body !== '') spans.push({ start: start + lead, end: start + lead + body.length });
    start = end;
  }
  return spans;
}

export function sentences(text: string, from = 0): Span[] {
  const depth = depths(text);
  const ends: number[] = [];
  for (const match of text.matchAll(/[.!?]["”)]?\s+(?=["“(]?[\p{Lu}\d])/gu)) {
    const at = match.index + match[0].length;
    if (match.index < from || depth[match.index] !== 0) continue;
    if (ABBREVIATION.test(text.slice(0, match.index + 1).slice(-8))) continue;
    ends.push(at);
  }
  return cut(text, from, text.length, ends);
}

/** "Ít nhất 50% …: đến năm 2027 đạt 65%": both sides of the colon have a target, and the second begins anew. */
function opensNext(text: string, from: number, colon: number, to: number): boolean {
  const behind = text.slice(colon + 1, to);
  return (
    /^\s+(?:đến|hết|trước|phấn\s+đấu)\s/iu.test(behind) &&
    findTargets(text.slice(from, colon)).length > 0 &&
    findTargets(behind).length > 0
  );
}

function semicolonParts(text: string, span: Span): Span[] {
  const depth = depths(text);
  const ends: number[] = [];
  for (let i = span.start; i < span.end; i++)
    if (
      depth[i] === 0 &&
      (text[i] === ';' || (text[i] === ':' && opensNext(text, ends.at(-1) ?? span.start, i, span.end)))
    )
      ends.push(i + 1);
  return cut(text, span.start, span.end, ends);
}

function commaParts(text: string, span: Span): Span[] {
  const depth = depths(text);
  const ends: number[] = [];
  for (let i = span.start; i < span.end - 1; i++) {
    if (text[i] === ',' && depth[i] === 0 && /\s/.test(text[i + 1] ?? '')) ends.push(i + 1);
  }
  return cut(text, span.start, span.end, ends);
}

let openers: { statement: RegExp; continuing: RegExp } | null = null;
function openersOf(): { statement: RegExp; continuing: RegExp } {
  const words = indicatorWords();
  openers ??= {
    statement: new RegExp(`^(?:${anyOf(words.statementOpeners)})${END}`, 'iu'),
    continuing: new RegExp(`^(?:${anyOf(words.continuingOpeners)})${END}`, 'iu'),
  };
  return openers;
}

const SUB_TARGET = /^(?:trong\s+(?:số\s+)?đó|riêng)(?![\p{L}])/iu;
const NEW_SUBJECT =
  /^(?:\(\d{1,2}\)\s*)?(?:mục\s+tiêu\s+)?(?:(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo)\s+)?(?:(?:tối\s+thiểu|ít\s+nhất|trên|từ)\s+)?(?:\d|tỷ\s+lệ|tỉ\s+lệ|tỷ\s+trọng|tỉ\s+trọng|tốc\s+độ|quy\s+mô|tổng\s|diện\s+tích|sản\s+lượng|kim\s+ngạch|thu\s+nhập|doanh\s+thu|năng\s+suất|(?:tăng|giảm)\s+(?:trưởng\s+)?bình\s+quân|nâng\s+tổng|mức\s+độ|chỉ\s+số|số\s+lượng|đến\s+(?:hết\s+|cuối\s+)?năm)/iu;

/** "Triển khai đồng bộ các giải pháp, phấn đấu đạt …": the goal is a statement of its own. */
const OPENS_GOAL = /^(?:phấn\s+đấu|mục\s+tiêu|quyết\s+tâm)(?!\p{L})/iu;
/** "Đối với lĩnh vực đất đai, …": what it goes for belongs to the goal. */
const GOES_FOR = /^(?:đối\s+với|riêng|với|ở|tại|trong\s+(?:số|lĩnh\s+vực)|khi|nếu)(?!\p{L})/iu;
/** "(2) ", "*" at the beginning of a statement is no part of its quote. */
const MARK = /^(?:\(\d{1,2}\)\s*|[*]+\s*)+/;

/** Part of an enumeration inside the clause before: "… về Chỉ số A; Chỉ số B; Chỉ số C". */
function enumerates(previous: string, part: string): boolean {
  const head = /^\p{Lu}\p{Ll}+\s+\p{Ll}+/u.exec(part)?.[0];
  return head !== undefined && previous.toLowerCase().includes(head.toLowerCase()) && !/\sđạt\s/u.test(part);
}

/** Splits an item into statements and finds their targets. Statements without a target are left out. */
export function findStatements(text: string, from: number): Statement[] {
  const out: Statement[] = [];
  if (!mayHoldNumber(text)) return out;
  for (const sentence of sentences(text, from)) {
    const whole = text.slice(sentence.start, sentence.end);
    if (!mayHoldNumber(whole) || findNumbers(whole).length === 0) continue;
    const { body, lead } = splitLead(text, sentence);
    const first = out.length;
    const clauses: Span[] = [];
    for (const part of semicolonParts(text, body)) {
      const own = text.slice(part.start, part.end);
      const last = clauses.at(-1);
      const previous = last ? text.slice(last.start, last.end) : '';
      const goesOn =
        last !== undefined &&
        findTargets(own).length === 0 &&
        findTargets(previous).length > 0 &&
        (openersOf().continuing.test(own) || enumerates(previous, own));
      if (goesOn && last) last.end = part.end;
      else clauses.push({ ...part });
    }
    for (const clause of clauses) {
      for (const statement of splitStatements(text, clause)) {
        const own = text.slice(statement.start, statement.end);
        const targets = findTargets(own, lead);
        if (targets.length === 0) continue;
        out.push({ ...statement, text: own, quote: statement, targets, lead, sentence: whole });
      }
    }
    const list = out.slice(first);
    const end = list.at(-1)?.end;
    if (end !== undefined && holdsComparator(lead))
      for (const statement of list) statement.quote = { start: sentence.start, end };
  }
  return out;
}

/** "Trong giai đoạn 2026 - 2030: …", "Chỉ tiêu 3: …": what only introduces is no part of the quote. */
function splitLead(text: string, sentence: Span): { body: Span; lead: string } {
  const own = text.slice(sentence.start, sentence.end);
  const colon = /:\s+/u.exec(own);
  if (!colon) return { body: sentence, lead: '' };
  const lead = own.slice(0, colon.index);
  const introduces =
    countWords(lead) <= 14 &&
    !/[;.]/.test(lead) &&
    findTargets(lead).length === 0 &&
    findTargets(own.slice(colon.index)).length > 0 &&
    !isBareAmount(own.slice(colon.index + colon[0].length).split(';', 1)[0] ?? '');
  return introduces
    ? { body: { start: sentence.start + colon.index + colon[0].length, end: sentence.end }, lead }
    : { body: sentence, lead: '' };
}

/** "Tỷ lệ cán bộ đạt chuẩn: 100%": what stands before the colon is what is measured. */
function isBareAmount(text: string): boolean {
  const [target, more] = findTargets(text);
  if (!target || more || target.kind === 'count') return false;
  return (
    countWords(text.slice(0, target.from)) === 0 && countWords(text.slice(target.to).replace(/[.;]\s*$/u, '')) === 0
  );
}

/** A comma ends the statement where one of its own begins behind it. */
function splitStatements(text: string, clause: Span): Span[] {
  const parts = commaParts(text, clause);
  const groups: { span: Span; hasTarget: boolean; closed: boolean }[] = [];
  for (const part of parts) {
    const own = text.slice(part.start, part.end);
    const has = findTargets(own).length > 0;
    const last = groups.at(-1);
    if (!last) {
      groups.push({ span: { ...part }, hasTarget: has, closed: false });
      continue;
    }
    const opens =
      has && !last.hasTarget && OPENS_GOAL.test(own) && !GOES_FOR.test(text.slice(last.span.start, last.span.end));
    if (opens || beginsStatement(text, last, own, has))
      groups.push({ span: { ...part }, hasTarget: has, closed: false });
    else {
      last.span.end = part.end;
      // "nhóm 10 xã, phường dẫn đầu": only the whole says that the number is a target.
      last.hasTarget ||= has || findTargets(text.slice(last.span.start, last.span.end)).length > 0;
    }
  }
  return groups
    .filter((group) => group.hasTarget)
    .map(({ span }) => ({
      start: span.start + (MARK.exec(text.slice(span.start, span.end))?.[0].length ?? 0),
      end: span.end,
    }));
}

/** "tỷ lệ … đạt trên 80%, hồ sơ … dưới 1%": each has its subject before its number and ends with it. */
function isParallel(before: string, own: string): boolean {
  return [before, own].every((text) => {
    const target = findTargets(text).at(-1);
    if (!target || target.change !== null || target.kind === 'rank' || target.from === target.start) return false;
    const behind = text.slice(target.to).replace(/^\s*(?:(?:vào|trong|đến)\s+)?năm\s+\d{4}\s*$/iu, '');
    return countWords(text.slice(0, target.from)) >= 2 && countWords(behind) === 0;
  });
}

/** "Tối thiểu 97% người dân, 95% hộ kinh doanh hài lòng": the first has no verb of its own, what follows goes for both. */
function sharesPredicate(before: string, own: string): boolean {
  const [first, second] = [findTargets(before).at(-1), findTargets(own)[0]];
  if (first?.kind !== 'percent' || second?.kind !== 'percent' || second.from > 0 || first.change !== null) return false;
  const thing = before.slice(Math.max(first.to, first.end)).trim();
  return thing !== '' && countWords(thing) <= 5 && PREDICATE.exec(thing) === null;
}

function beginsStatement(text: string, last: { span: Span; hasTarget: boolean }, own: string, has: boolean): boolean {
  if (SUB_TARGET.test(own)) return last.hasTarget;
  if (!last.hasTarget) return false;
  const before = text.slice(last.span.start, last.span.end);
  // "được công khai, kịp thời, đầy đủ": one word more in a row of adverbs begins nothing.
  if (!has) return openersOf().statement.test(own) && countWords(own) > 2;
  // "cắt giảm 50% thời gian, 50% chi phí so với …": verb and comparison are shared.
  const [first] = findTargets(before);
  const sharesVerb = first?.change != null && /^(?:và\s+)?\d/u.test(own) && !/\s(?:được|đạt)\s/u.test(own);
  // "Tổ chức ít nhất 03 buổi đối thoại, 02 hội nghị": one verb for the counts of a list.
  const counted = findTargets(before).at(-1);
  const number = /^(?:và\s+)?\d/u.test(own) ? findTargets(own)[0] : undefined;
  if (counted?.kind === 'count' && number?.kind === 'count' && counted.from > 0) return false;
  if (sharesPredicate(before, own)) return false;
  if (isParallel(before, own)) return true;
  return !sharesVerb && (NEW_SUBJECT.test(own) || openersOf().statement.test(own));
}
