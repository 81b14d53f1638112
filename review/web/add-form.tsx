import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Added } from '../../output/review/model.ts';
import { addRecord } from './actions.ts';
import { locate } from './api.ts';
import { sayError, who } from './app-state.ts';
import { mark, mode, payload, TABS, tab } from './document-state.ts';
import { draftForm } from './draft.ts';
import { FormButtons, formKeys } from './editor.tsx';
import { FieldInput } from './field-input.tsx';
import { readForm } from './form-state.ts';
import { t } from './i18n.ts';
import type { Evidence } from './types.ts';

/** Milliseconds after the last key before the words are looked for. */
const PAUSE = 250;

type AddedKind = Added['kind'];
const KINDS = TABS.filter((kind): kind is AddedKind => kind !== 'metadata');

/** A record that the extraction missed: its words are taken from the page or typed, its fields filled in. */
export function AddForm() {
  const tables = payload.value?.record.taskTables ?? [];
  const kinds = KINDS.filter((kind) => kind !== 'row' || tables.length > 0);
  const kind = useSignal<AddedKind>(kinds.find((name) => name === tab.value) ?? 'indicator');
  const table = useSignal(tables[0]?.id ?? '');
  const quote = useSignal(mark.value?.text ?? '');
  const evidence = useSignal<Evidence[]>([]);
  const words = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => words.current?.focus(), []);

  // Words marked while the form is open take the place of those in it.
  useSignalEffect(() => {
    if (mark.value) quote.value = mark.value.text;
  });
  useSignalEffect(() => {
    const [text, folder, marked] = [quote.value.trim(), payload.value?.entry.folder, mark.value];
    evidence.value = [];
    if (text === '' || folder === undefined) return;
    const own = marked?.text === quote.value ? marked : null;
    const clock = setTimeout(() => {
      locate(folder, text, own?.page ?? null, own?.box ?? null).then((found) => (evidence.value = found), sayError);
    }, PAUSE);
    return () => clearTimeout(clock);
  });
  const place = useComputed(() => evidence.value[0]);
  const form = useMemo(
    () => draftForm(kind.value, quote.value.trim(), evidence.value),
    [kind.value, quote.value, place.value?.line[0]],
  );

  const leave = () => (mode.value = 'view');
  const save = () => {
    const record = readForm(form);
    if (!record) return;
    const id = `${kind.value}-added-${crypto.randomUUID().slice(0, 8)}`;
    const added = {
      id,
      kind: kind.value,
      table: kind.value === 'row' ? table.value : null,
      record: { ...record, id, evidence: evidence.value },
      note: null,
      who: who.value.trim() || null,
      when: new Date().toISOString(),
    } as Added;
    if (addRecord(added)) mark.value = null;
  };
  return (
    <form
      class="editor add-form"
      aria-labelledby="add-title"
      onKeyDown={formKeys(save, leave)}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2 id="add-title">{t('addTitle')}</h2>
      <div class="inputs">
        <div class="field">
          <label for="add-kind">{t('kind')}</label>
          <select
            id="add-kind"
            value={kind.value}
            onInput={(event) => (kind.value = event.currentTarget.value as AddedKind)}
          >
            {kinds.map((name) => (
              <option key={name} value={name}>
                {t(`kind.${name}`)}
              </option>
            ))}
          </select>
        </div>
        {kind.value === 'row' && tables.length > 1 && (
          <div class="field">
            <label for="add-table">{t('table')}</label>
            <select id="add-table" value={table.value} onInput={(event) => (table.value = event.currentTarget.value)}>
              {tables.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field type-long">
          <label for="add-quote">{t('field.quote')}</label>
          <textarea
            id="add-quote"
            ref={words}
            rows={3}
            placeholder={t('addHint')}
            value={quote.value}
            onInput={(event) => (quote.value = event.currentTarget.value)}
          />
          <p class={place.value ? 'found' : 'dim'} role="status">
            {place.value
              ? t('placed', { page: place.value.page, line: place.value.line[0] })
              : quote.value.trim() && t('notPlaced')}
          </p>
        </div>
        {quote.value.trim() !== '' &&
          form.fields
            .filter(({ name }) => name !== 'quote')
            .map((field) => <FieldInput key={field.name} form={form} field={field} />)}
      </div>
      <FormButtons leave={leave} />
    </form>
  );
}
