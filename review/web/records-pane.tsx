import { useEffect, useRef } from 'preact/hooks';
import { acceptAll, acceptable, dropMisfit } from './actions.ts';
import { AddForm } from './add-form.tsx';
import { readOnly } from './api.ts';
import { Card } from './card.tsx';
import {
  type Filter,
  filter,
  issues,
  misfits,
  mode,
  rows,
  selected,
  showTab,
  TABS,
  type Tab,
  tab,
  threshold,
  visibleRows,
} from './document-state.ts';
import { formatNumber, label, t } from './i18n.ts';
import { tabNames } from './keys.ts';
import { TaskTables } from './task-tables.tsx';
import { showPage } from './view-state.ts';

const FILTERS: readonly Filter[] = ['all', 'open', 'low'];

function countOf(name: Tab): string {
  if (name === 'issues') return formatNumber(issues.value.length);
  if (name === 'misfits') return formatNumber(misfits.value.length);
  const list = rows.value[name];
  const open = list.filter(({ state }) => state === 'open').length;
  return open === 0 && list.length ? `✓ ${formatNumber(list.length)}` : formatNumber(open);
}

function Tabs() {
  const names = tabNames();
  const turn = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = names[(names.indexOf(tab.value) + step + names.length) % names.length] ?? tab.value;
    showTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('records')}>
      {names.map((name, i) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          class={`kind-${name}`}
          aria-selected={tab.value === name}
          aria-controls="records"
          tabIndex={tab.value === name ? 0 : -1}
          title={`${t(`tab.${name}`)} (${i + 1})`}
          onClick={() => showTab(name)}
          onKeyDown={turn}
        >
          {t(`tab.${name}`)}
          <span class="count">{countOf(name)}</span>
        </button>
      ))}
    </div>
  );
}

function ListTools() {
  const count = acceptable().length;
  const hasConfidence = rows.value[tab.value as (typeof TABS)[number]].some(({ confidence }) => confidence !== null);
  return (
    <div class="list-tools">
      <fieldset class="chips" aria-label={t('records')}>
        {FILTERS.map((name) => (
          <button key={name} type="button" aria-pressed={filter.value === name} onClick={() => (filter.value = name)}>
            {t(`show.${name}`)}
          </button>
        ))}
      </fieldset>
      <span class="spring" />
      {!readOnly && hasConfidence && (
        <label class="threshold">
          {t('acceptAbove')}
          <input
            type="number"
            min={0}
            max={100}
            aria-label={t('threshold')}
            value={threshold.value}
            onInput={(event) => (threshold.value = Number(event.currentTarget.value))}
          />
          %
        </label>
      )}
      {!readOnly && (
        <button type="button" class="plain" disabled={count === 0} title="Shift+A" onClick={acceptAll}>
          {hasConfidence ? t('accepts', { count }) : t('acceptRest', { count })}
        </button>
      )}
      {!readOnly && (
        <button type="button" class="plain" title="+" onClick={() => (mode.value = 'add')}>
          + {t('add')}
        </button>
      )}
    </div>
  );
}

function Issues() {
  const order = ['error', 'warning', 'info'];
  const list = [...issues.value].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  if (!list.length) return <p class="empty">{t('emptyTab')}</p>;
  return (
    <ul class="issues">
      {list.map(({ severity, code, message, page, quote, expected }, i) => (
        <li key={i} class={`severity-${severity}`}>
          <strong>{label('issue', code)}</strong> <span class="dim">{t(`severity.${severity}`)}</span>
          {page !== null && (
            <button type="button" class="quiet" onClick={() => showPage(page)}>
              {t('pageShort', { page })}
            </button>
          )}
          {quote && (
            <p class="quote">
              “{quote}”{expected && ` → ${t('expected')} “${expected}”`}
            </p>
          )}
          <p class="dim">{message}</p>
        </li>
      ))}
    </ul>
  );
}

function Misfits() {
  return (
    <>
      <p class="empty">{t('misfitsHint')}</p>
      <ul class="issues">
        {misfits.value.map(({ entry, reason }) => (
          <li key={entry.id}>
            <strong>{t(`misfit.${reason}`)}</strong> <span class="dim">{t(`kind.${entry.kind}`)}</span>
            <p class="quote">{'quote' in entry ? entry.quote : JSON.stringify(entry.record)}</p>
            <p class="dim">{[entry.who, entry.when.slice(0, 10), entry.note].filter(Boolean).join(' · ')}</p>
            {!readOnly && (
              <button type="button" class="plain" onClick={() => dropMisfit(entry)}>
                {t('drop')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Records({ kind }: { kind: (typeof TABS)[number] }) {
  const list = visibleRows(kind);
  if (!list.length) return <p class="empty">{t(rows.value[kind].length ? 'emptyFilter' : 'emptyTab')}</p>;
  if (kind === 'row') return <TaskTables rows={list} />;
  return (
    <ol class={`cards kind-${kind}`}>
      {list.map((row) => (
        <Card key={row.id} row={row} />
      ))}
    </ol>
  );
}

export function RecordsPane() {
  const pane = useRef<HTMLDivElement>(null);
  const kind = TABS.find((name) => name === tab.value);
  useEffect(() => {
    const chosen = pane.current?.querySelector<HTMLElement>('[aria-current="true"]');
    chosen?.scrollIntoView({ block: 'nearest' });
    if (chosen && mode.value === 'view' && !chosen.contains(document.activeElement))
      chosen.focus({ preventScroll: true });
  }, [selected.value, tab.value, mode.value]);
  return (
    <section class="records" aria-label={t('records')}>
      <Tabs />
      {kind && <ListTools />}
      <div ref={pane} id="records" class="record-list" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
        {mode.value === 'add' && <AddForm />}
        {kind ? <Records kind={kind} /> : tab.value === 'issues' ? <Issues /> : <Misfits />}
      </div>
    </section>
  );
}
