import type { Field } from './fields.ts';
import type { Form } from './form-state.ts';
import { label, t } from './i18n.ts';

const rowsFor = (text: string, width: number): number =>
  Math.max(
    1,
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0),
  );

interface Props {
  form: Form;
  field: Field;
  /** Without its own label, in a table. */
  bare?: boolean;
}

/** One typed input with what is wrong below it. */
export function FieldInput({ form, field, bare = false }: Props) {
  const text = form.texts[field.name];
  if (!text) return null;
  const id = `field-${field.name}`;
  const error = form.errors.value[field.name];
  const common = {
    id,
    value: text.value,
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined ? undefined : `${id}-error`,
    'aria-label': bare ? label('field', field.name) : undefined,
    onInput: (event: { currentTarget: { value: string } }) => (text.value = event.currentTarget.value),
  };
  const isLong = field.type === 'long' || field.type === 'list' || bare;
  return (
    <div class={`field type-${field.type}`}>
      {!bare && <label for={id}>{label('field', field.name)}</label>}
      {field.type === 'choice' ? (
        <select {...common}>
          {field.nullable && <option value="">{t('choice.none')}</option>}
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {label('choice', choice)}
            </option>
          ))}
        </select>
      ) : isLong ? (
        <textarea {...common} rows={rowsFor(text.value, bare ? 16 : 56)} />
      ) : (
        <input {...common} inputMode={field.type === 'number' ? 'decimal' : undefined} autocomplete="off" />
      )}
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
