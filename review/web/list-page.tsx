import { computed, signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { bare } from '../../output/review/bare.ts';
import type { DocumentSummary } from '../payload.ts';
import { OutcomeBadge } from './app.tsx';
import { documents, go } from './app-state.ts';
import { Header, Share } from './header.tsx';
import { formatNumber, percent, t } from './i18n.ts';

const FILTERS = ['all', 'open', 'warnings', 'low', 'failed'] as const;
type Filter = (typeof FILTERS)[number];

/** Rows that are drawn at once; the others follow, out of sight. */
const FIRST_ROWS = 40;

const query = signal('');
const filter = signal<Filter>('all');
const cursor = signal(0);

const isOpen = ({ reviewed, records }: DocumentSummary): boolean => reviewed < records;
const passes: Record<Filter, (document: DocumentSummary) => boolean> = {
  all: () => true,
  open: isOpen,
  warnings: ({ warnings, errors }) => warnings + errors > 0,
  low: ({ low }) => low > 0,
  failed: ({ outcome }) => outcome !== 'done',
};

/** Marks do not count: "ke hoach" finds "Kế hoạch". */
const searched = computed(() => {
  const wanted = bare(query.value);
  return (documents.value ?? []).filter(({ source, title, unit }) =>
    bare(`${source} ${title ?? ''} ${unit ?? ''}`).includes(wanted),
  );
});
const shown = computed(() => searched.value.filter(passes[filter.value]));

/** Keys of the list: true where the key was one of its own. */
export function listKey(key: string): boolean {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
  if (step !== undefined) {
    cursor.value = Math.max(0, Math.min(shown.value.length - 1, cursor.value + step));
    document.querySelector<HTMLElement>(`[data-row="${cursor.value}"] a`)?.focus();
    return true;
  }
  if (key === '/') {
    document.querySelector<HTMLInputElement>('#search')?.focus();
    return true;
  }
  return false;
}

function Row({ document: item, index }: { document: DocumentSummary; index: number }) {
  const { counts } = item;
  const number = (value: number) => <td class={`number ${value ? '' : 'zero'}`}>{formatNumber(value)}</td>;
  return (
    <tr data-row={index} onClick={() => go(item.folder)}>
      <td class="name">
        <a href={`#/${encodeURIComponent(item.folder)}`} onFocus={() => (cursor.value = index)}>
          {item.title ?? item.source}
        </a>
        <small>{[item.unit, item.source].filter(Boolean).join(' · ')}</small>
      </td>
      <td>
        <OutcomeBadge outcome={item.outcome} />
      </td>
      {number(item.pages)}
      {number(counts.indicators)}
      {number(counts.tasks)}
      {number(counts.duties)}
      {number(counts.rows)}
      <td class={`number ${item.errors + item.warnings ? 'warn' : 'zero'}`}>
        {formatNumber(item.errors + item.warnings)}
      </td>
      <td class={`number ${item.low ? 'low' : 'zero'}`}>{formatNumber(item.low)}</td>
      <td class="reviewed">
        <Share done={item.reviewed} all={item.records} />
        <span>{percent(item.records ? item.reviewed / item.records : 1)}</span>
      </td>
    </tr>
  );
}

export function ListPage() {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${t('documents')} · kehoach`;
    search.current?.focus();
  }, []);
  const all = documents.value;
  const isWhole = useSignal(false);
  useEffect(() => {
    if (all) setTimeout(() => (isWhole.value = true));
  }, [all !== null]);
  const [done, records] = (all ?? []).reduce(([a, b], item) => [a + item.reviewed, b + item.records], [0, 0]);
  const finished = (all ?? []).filter((item) => !isOpen(item)).length;
  return (
    <div class="list-page">
      <Header>
        <h1 class="brand">kehoach</h1>
        {all && (
          <div class="overall">
            <Share done={done} all={records} />
            <span>{t('list.progress', { done: formatNumber(done), all: formatNumber(records) })}</span>
            <span class="dim">
              {t('list.finished', { done: formatNumber(finished), all: formatNumber(all.length) })}
            </span>
          </div>
        )}
      </Header>
      <main>
        <div class="tools">
          <input
            id="search"
            ref={search}
            type="search"
            placeholder={t('search')}
            aria-label={t('search')}
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value;
              cursor.value = 0;
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') {
                cursor.value = -1;
                listKey('j');
                event.preventDefault();
              } else if (event.key === 'Enter' && shown.value[0]) go(shown.value[0].folder);
            }}
          />
          <fieldset class="chips" aria-label={t('show.all')}>
            {FILTERS.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={filter.value === name}
                onClick={() => {
                  filter.value = name;
                  cursor.value = 0;
                }}
              >
                {t(`filter.${name}`)}{' '}
                <span class="count">{formatNumber(searched.value.filter(passes[name]).length)}</span>
              </button>
            ))}
          </fieldset>
        </div>
        {all === null ? (
          <p class="empty">{t('loading')}</p>
        ) : (
          <table class="documents">
            <thead>
              <tr>
                <th scope="col">{t('list.name')}</th>
                <th scope="col">{t('list.outcome')}</th>
                {(['pages', 'indicators', 'tasks', 'duties', 'rows', 'warnings', 'low'] as const).map((name) => (
                  <th key={name} scope="col" class="number">
                    {t(`list.${name}`)}
                  </th>
                ))}
                <th scope="col">{t('list.reviewed')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.value.slice(0, isWhole.value ? undefined : FIRST_ROWS).map((item, index) => (
                <Row key={item.folder} document={item} index={index} />
              ))}
            </tbody>
          </table>
        )}
        {all !== null && shown.value.length === 0 && <p class="empty">{t('list.none')}</p>}
      </main>
    </div>
  );
}
