import type { Section } from '../../output/record.ts';
import type { ReviewKind, ReviewValue } from '../../output/review/model.ts';
import { payload } from './document-state.ts';
import { type Form, formOf } from './form-state.ts';
import type { Evidence } from './types.ts';

/** Numbers of the headings above a line. */
function sectionAt(sections: readonly Section[], line: number): string[] {
  const before = sections.filter(({ evidence }) => (evidence[0]?.line[0] ?? Number.POSITIVE_INFINITY) <= line);
  const last = before.at(-1);
  if (!last) return [];
  return [last.number ?? (last.style === 'star' ? '*' : last.style), ...sectionAt(last.children, line)];
}

const AT_LEAST = /tối thiểu|ít nhất|trở lên|từ\s+\d/i;
const AT_MOST = /tối đa|không quá|nhiều nhất|dưới/i;

/** A guess at the amount, for the reviewer to look over. */
function amountIn(quote: string): object {
  const found = /(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*(%)?/.exec(quote);
  const whole = found?.[1]?.replaceAll('.', '') ?? '0';
  const comparator = AT_LEAST.test(quote) ? '>=' : AT_MOST.test(quote) ? '<=' : '=';
  return { value: Number(found?.[2] ? `${whole}.${found[2]}` : whole), comparator, unit: found?.[3] ?? null };
}

function areaAt(line: number): string {
  const tasks = payload.value?.record.tasks ?? [];
  return tasks.findLast(({ evidence }) => (evidence[0]?.line[0] ?? 0) <= line)?.area ?? 'khac';
}

function draft(kind: ReviewKind, quote: string, line: number): object {
  const section = sectionAt(payload.value?.record.sections ?? [], line);
  const common = { id: '', evidence: [], confidence: 1 };
  const none = { number: null, date: null, issuer: null, title: null };
  const row = {
    no: '',
    group: '',
    lead: '',
    support: '',
    deadline: '',
    deadlineDate: null,
    recurrence: null,
    product: '',
  };
  switch (kind) {
    case 'indicator': {
      const rest = {
        valueMax: null,
        change: null,
        deadline: null,
        period: null,
        baseline: null,
        area: null,
        measure: null,
      };
      return { ...common, quote, subject: quote, ...amountIn(quote), ...rest, section };
    }
    case 'task':
      return { ...common, quote, area: areaAt(line), section };
    case 'duty':
      return { ...common, unit: null, quote, section };
    case 'row':
      return { ...common, ...row, content: quote, leadUnits: [], supportUnits: [] };
    case 'heading':
      return { id: '', evidence: [], number: null, style: 'decimal', level: section.length + 1, title: quote };
    default:
      return { id: '', evidence: [], type: 'Văn bản', ...none, number: quote };
  }
}

/** A form for a record with these words, filled with what can be guessed. */
export function draftForm(kind: ReviewKind, quote: string, evidence: readonly Evidence[]): Form {
  return formOf(kind, draft(kind, quote, evidence[0]?.line[0] ?? 0) as ReviewValue);
}
