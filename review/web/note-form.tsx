import { useLayoutEffect, useRef } from 'preact/hooks';
import { annotate } from './actions.ts';
import { mode, type Row } from './document-state.ts';
import { t } from './i18n.ts';

export function NoteForm({ row }: { row: Row }) {
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const save = () => {
    if (annotate(row, input.current?.value ?? '')) mode.value = 'view';
  };
  return (
    <form
      class="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') mode.value = 'view';
        else if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        else save();
        event.preventDefault();
      }}
    >
      <label>
        {t('note')}
        <textarea ref={input} rows={2} maxLength={10_000} defaultValue={row.entry?.note ?? ''} />
      </label>
      <div class="actions">
        <button type="submit" class="primary">
          {t('save')}
        </button>
        <button type="button" class="plain" onClick={() => (mode.value = 'view')}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
