import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import type { Indicator } from '../../output/record.ts';
import { areaOf } from '../areas.ts';
import { measureOf } from '../measures.ts';
import { anyOf, END } from '../patterns.ts';
import { type Anchor, type Block, type Paragraph, type Plan, sectionPath } from '../plan.ts';
import { countWords } from '../text.ts';
import { findStatements, type Statement } from './clauses.ts';
import { subjectOf, wordsMeasured } from './subject.ts';
import { findTargets, type Target } from './targets.ts';
import { closingDeadline, findTimes, leadTimes, type TimeSpan } from './times.ts';

/** An indicator before its evidence is known: where its quote and its number stand. */
export interface FoundIndicator extends Omit<Indicator, 'id' | 'evidence'> {
  anchor: Anchor;
  number: Anchor;
}

let notTarget: RegExp | null = null;

/** Every numeric target of the plan, in reading order. Source of the rules: the project's annotation guide. */
export function extractIndicators(plan: Plan): FoundIndicator[] {
  const found: FoundIndicator[] = [];
  let lead: { text: string; mark: string | null } | null = null;
  for (const block of plan.blocks) {
    const paragraph = plan.paragraphs[block.paragraph];
    if (!paragraph) continue;
    lead = leadFor(block, paragraph.text, lead);
    if (!mayHoldTargets(plan, block)) continue;
    if (block.role === 'row') found.push(...rowIndicators(plan, block));
    else
      found.push(...itemIndicators(plan, block, block.start, paragraph.text, block.mark === lead?.mark ? null : lead));
  }
  return found;
}

/** "- Giai đoạn 2026 - 2027:" leads in the "+" bullets under it. */
function leadFor(block: Block, text: string, lead: { text: string; mark: string | null } | null) {
  if (block.role === 'heading') return null;
  if (block.role !== 'bullet' && block.role !== 'text') return lead;
  if (/:\s*$/.test(text)) return { text: text.slice(block.start), mark: block.mark };
  return lead && lead.mark === block.mark ? null : lead;
}

/** "Kết quả cần đạt" is no part on what was reached. */
const EXPECTED = /cần\s+đạt|mong\s+đợi|dự\s+kiến|phấn\s+đấu/iu;

function mayHoldTargets(plan: Plan, block: Block): boolean {
  const last = plan.headings[block.path.at(-1) ?? -1];
  // "1. Cắt giảm 30% thời gian chờ" over bullets: a title may say a share to reach.
  if (block.role === 'heading' && !last?.runIn && !/\d\s*%/.test(last?.title ?? '')) return false;
  if (!['heading', 'bullet', 'text', 'row'].includes(block.role)) return false;
  notTarget ??= new RegExp(`^(?:${anyOf(indicatorWords().notTargetParts)})${END}`, 'iu');
  return !block.path.some((index) => {
    const heading = plan.headings[index];
    if (heading === undefined || heading.runIn || EXPECTED.test(heading.title)) return false;
    return notTarget?.test(heading.title.trim());
  });
}

function itemIndicators(
  plan: Plan,
  block: Block,
  from: number,
  text: string,
  lead: { text: string } | null,
): FoundIndicator[] {
  const out: FoundIndicator[] = [];
  const context = contextTimes(plan, block, lead?.text ?? '');
  const closing = closingDeadline(text);
  let subjectBefore = '';
  for (const statement of findStatements(text, from)) {
    const times = findTimes(statement.text);
    const before = leadTimes(statement.lead);
    const sentenceTimes = findTimes(statement.sentence);
    const at = (kind: 'deadline' | 'period' | 'baseline') => closestOf(times, kind);
    const around = (kind: 'deadline' | 'period') => sentenceTimes.find((time) => time.kind === kind)?.value ?? null;
    const single = findStatements(statement.sentence, 0).length === 1;
    // A time that opens the sentence goes for all of its targets, one inside it for its own clause.
    const first = findTargets(statement.sentence)[0]?.start ?? 0;
    const opening = (kind: 'deadline' | 'period') =>
      sentenceTimes.find((time) => time.kind === kind && time.end <= first)?.value ?? null;
    const told = (kind: 'deadline' | 'period') => at(kind) ?? before[kind] ?? (single ? around(kind) : opening(kind));
    const deadline = told('deadline') ?? closing ?? context.deadline;
    const period = told('period') ?? context.period;
    const changes = statement.targets.some((target) => target.change !== null);
    const last = statement.targets.at(-1);
    for (const target of statement.targets) {
      // "đến tháng 6 đạt 60%, đến tháng 12 đạt 100% số hồ sơ": both are about what the last one names.
      const own =
        subjectOf(statement, target, times) ||
        (subjectBefore === '' && last !== undefined ? subjectOf(statement, last, times) : '');
      const led = WHERE.test(own) ? leadSubject(statement.lead) : '';
      const subject = led === '' ? own || subjectBefore || leadSubject(statement.lead) : `${led} ${own}`;
      const measure = measureOf(subject, subjectBefore);
      subjectBefore = subject;
      out.push({
        quote: text.slice(statement.quote.start, statement.quote.end),
        subject,
        value: target.value,
        valueMax: target.valueMax,
        comparator: target.comparator,
        unit: target.unit,
        change: target.change,
        deadline: ownDeadline(statement, target, times) ?? deadline,
        period,
        // "đạt 70%, tăng 20% so với năm 2025": what is compared is the change.
        baseline: changes && target.change === null ? null : at('baseline'),
        area: areaOf(plan, block.path),
        measure,
        section: sectionPath(plan, block.path),
        confidence: target.certainty,
        anchor: { paragraph: block.paragraph, ...statement.quote },
        number: {
          paragraph: block.paragraph,
          start: statement.start + target.start,
          end: statement.start + target.end,
        },
      });
    }
  }
  return out;
}

