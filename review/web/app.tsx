import { useEffect, useRef } from 'preact/hooks';
import { helpOpen, message, route } from './app-state.ts';
import { DocumentPage } from './document-page.tsx';
import { label, type TextKey, t } from './i18n.ts';
import { ListPage } from './list-page.tsx';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['J K', 'keys.move'],
  ['↓ ↑', 'keys.step'],
  ['A', 'keys.accept'],
  ['E', 'keys.edit'],
  ['R', 'keys.reject'],
  ['N', 'keys.note'],
  ['+', 'keys.add'],
  ['Shift A', 'keys.acceptAll'],
  ['U, Ctrl Z', 'keys.undo'],
  ['Ctrl Y', 'keys.redo'],
  ['Ctrl Enter', 'keys.save'],
  ['Esc', 'keys.escape'],
  ['1 … 9', 'keys.tabs'],
  ['PgDn PgUp', 'keys.pages'],
  ['= −', 'keys.zoom'],
  ['0 F', 'keys.fit'],
  ['[ ]', 'keys.documents'],
  ['L', 'keys.list'],
  ['/', 'keys.search'],
  ['?', 'keys.help'],
];

export function Keys({ keys }: { keys: string }) {
  return (
    <span class="keys">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [helpOpen.value]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <header>
        <h2 id="help-title">{t('help')}</h2>
        <button type="button" class="quiet" onClick={() => (helpOpen.value = false)}>
          {t('close')}
        </button>
      </header>
      <dl>
        {KEYS.map(([keys, text]) => (
          <div key={text}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

export function App() {
  return (
    <>
      {route.value === null ? <ListPage /> : <DocumentPage />}
      <div class={`message ${message.value?.kind ?? ''}`} role="status" aria-live="polite">
        {message.value?.text}
      </div>
      <Help />
    </>
  );
}

export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <span class={`badge outcome-${outcome}`}>{label('outcome', outcome)}</span>;
}
