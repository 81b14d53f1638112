import type { ComponentChildren } from 'preact';
import { readOnly } from './api.ts';
import { helpOpen, setWho, who } from './app-state.ts';
import { language, setLanguage, t } from './i18n.ts';

/** The bar on top of both pages. */
export function Header({ children }: { children: ComponentChildren }) {
  return (
    <header class="bar">
      {children}
      <div class="bar-end">
        {!readOnly && (
          <label class="who">
            <span>{t('reviewer')}</span>
            <input
              value={who.value}
              maxLength={200}
              autocomplete="off"
              onInput={(event) => setWho(event.currentTarget.value)}
            />
          </label>
        )}
        <fieldset class="languages" aria-label={t('language')}>
          {(['vi', 'en'] as const).map((code) => (
            <button key={code} type="button" aria-pressed={language.value === code} onClick={() => setLanguage(code)}>
              {code.toUpperCase()}
            </button>
          ))}
        </fieldset>
        <button type="button" class="quiet" onClick={() => (helpOpen.value = true)}>
          <kbd>?</kbd> {t('help')}
        </button>
      </div>
    </header>
  );
}

/** A share as a bar; the words beside it say the same. */
export function Share({ done, all }: { done: number; all: number }) {
  const share = all ? done / all : 1;
  return (
    <span class={`share ${share === 1 ? 'whole' : ''}`} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