/** The first time of its kind, or the day that says it more closely: "năm 2026 … trước ngày 31/12/2026". */
function closestOf(times: readonly TimeSpan[], kind: TimeSpan['kind']): string | null {
  const own = times.filter((time) => time.kind === kind);
  const first = own[0]?.value ?? null;
  return own.find(({ value }) => first !== null && value?.startsWith(`${first}-`))?.value ?? first;
}

/** Of several deadlines in a statement the target's own: "năm 2027 đạt 96% và năm 2030 đạt 98%", "96% vào năm 2027, 98% vào …". */
function ownDeadline({ targets }: Statement, target: Target, times: readonly TimeSpan[]): string | null {
  const deadlines = times.filter((time) => time.kind === 'deadline');
  const [first] = targets;
  if (deadlines.length < 2 || targets.length < 2 || !first) return null;
  const leads = deadlines.some((time) => time.end <= first.start);
  return leads
    ? (deadlines.filter((time) => time.end <= target.start).at(-1)?.value ?? null)
    : (deadlines.find((time) => time.start >= target.end)?.value ?? null);
}

/** "Tỷ lệ hồ sơ trực tuyến: 70% đối với đất đai": the words behind the number say only of what part. */
const WHERE = /^(?:đối\s+với|ở|tại|trong|cho|của)\s/iu;

/** "Tỷ lệ hài lòng: năm 2026 đạt 95%, …": the lead-in names what is measured, unless it is a label or a time. */
function leadSubject(lead: string): string {
  const words = lead.replace(/^(?:phấn\s+đấu|bảo\s+đảm|đảm\s+bảo)\s+/iu, '').trim();
  const isLabel = /^(?:(?:chỉ|mục)\s+tiêu|trong\s+đó|cụ\s+thể|giai\s+đoạn|(?:đến\s+)?năm|nhiệm\s+vụ)(?!\p{L})/iu.test(
    words,
  );
  return isLabel ? '' : wordsMeasured(words);
}

/** Times of the lead-in and of the enclosing titles, the nearest first. Titles of appendices give nothing. */
function contextTimes(plan: Plan, block: Block, lead: string): { deadline: string | null; period: string | null } {
  const texts = [lead];
  for (const index of [...block.path].reverse()) {
    const heading = plan.headings[index];
    if (heading && !heading.runIn && heading.style !== 'appendix') texts.push(heading.title);
  }
  for (const text of texts) {
    const times = leadTimes(text);
    if (times.deadline || times.period) return times;
  }
  return { deadline: null, period: null };
}

/** "Tỷ lệ hồ sơ trực tuyến | ≥ 80%": a cell with an amount alone is about what the nearest cell with words before it names. */
function ofRow(paragraph: Paragraph, index: number, item: FoundIndicator): FoundIndicator[] {
  const before = paragraph.cells
    .slice(0, index)
    .map((cell) => ({ ...cell, text: paragraph.text.slice(cell.start, cell.end) }));
  const named = before.findLast(({ text }) => countWords(text) >= 2 && findTargets(text).length === 0);
  if (!named) return [];
  const subject = wordsMeasured(named.text);
  const anchor = { ...item.anchor, start: named.start };
  const quote = paragraph.text.slice(anchor.start, anchor.end);
  return [{ ...item, quote, subject, measure: measureOf(subject, ''), anchor }];
}

/** What a cell must say for its number to be a target: a percentage, or a floor or ceiling. */
const CELL_TARGET = /%|phần\s+trăm|tối\s+thiểu|ít\s+nhất|không\s+dưới|không\s+quá|tối\s+đa/iu;

/** A number in a table cell is a target where the cell says so; the cell's text is the item. */
function rowIndicators(plan: Plan, block: Block): FoundIndicator[] {
  const paragraph = plan.paragraphs[block.paragraph];
  if (!paragraph || paragraph.cells.length < 3) return [];
  return paragraph.cells.flatMap((cell, index) => {
    const text = paragraph.text.slice(0, cell.end);
    if (!CELL_TARGET.test(text.slice(cell.start))) return [];
    return itemIndicators(plan, block, cell.start, text, null)
      .filter((item) => item.unit?.startsWith('%') || item.comparator !== '=')
      .flatMap((item) => (item.subject === '' ? ofRow(paragraph, index, item) : [item]));
  });
}
