import { AREAS, COMPARATORS, PartialDate, RECURRENCES, SECTION_STYLES } from '../../output/record.ts';
import type { ReviewKind, ReviewValue } from '../../output/review/model.ts';
import type { TextKey } from './texts.ts';

/** How a field is edited. Texts of `text` and `long` that may be null are null when empty. */
export interface Field {
  name: string;
  type: 'text' | 'long' | 'number' | 'whole' | 'date' | 'choice' | 'list';
  nullable: boolean;
  choices?: readonly string[];
}

const field = (type: Field['type'], name: string): Field => ({ name, type, nullable: false });
const maybe = (type: Field['type'], name: string): Field => ({ name, type, nullable: true });
const choice = (name: string, choices: readonly string[], nullable = false): Field => ({
  name,
  type: 'choice',
  nullable,
  choices,
});

/** The fields of each kind in the order of the form; the first is the one that is corrected most. */
export const FIELDS: Record<ReviewKind, readonly Field[]> = {
  indicator: [
    field('number', 'value'),
    choice('comparator', COMPARATORS),
    maybe('number', 'valueMax'),
    maybe('text', 'unit'),
    field('long', 'subject'),
    choice('change', ['increase', 'decrease'], true),
    maybe('date', 'deadline'),
    maybe('text', 'period'),
    maybe('text', 'baseline'),
    choice('area', AREAS, true),
    maybe('text', 'measure'),
    field('long', 'quote'),
  ],
  task: [field('long', 'quote'), choice('area', AREAS)],
  duty: [maybe('text', 'unit'), field('long', 'quote')],
  row: [
    field('text', 'no'),
    field('long', 'content'),
    field('long', 'lead'),
    field('long', 'support'),
    field('text', 'deadline'),
    field('long', 'product'),
    maybe('date', 'deadlineDate'),
    choice('recurrence', RECURRENCES, true),
    field('text', 'group'),
    field('list', 'leadUnits'),
    field('list', 'supportUnits'),
  ],
  heading: [field('long', 'title'), maybe('text', 'number'), choice('style', SECTION_STYLES), field('whole', 'level')],
  reference: [
    field('text', 'type'),
    maybe('text', 'number'),
    maybe('date', 'date'),
    maybe('text', 'issuer'),
    maybe('long', 'title'),
  ],
  metadata: [
    maybe('long', 'title'),
    maybe('text', 'type'),
    maybe('text', 'number'),
    maybe('text', 'issuer'),
    maybe('text', 'unit'),
    maybe('text', 'place'),
    maybe('date', 'date'),
    maybe('whole', 'periodFrom'),
    maybe('whole', 'periodTo'),
    maybe('text', 'signatory'),
    maybe('text', 'signatoryRole'),
    maybe('text', 'onBehalf'),
    field('list', 'recipients'),
  ],
};

/** Cells of a task table as its columns stand; the other fields of a row are edited below it. */
export const CELLS = ['no', 'content', 'lead', 'support', 'deadline', 'product'] as const;

export function fieldValue(value: ReviewValue, name: string): unknown {
  return (value as unknown as Record<string, unknown>)[name];
}

/** What stands in the input for a value; numbers with a decimal comma in Vietnamese. */
export function inputText(value: unknown, comma: boolean): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'number') return comma ? String(value).replace('.', ',') : String(value);
  return String(value);
}

const isoDay = (day: string, month: string, year: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
const QUARTERS: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4, '1': 1, '2': 2, '3': 3, '4': 4 };

/** A date as people type it ("15/1/2026", "tháng 2/2026", "quý III/2026") in the record's form; null for no date. */
export function parseDate(text: string): string | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/^(ngày|tháng|năm)\s+/, '');
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed);
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(typed);
  const quarter = /^(?:quý|q)\s*(iv|i{1,3}|[1-4])[/.-](\d{4})$/.exec(typed);
  const iso = day
    ? isoDay(day[1] ?? '', day[2] ?? '', day[3] ?? '')
    : month
      ? `${month[2]}-${month[1]?.padStart(2, '0')}`
      : quarter
        ? `${quarter[2]}-Q${QUARTERS[quarter[1] ?? '']}`
        : typed.toUpperCase();
  if (!PartialDate.safeParse(iso).success) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(iso)) {
    const date = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso) return null;
  }
  return iso;
}

/** A typed number, "98,5" or "1.200" where `comma` is the decimal mark, "98.5" or "1,200" where it is not. Null for none. */
export function parseNumber(text: string, comma: boolean): number | null {
  const typed = text.trim().replace(/\s+/g, '');
  const plain = comma ? typed : typed.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'));
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) return Number(plain.replaceAll('.', '').replace(',', '.'));
  return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : null;
}

/** The field's value as typed, or the key of what is wrong with it. */
export function parseField(
  { type, nullable }: Field,
  text: string,
  comma: boolean,
): { value: unknown } | { error: TextKey } {
  const typed = text.normalize('NFC').trim();
  if (type === 'list')
    return {
      value: typed
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    };
  if (typed === '' && nullable) return { value: null };
  switch (type) {
    case 'number': {
      const value = parseNumber(typed, comma);
      return value === null ? { error: typed === '' ? 'error.required' : 'error.number' } : { value };
    }
    case 'whole': {
      const value = parseNumber(typed, comma);
      return value === null || !Number.isInteger(value) ? { error: 'error.whole' } : { value };
    }
    case 'date': {
      const value = parseDate(typed);
      return value === null ? { error: 'error.date' } : { value };
    }
    default:
      return { value: typed };
  }
}
