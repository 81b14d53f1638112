import type { Task } from '../output/record.ts';
import { areaOf } from './areas.ts';
import { type Anchor, type Block, type Plan, sectionPath } from './plan.ts';
import { fold } from './text.ts';
import { namesUnit } from './unit-names.ts';

export interface FoundTask extends Omit<Task, 'id' | 'evidence'> {
  anchor: Anchor;
}

/** What a part asks for, by its title: tasks, goals, duties of units, or none of these. */
export type PartKind = 'tasks' | 'goals' | 'duties' | 'other';

export function partKind(title: string): PartKind | null {
  const words = fold(title);
  if (/tổ chức thực hiện|tổ chức triển khai|^(?:trách nhiệm|phân công)/u.test(words)) return 'duties';
  if (/nhiệm vụ|giải pháp/u.test(words)) return 'tasks';
  if (/mục tiêu|chỉ tiêu/u.test(words)) return 'goals';
  if (/^(?:kinh phí|nguồn kinh phí|mục đích|yêu cầu|quan điểm|thực trạng|hiện trạng|đánh giá|tình hình)/u.test(words))
    return 'other';
  return null;
}

const MIN_UNITS = 3;
const unitPartsOf = new WeakMap<Plan, ReadonlySet<number>>();

/** "NHIỆM VỤ CỤ THỂ" over nothing but names of units says what each of them must do: a part of duties. */
function unitParts(plan: Plan): ReadonlySet<number> {
  const known = unitPartsOf.get(plan);
  if (known) return known;
  const children = new Map<number, { units: number; others: number }>();
  for (const { parent, title, runIn } of plan.headings) {
    if (parent === null) continue;
    const count = children.get(parent) ?? { units: 0, others: 0 };
    if (!runIn && namesUnit(title)) count.units++;
    else count.others++;
    children.set(parent, count);
  }
  const parts = new Set(
    [...children].flatMap(([index, { units, others }]) => (units >= MIN_UNITS && others === 0 ? [index] : [])),
  );
  unitPartsOf.set(plan, parts);
  return parts;
}

/** "V. CHẾ ĐỘ BÁO CÁO", "TỔ CHỨC THEO DÕI, KIỂM TRA VÀ BÁO CÁO" beside the part on carrying out, not in it. */
const REPORTING =
  /^(?:(?:tổ chức|công tác|thực hiện)\s+)?(?:chế độ|theo dõi|kiểm tra|giám sát|đôn đốc|thông tin|sơ kết|tổng kết)(?:\s.*)?\sbáo cáo(?!\p{L})/u;

/** Whether a part of the plan is about following its progress and reporting: duties of everyone. */
export function isReporting(plan: Plan, part: number | undefined): boolean {
  const heading = plan.headings[part ?? -1];
  return heading?.parent === null && !heading.runIn && REPORTING.test(fold(heading.title));
}

const GOAL_LABEL = /^(?:(?:các|về)\s+)?(?:mục\s+tiêu|chỉ\s+tiêu)(?:\s+(?:chung|cụ\s+thể|chủ\s+yếu|cần\s+đạt))?$/iu;

/** The kind of the nearest enclosing part; a duties part keeps all that stands in it. */
export function kindAt(plan: Plan, path: readonly number[]): PartKind | null {
  let kind: PartKind | null = null;
  for (const index of path) {
    const heading = plan.headings[index];
    if (!heading) continue;
    // "* Chỉ tiêu: 100% văn bản …" is a goal, whatever part it stands in.
    if (heading.runIn && kind === 'tasks' && GOAL_LABEL.test(heading.title)) return 'goals';
    if (heading.runIn) continue;
    if (heading.style === 'appendix') return 'other';
    const own = unitParts(plan).has(index) || isReporting(plan, index) ? 'duties' : partKind(heading.title);
    // A field's own title ("Đánh giá, kiểm soát …") in a part of tasks does not end the part; its goals do.
    if (own === null || (kind === 'tasks' && own === 'other')) continue;
    kind = own;
    if (kind === 'duties') return 'duties';
  }
  return kind;
}

/** Bullets, run-in items and unmarked paragraphs of the parts about tasks and solutions, in reading order. */
export function extractTasks(plan: Plan): FoundTask[] {
  return plan.blocks.flatMap((block): FoundTask[] => {
    if (!isItem(plan, block) || kindAt(plan, block.path) !== 'tasks') return [];
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    const start = block.start + (text.slice(block.start).length - text.slice(block.start).trimStart().length);
    const quote = text.slice(start).trimEnd();
    return [
      {
        quote,
        section: sectionPath(plan, block.path),
        area: areaOf(plan, block.path) ?? 'khac',
        confidence: block.role === 'text' ? 0.85 : 0.95,
        anchor: { paragraph: block.paragraph, start, end: start + quote.length },
      },
    ];
  });
}

/** A bullet, a run-in item, or an unmarked paragraph. */
export function isItem(plan: Plan, block: Block): boolean {
  if (block.role === 'bullet' || block.role === 'text') return true;
  return block.role === 'heading' && plan.headings[block.path.at(-1) ?? -1]?.runIn === true;
}
