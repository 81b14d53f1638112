import { unitWords } from '../dictionaries/administrative/index.ts';
import type { Duty } from '../output/record.ts';
import { anyOf, END } from './patterns.ts';
import { type Anchor, type Block, type Plan, sectionPath } from './plan.ts';
import { isItem, isReporting, kindAt } from './tasks.ts';
import { countWords, fold, stripClosing } from './text.ts';
import { ASKING, namesUnit } from './unit-names.ts';

export interface FoundDuty extends Omit<Duty, 'id' | 'evidence'> {
  anchor: Anchor;
}

/** "Phòng Kinh tế chịu trách nhiệm:": what a title says behind the name. */
const ANSWERS = /[,\s]+(?:có|chịu)\s+trách\s+nhiệm(?:\s+(?:thực\s+hiện|triển\s+khai|tham\s+mưu|sau))?\s*:?$/iu;

const withoutAsking = (unit: string): string => stripClosing(unit.replace(ASKING, '').replace(ANSWERS, ''));

/** Who must do what: bullets and paragraphs of the parts on carrying out the plan, each with its unit. */
export function extractDuties(plan: Plan): FoundDuty[] {
  const found: FoundDuty[] = [];
  const tail = closingParagraphs(plan);
  for (const block of plan.blocks) {
    const isTail = tail.has(block.paragraph);
    if (!isTail && (!isItem(plan, block) || kindAt(plan, block.path) !== 'duties')) continue;
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    const start = block.start + (text.slice(block.start).length - text.slice(block.start).trimStart().length);
    const quote = text.slice(start).trimEnd();
    if (isPointer(quote) || VALIDITY.test(quote)) continue;
    const anchor = { paragraph: block.paragraph, start, end: start + quote.length };
    if (isTail) {
      found.push({ unit: null, quote, section: sectionPath(plan, dutyRoot(plan, block)), confidence: 0.85, anchor });
      continue;
    }
    const section = sectionPath(plan, block.path);
    const runIn = block.role === 'heading' ? runInDuty(quote) : null;
    if (runIn) {
      const from = start + runIn.offset;
      found.push({
        unit: runIn.unit,
        quote: text.slice(from).trimEnd(),
        section,
        confidence: 0.9,
        anchor: { paragraph: block.paragraph, start: from, end: from + text.slice(from).trimEnd().length },
      });
      continue;
    }
    const unit = unitAt(plan, block) ?? (block.role === 'heading' ? openingUnit(quote) : null);
    found.push({ unit, quote, section, confidence: 0.95, anchor });
  }
  return found;
}

/** "(Chi tiết trong Phụ lục kèm theo)": a pointer is no duty. */
function isPointer(quote: string): boolean {
  const words = fold(quote);
  return /\((?:chi tiết|có)[^)]*(?:phụ lục|danh mục|kèm theo)[^)]*\)\s*\.?$/iu.test(quote) && countWords(words) <= 18
    ? true
    : /^(?:chi tiết|có danh mục|có phụ lục)\s/u.test(words);
}

/** "Kế hoạch này thay thế Kế hoạch số …" with nothing behind it says what is in force and orders nothing. */
const VALIDITY = /^Kế hoạch này (?:thay thế|có hiệu lực)(?!.*[.;]\s+\p{L})/isu;

let askedVerb: RegExp | null = null;
let openingVerb: RegExp | null = null;

/** "Đơn vị X: làm …" or "Đề nghị X tích cực …": the unit, and where the quote begins. */
function runInDuty(quote: string): { unit: string; offset: number } | null {
  const asking = /^(?:Đề\s+nghị|Giao|Khuyến\s+khích)\s+(?=\p{L})/iu.exec(quote);
  if (asking) {
    askedVerb ??= new RegExp(
      `(?<![,;]|(?:các|những|và))\\s(?:${anyOf(unitWords().asked)})(?!\\s+(?:chính\\s+trị|xã\\s+hội|đoàn\\s+thể))${END}`,
      'iu',
    );
    const asked = askedVerb.exec(quote.slice(asking[0].length));
    const colon = quote.indexOf(':');
    const named = colon > 0 && asked !== null && colon < asking[0].length + asked.index;
    const unit = asked && !named ? quote.slice(asking[0].length, asking[0].length + asked.index) : null;
    if (unit) return { unit: stripClosing(unit), offset: 0 };
  }
  const colon = quote.indexOf(':');
  if (colon <= 0 || colon >= quote.length - 2) return null;
  const before = quote.slice(0, colon);
  if (/\.\s/u.test(before) || !before.split(/;\s*/u).every((unit) => namesUnit(unit))) return null;
  if (countWords(before) > 40 || VERB_BEFORE_COLON.test(before)) return null;
  const rest = quote.slice(colon + 1);
  return { unit: withoutAsking(before), offset: colon + 1 + (rest.length - rest.trimStart().length) };
}

