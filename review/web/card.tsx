import type { ComponentChildren } from 'preact';
import { LOW_CONFIDENCE } from '../payload.ts';
import { decide } from './actions.ts';
import { readOnly } from './api.ts';
import { mode, type Row, select, selected } from './document-state.ts';
import { Editor } from './editor.tsx';
import { CELLS, FIELDS, type Field, fieldValue } from './fields.ts';
import { formatNumber, label, percent, t } from './i18n.ts';
import { NoteForm } from './note-form.tsx';
import { SourceWords } from './source-words.tsx';
import type { Indicator } from './types.ts';

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=', range: '' };

/** "≥ 98 %", "tăng 20 %". */
export function amountOf({ comparator, value, valueMax, unit, change }: Indicator): string {
  const numbers = valueMax === null ? formatNumber(value) : `${formatNumber(value)} – ${formatNumber(valueMax)}`;
  const sign = change && comparator === '=' ? '' : SIGNS[comparator];
  return [change && label('choice', change), sign, numbers, unit].filter(Boolean).join(' ');
}

export function showValue({ type }: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.join('; ');
  // A year is a number without a thousands mark.
  if (typeof value === 'number') return type === 'number' ? formatNumber(value) : String(value);
  return type === 'choice' ? label('choice', String(value)) : String(value);
}

export function Confidence({ value }: { value: number | null }) {
  if (value === null) return null;
  const level = value < LOW_CONFIDENCE ? 'low' : value < 0.9 ? 'middling' : 'high';
  return (
    <span class={`confidence ${level}`} title={t('confidence')}>
      {percent(value)}
    </span>
  );
}

/** Headings without a number are named by their kind. */
function pathOf(section: readonly string[]): string {
  return section.map((number) => label('choice', number)).join(' › ');
}

export function StateMark({ state }: { state: Row['state'] }) {
  const sign = { open: '', accept: '✓', patch: '✎', reject: '✕', added: '+' }[state];
  return (
    <span class={`state state-${state}`} title={t(`state.${state}`)}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{t(`state.${state}`)}</span>
    </span>
  );
}

function Headline({ row }: { row: Row }) {
  const get = (name: string) => String(fieldValue(row.shown, name) ?? '');
  switch (row.kind) {
    case 'indicator':
      return (
        <>
          <span class="amount">{amountOf(row.shown as Indicator)}</span>
          <span>{get('subject')}</span>
        </>
      );
    case 'duty':
      return (
        <>
          <strong class="unit">{get('unit') || '–'}</strong>
          <span>{get('quote')}</span>
        </>
      );
    case 'heading':
      return (
        <span style={{ paddingLeft: `${(Number(get('level')) - 1) * 1.25}em` }}>
          <strong class="heading-number">{get('number') || label('choice', get('style'))}</strong> {get('title')}
        </span>
      );
    case 'reference':
      return (
        <>
          <strong>{[get('type'), get('number')].filter(Boolean).join(' ')}</strong>
          <span>{[get('date'), get('issuer'), get('title')].filter(Boolean).join(' · ')}</span>
        </>
      );
    default:
      return <span>{get(row.kind === 'metadata' ? 'title' : 'quote') || '–'}</span>;
  }
}

/** Fields that the headline shows already. */
const IN_HEADLINE: Record<string, readonly string[]> = {
  metadata: ['title'],
  indicator: ['subject', 'quote', 'value', 'valueMax', 'comparator', 'unit', 'change'],
  task: ['quote'],
  duty: ['unit', 'quote'],
  heading: ['title'],
  row: CELLS,
};

export function Fields({ row }: { row: Row }) {
  const shown = FIELDS[row.kind].flatMap((field) => {
    const [now, before] = [fieldValue(row.shown, field.name), fieldValue(row.value, field.name)];
    const isChanged = JSON.stringify(now) !== JSON.stringify(before);
    const text = showValue(field, now);
    if (!isChanged && (text === '' || IN_HEADLINE[row.kind]?.includes(field.name))) return [];
    return [{ field, text, before: isChanged ? showValue(field, before) : null }];
  });
  if (!shown.length) return null;
  return (
    <dl class="fields">
      {shown.map(({ field, text, before }) => (
        <div key={field.name}>
          <dt>{label('field', field.name)}</dt>
          <dd>
            {before !== null && (
              <>
                <del title={t('was')}>{before || '–'}</del>{' '}
              </>
            )}
            {before === null ? text : <ins>{text || '–'}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function RowActions({ row }: { row: Row }) {
  if (readOnly) return null;
  const button = (key: string, text: ComponentChildren, action: () => void, style: string) => (
    <button type="button" class={style} onClick={action}>
      <kbd>{key}</kbd> {text}
    </button>
  );
  return (
    <div class="actions">
      {row.state !== 'added' && button('A', t('accept'), () => decide('accept'), 'primary')}
      {button('E', t('edit'), () => (mode.value = 'edit'), 'plain')}
      {row.kind !== 'metadata' &&
        button('R', t(row.state === 'added' ? 'remove' : 'reject'), () => decide('reject'), 'plain')}
      {button('N', t('note'), () => (mode.value = 'note'), 'plain')}
    </div>
  );
}

export function Note({ row }: { row: Row }) {
  const { entry } = row;
  if (!entry) return null;
  return (
    <p class="signed">
      {entry.note && <span class="note-text">{entry.note}</span>}
      <span class="dim">
        {[t(`state.${row.state}`), entry.who, entry.when.slice(0, 10)].filter(Boolean).join(' · ')}
      </span>
    </p>
  );
}

/** What an opened record shows below its headline. */
export function Details({ row }: { row: Row }) {
  if (mode.value === 'edit') return <Editor row={row} />;
  const isQuoted = row.kind === 'indicator';
  return (
    <div class="details">
      {isQuoted && <blockquote>{row.quote}</blockquote>}
      <SourceWords evidence={row.evidence} />
      <Fields row={row} />
      <Note row={row} />
      {mode.value === 'note' ? <NoteForm row={row} /> : <RowActions row={row} />}
    </div>
  );
}

export function Card({ row }: { row: Row }) {
  const isChosen = row.id === selected.value;
  const page = row.evidence[0]?.page;
  return (
    <li
      class={`card state-${row.state} ${isChosen ? 'chosen' : ''}`}
      data-id={row.id}
      aria-current={isChosen ? 'true' : undefined}
      tabIndex={-1}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the page choose records */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div class="headline" onClick={() => row.id !== selected.value && select(row.id)}>
        <StateMark state={row.state} />
        <div class="words">
          <Headline row={row} />
        </div>
        <span class="where">
          {[pathOf(row.section), page && t('pageShort', { page })].filter(Boolean).join(' · ')}
          {row.entry?.note && <span title={row.entry.note}> ✉</span>}
        </span>
        <Confidence value={row.confidence} />
      </div>
      {isChosen && <Details row={row} />}
    </li>
  );
}
