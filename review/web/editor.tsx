import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { correct, nextOpen } from './actions.ts';
import { mode, type Row, select } from './document-state.ts';
import { FieldInput } from './field-input.tsx';
import { type Form, formOf, readForm } from './form-state.ts';
import { t } from './i18n.ts';

/** Keys of a form: Ctrl+Enter saves, and Enter in an input of one line; Escape leaves. */
export function formKeys(save: () => void, leave: () => void) {
  return (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const isLine = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || isLine)) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The row's form, and what saves it: then the next undecided record is opened. */
export function useRowForm(row: Row): { form: Form; save: () => void; leave: () => void } {
  const form = useMemo(() => formOf(row.kind, row.shown), [row.id]);
  const save = () => {
    const value = readForm(form);
    if (!value) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const wasOpen = row.state === 'open';
    if (!correct(row, value)) return;
    const next = wasOpen ? nextOpen(row.id, 1) : null;
    if (next !== null) select(next);
    else mode.value = 'view';
  };
  return { form, save, leave: () => (mode.value = 'view') };
}

export function FormButtons({ leave }: { leave: () => void }) {
  return (
    <div class="actions">
      <button type="submit" class="primary">
        {t('save')} <kbd>Ctrl Enter</kbd>
      </button>
      <button type="button" class="plain" onClick={leave}>
        {t('cancel')} <kbd>Esc</kbd>
      </button>
    </div>
  );
}

export function Editor({ row }: { row: Row }) {
  const { form, save, leave } = useRowForm(row);
  const element = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const first = element.current?.querySelector<HTMLInputElement>('input, textarea, select');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, []);
  return (
    <form
      ref={element}
      class={`editor kind-${row.kind}`}
      aria-label={t('edit')}
      onKeyDown={formKeys(save, leave)}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div class="inputs">
        {form.fields.map((field) => (
          <FieldInput key={field.name} form={form} field={field} />
        ))}
      </div>
      <FormButtons leave={leave} />
    </form>
  );
}