/** "3. Đài Truyền thanh chủ động phối hợp …": a numbered item that opens with a unit and says what it is to do. */
function openingUnit(quote: string): string | null {
  openingVerb ??= new RegExp(`(?<![,;]|(?:các|những|và))\\s(?:${anyOf(unitWords().opening)})${END}`, 'iu');
  const asked = openingVerb.exec(quote);
  const unit = asked ? quote.slice(0, asked.index) : '';
  // "Các đơn vị …", "Thủ trưởng các đơn vị …": of everyone.
  if (/^(?:các|những|mọi|mỗi|thủ\s+trưởng)\s/iu.test(unit)) return null;
  return unit !== '' && !/[.;:()]/u.test(unit) && countWords(unit) <= 20 && namesUnit(unit) ? stripClosing(unit) : null;
}

/** "Các đơn vị … có trách nhiệm:" says already what is to be done: no bare name of a unit. */
const VERB_BEFORE_COLON =
  /(?:có trách nhiệm|chịu trách nhiệm|thực hiện các nội dung|tập trung|chủ trì|phối hợp|bao gồm|sau đây|như sau)\s*$/iu;

/** The unit of the nearest heading that names one; null for duties of everyone. */
function unitAt(plan: Plan, block: Block): string | null {
  for (const index of [...block.path].reverse()) {
    const heading = plan.headings[index];
    if (!heading) continue;
    if (heading.runIn) {
      const text = plan.paragraphs[heading.anchor.paragraph]?.text.slice(heading.anchor.start) ?? '';
      if (heading.anchor.paragraph !== block.paragraph) {
        const own =
          runInDuty(text) ??
          (namesUnit(heading.title) && /:\s*$/.test(text) ? { unit: withoutAsking(heading.title) } : null);
        if (own) return own.unit;
      }
      continue;
    }
    if (namesUnit(heading.title)) return withoutAsking(heading.title);
  }
  return null;
}

/** The heading of the part on carrying out, alone: the block's own, or the one before the part it stands in. */
function dutyRoot(plan: Plan, block: Block): number[] {
  const carriesOut = ({ path }: Block) => kindAt(plan, path) === 'duties' && !isReporting(plan, path[0]);
  if (carriesOut(block)) return block.path.slice(0, 1);
  const before = plan.blocks.filter((other) => other.paragraph < block.paragraph && carriesOut(other));
  return (before.at(-1) ?? block).path.slice(0, 1);
}

const CLOSING =
  /^(?:Trong quá trình (?:tổ chức )?(?:triển khai|thực hiện)|(?:Chủ tịch )?(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s.{0,80}?yêu cầu|Yêu cầu\s|Khi (?:có|phát sinh|gặp)\s|Nếu\s|Kế hoạch này (?:thay thế|có hiệu lực)|Căn cứ (?:nội dung )?Kế hoạch này|Quá trình (?:tổ chức )?(?:triển khai|thực hiện)|Đề nghị (?:các|thủ trưởng).{0,80}nghiêm túc)/iu;

const ORDERS = /(?:^|[.;]\s+)(?:Đề\s+nghị|Yêu\s+cầu)\s+(?:các|thủ\s+trưởng|Thủ\s+trưởng|Chủ\s+tịch|lãnh\s+đạo)\s/u;

/** The plan's last paragraph, where a part behind the duties ends with an order to everyone ("Đề nghị các phòng …"). */
function lastOrder(plan: Plan): number | null {
  const body = plan.blocks.filter((block) => ['heading', 'bullet', 'text', 'remark'].includes(block.role));
  const appendix = body.findIndex((block) => plan.headings[block.path[0] ?? -1]?.style === 'appendix');
  const last = body.slice(0, appendix < 0 ? undefined : appendix).at(-1);
  if (last?.role !== 'text') return null;
  if (kindAt(plan, last.path) === 'duties' && !isReporting(plan, last.path[0])) return null;
  const text = plan.paragraphs[last.paragraph]?.text ?? '';
  const follows = plan.blocks.some(
    (block) => block.paragraph < last.paragraph && kindAt(plan, block.path) === 'duties',
  );
  return follows && (CLOSING.test(text) || ORDERS.test(text)) ? last.paragraph : null;
}

/** Unmarked paragraphs at the end of a part of duties that order something of everyone, whatever unit stands before. */
function closingParagraphs(plan: Plan): Set<number> {
  const closing = new Set<number>();
  plan.blocks.forEach((block, index) => {
    if (block.role !== 'text' || kindAt(plan, block.path) !== 'duties') return;
    const next = plan.blocks.slice(index + 1).find((other) => other.role !== 'text' && other.role !== 'remark');
    const ends = next === undefined || !isItem(plan, next) || kindAt(plan, next.path) !== 'duties';
    const isHeading = next?.role === 'heading' && (plan.headings[next.path.at(-1) ?? -1]?.level ?? 1) > 1;
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    if (ends && !isHeading && CLOSING.test(text)) closing.add(block.paragraph);
  });
  const last = lastOrder(plan);
  return last === null ? closing : closing.add(last);
}
