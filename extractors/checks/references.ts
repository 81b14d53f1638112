import { parseDay } from '../dates.ts';
import { typeOfSymbol } from '../document-numbers.ts';
import type { Extracted } from '../index.ts';
import type { Anchor, Plan } from '../plan.ts';
import { isOfYear } from '../references.ts';
import { bare, fold } from '../text.ts';
import type { Finding } from './index.ts';

/** Types that may carry each other's symbol. */
const ALIKE = ['Luật', 'Bộ luật', 'Nghị quyết'];

/** "Kế hoạch phối hợp" has the symbol of a Kế hoạch, "Thông tư" may stand for a Thông tư liên tịch. */
const isAlike = (a: string, b: string): boolean =>
  a.startsWith(`${b} `) || b.startsWith(`${a} `) || (ALIKE.includes(a) && ALIKE.includes(b));

/** A number that contradicts its type, blanks left in a number, an appendix announced but absent, and dates that differ. */
export function checkReferences(plan: Plan, { references, metadata }: Extracted): Finding[] {
  const findings: Finding[] = [];
  for (const reference of references) {
    const paragraph = reference.anchors[0]?.paragraph ?? 0;
    if (reference.number === null) continue;
    if (reference.number.startsWith('/')) {
      findings.push({
        code: 'blank-number',
        message: `${reference.type} ${reference.number}: số văn bản còn để trống.`,
        quote: reference.number,
        expected: null,
        paragraph,
      });
      continue;
    }
    findings.push(...misprintedNumbers(plan, reference.number, reference.anchors));
    for (const { date, anchor } of reference.otherDates) {
      findings.push({
        code: 'date-mismatch',
        message: `${reference.type} số ${reference.number} ghi ngày ${shownDay(date)}, chỗ khác ghi ngày ${shownDay(reference.date ?? '')}.`,
        quote: plan.paragraphs[anchor.paragraph]?.text.slice(anchor.start, anchor.end) ?? reference.number,
        expected: null,
        paragraph: anchor.paragraph,
      });
    }
    if (reference.date !== null && !isOfYear(reference)) {
      findings.push({
        code: 'date-mismatch',
        message: `${reference.type} số ${reference.number} ghi ngày ${shownDay(reference.date)}, khác năm trong số hiệu.`,
        quote: `${reference.type} số ${reference.number}`,
        expected: null,
        paragraph: reference.proof.paragraph,
      });
    }
    const told = typeOfSymbol(reference.number);
    if (told === null || told === 'Công văn' || told === reference.type || reference.type === 'Văn bản') continue;
    if (isAlike(told, reference.type)) continue;
    findings.push({
      code: 'reference-type',
      message: `“${reference.type} số ${reference.number}”: ký hiệu này là của ${told}.`,
      quote: `${reference.type} số ${reference.number}`,
      expected: told,
      paragraph,
    });
  }
  return [...findings, ...missingAppendix(plan), ...appendixDate(plan, metadata.date)];
}

/** "2031-05-02" → "02/05/2031". */
const shownDay = (date: string): string => date.split('-').reverse().join('/');

/** "76/NQCP" for 76/NQ-CP: a number printed without one of its marks. */
function misprintedNumbers(plan: Plan, number: string, anchors: readonly Anchor[]): Finding[] {
  return anchors.flatMap((anchor): Finding[] => {
    const printed =
      plan.paragraphs[anchor.paragraph]?.text
        .slice(anchor.start, anchor.end)
        .split(/\s(?=\d)/u)
        .at(-1) ?? '';
    // A symbol that only lost its marks is the keyboard's or the reader's doing, not the author's.
    if (bare(fold(printed)) === bare(fold(number))) return [];
    return [
      {
        code: 'suspect-word',
        message: `Số hiệu “${printed}” in thiếu dấu nối, có lẽ là “${number}”.`,
        quote: printed,
        expected: number,
        paragraph: anchor.paragraph,
      },
    ];
  });
}

const ANNOUNCED =
  /\(?(?:(?:có\s+)?(?:danh\s+mục|phụ\s+lục|biểu)[^().;]{0,60}kèm\s+theo|kèm\s+theo\s+(?:danh\s+mục|phụ\s+lục)|chi\s+tiết\s+(?:tại|trong|theo)\s+phụ\s+lục)/iu;

function missingAppendix(plan: Plan): Finding[] {
  const has =
    plan.headings.some((heading) => heading.style === 'appendix') || plan.blocks.some((block) => block.role === 'row');
  if (has) return [];
  for (const block of plan.blocks) {
    const match = ANNOUNCED.exec(plan.paragraphs[block.paragraph]?.text ?? '');
    if (match) {
      return [
        {
          code: 'missing-appendix',
          message: `Văn bản nói đến phụ lục hoặc danh mục kèm theo (“${match[0]}”) nhưng không có trong tệp.`,
          quote: match[0],
          expected: null,
          paragraph: block.paragraph,
        },
      ];
    }
  }
  return [];
}

/** "(Ban hành kèm theo Kế hoạch số … ngày 14/01/2026 …)" under an appendix's title against the letterhead's date. */
function appendixDate(plan: Plan, date: string | null): Finding[] {
  return plan.blocks.flatMap((block): Finding[] => {
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    const match = /\((?:Ban hành )?kèm theo Kế hoạch[^)]*\)/iu.exec(text);
    if (!match || block.path.length === 0) return [];
    const own = parseDay(match[0]);
    if (own === null || date === own) return [];
    const blank = date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date);
    return [
      {
        code: 'date-mismatch',
        message: `Phụ lục ghi ngày ${shownDay(own)}, phần đầu văn bản ${blank ? 'để trống ngày' : `ghi ngày ${shownDay(date)}`}.`,
        quote: match[0],
        expected: own,
        paragraph: block.paragraph,
      },
    ];
  });
}
