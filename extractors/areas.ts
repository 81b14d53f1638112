import { areas } from '../dictionaries/administrative/index.ts';
import type { Area } from '../output/record.ts';
import { memo } from './memo.ts';
import { nearestPhrase } from './nearest.ts';
import type { Plan } from './plan.ts';
import { fold } from './text.ts';

const TASK_PART = /nhiệm vụ|chỉ tiêu|mục tiêu|nội dung/u;

/** The field that a heading's title names, or null. Titles that an OCR got slightly wrong are taken to the nearest. */
export const areaOfTitle: (title: string) => Area | null = memo(readArea, 1024);

function readArea(title: string): Area | null {
  const words = fold(title);
  let best: { area: string; length: number } | null = null;
  for (const entry of areas()) {
    for (const wording of entry.titles) {
      const phrase = fold(wording);
      if (` ${words} `.includes(` ${phrase} `) && phrase.length > (best?.length ?? 0))
        best = { area: entry.area, length: phrase.length };
    }
  }
  if (best) return best.area as Area;
  const names = areas().flatMap((entry) =>
    [entry.name, ...entry.titles].map((phrase) => ({ key: entry.area, phrase })),
  );
  return (nearestPhrase(title, names, 0.88) as Area | undefined) ?? null;
}

/** The field under which a block stands: of the nearest titled heading that names one; null outside any field's part. */
export function areaOf(plan: Plan, path: readonly number[]): Area | null {
  const titles = path.map((index) => plan.headings[index]).filter((heading) => heading && !heading.runIn);
  if (titles.some((heading) => heading && isSolutionsOnly(heading.title))) return 'giai-phap';
  for (const heading of [...titles].reverse()) {
    const area = heading ? areaOfTitle(heading.title) : null;
    if (area) return area;
  }
  for (const index of [...path].reverse()) {
    const area = isLabel(plan, index) ? areaOfTitle(plan.headings[index]?.title ?? '') : null;
    if (area) return area;
  }
  return null;
}

/** "5. Cải cách tài chính công: Công khai ngân sách …": the label before the text names the field where no title does. */
function isLabel(plan: Plan, index: number): boolean {
  const heading = plan.headings[index];
  if (!heading?.runIn) return false;
  const text = plan.paragraphs[heading.anchor.paragraph]?.text.slice(heading.anchor.start) ?? '';
  return text.startsWith(heading.title) && /^\s*:/.test(text.slice(heading.title.length));
}

/** "GIẢI PHÁP THỰC HIỆN" is of solutions only; in "NHIỆM VỤ, GIẢI PHÁP" the fields decide. */
function isSolutionsOnly(title: string): boolean {
  const words = fold(title);
  return words.includes('giải pháp') && !TASK_PART.test(words);
}
