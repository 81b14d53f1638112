import { type Signal, signal } from '@preact/signals';
import { RECORD_SCHEMAS, type ReviewKind, type ReviewValue } from '../../output/review/model.ts';
import { FIELDS, type Field, fieldValue, inputText, parseField } from './fields.ts';
import { language, type TextKey, t } from './i18n.ts';

/** A form over one record: what is typed in each field, and what is wrong with it. */
export interface Form {
  kind: ReviewKind;
  base: ReviewValue;
  fields: readonly Field[];
  texts: Record<string, Signal<string>>;
  errors: Signal<Record<string, string>>;
}

const comma = (): boolean => language.value === 'vi';

export function formOf(kind: ReviewKind, base: ReviewValue): Form {
  const fields = FIELDS[kind];
  const texts = Object.fromEntries(
    fields.map(({ name }) => [name, signal(inputText(fieldValue(base, name), comma()))]),
  );
  return { kind, base, fields, texts, errors: signal({}) };
}

const known = (key: TextKey): string => t(key);

/** The record as typed; null where a field is wrong: then the form says which. A field not touched keeps its value. */
export function readForm({ kind, base, fields, texts, errors }: Form): ReviewValue | null {
  const wrong: Record<string, string> = {};
  const value: Record<string, unknown> = { ...(base as unknown as Record<string, unknown>) };
  for (const field of fields) {
    const text = texts[field.name]?.value ?? '';
    if (text === inputText(fieldValue(base, field.name), comma()) && text !== '') continue;
    const result = parseField(field, text, comma());
    if ('error' in result) wrong[field.name] = known(result.error);
    else value[field.name] = result.value;
  }
  if (kind === 'indicator' && !wrong.value && !wrong.valueMax) {
    const {
      comparator,
      value: least,
      valueMax,
    } = value as { comparator: string; value: number; valueMax: number | null };
    if (comparator === 'range' && (valueMax === null || valueMax < least)) wrong.valueMax = known('error.range');
  }
  if (!Object.keys(wrong).length) {
    const parsed = RECORD_SCHEMAS[kind].safeParse(value);
    if (parsed.success) {
      errors.value = {};
      return parsed.data;
    }
    const issue = parsed.error.issues[0];
    wrong[String(issue?.path[0] ?? '')] = t('error.record', { message: issue?.message ?? '' });
  }
  errors.value = wrong;
  return null;
}
