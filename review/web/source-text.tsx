import { useEffect, useMemo, useRef } from 'preact/hooks';
import { findQuote } from '../../output/diff/locate.ts';
import { allRows, mark, payload, type Row, select, selected, selectedRow } from './document-state.ts';
import { t } from './i18n.ts';
import { zoom } from './view-state.ts';

function rowsByLine(rows: readonly Row[]): Map<number, Row[]> {
  const lines = new Map<number, Row[]>();
  for (const row of rows) {
    for (const { line } of row.evidence) {
      for (let n = line[0]; n <= line[1]; n++) lines.set(n, [...(lines.get(n) ?? []), row]);
    }
  }
  return lines;
}

/** The spans of the selected record's quote, by line. */
function quoteSpans(row: Row | null, lines: readonly string[]): Map<number, readonly [number, number]> {
  const spans = new Map<number, readonly [number, number]>();
  for (const { line } of row?.evidence ?? []) {
    const own = lines.slice(line[0] - 1, line[1]);
    const found = row ? findQuote(own, row.quote) : null;
    own.forEach((text, i) => {
      const span = found ? found[i] : ([0, text.length] as const);
      if (span) spans.set(line[0] + i, span);
    });
  }
  return spans;
}

function Line({
  text,
  number,
  rows,
  span,
}: {
  text: string;
  number: number;
  rows: Row[];
  span: readonly [number, number] | undefined;
}) {
  const next = () => {
    if (!document.getSelection()?.isCollapsed) return;
    const at = rows.findIndex(({ id }) => id === selected.value);
    const row = rows[at + 1] ?? rows[0];
    if (row) select(row.id);
  };
  const [start, end] = span ?? [0, 0];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses records on the other side
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      class={`line ${rows.length ? `kind-${rows[0]?.kind} state-${rows[0]?.state}` : ''}`}
      data-line={number}
      onClick={next}
    >
      <span class="line-number">{number}</span>
      <span class="line-text">
        {span ? (
          <>
            {text.slice(0, start)}
            <mark data-record={selected.value}>{text.slice(start, end)}</mark>
            {text.slice(end)}
          </>
        ) : (
          text
        )}
      </span>
    </div>
  );
}

/** The lines of text.txt, for plain text and where there are no pictures. */
export function SourceText() {
  const pane = useRef<HTMLElement>(null);
  const lines = payload.value?.lines ?? [];
  const rows = allRows.value;
  const byLine = useMemo(() => rowsByLine(rows), [rows]);
  const row = selectedRow.value;
  const spans = useMemo(() => quoteSpans(row, lines), [row?.id, lines]);
  const first = Math.min(...spans.keys());

  useEffect(() => {
    pane.current?.querySelector(`[data-line="${first}"]`)?.scrollIntoView({ block: 'center' });
  }, [row?.id, first]);

  useEffect(() => {
    const take = () => {
      const selection = document.getSelection();
      if (!selection?.anchorNode || !pane.current?.contains(selection.anchorNode)) return;
      const text = [...selection.toString().matchAll(/\S+/g)].map(([word]) => word).join(' ');
      mark.value = text === '' ? null : { page: 1, box: null, text, words: text.split(' ').length };
    };
    document.addEventListener('selectionchange', take);
    return () => document.removeEventListener('selectionchange', take);
  }, []);

  return (
    <section
      ref={pane}
      class="pages text"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
      tabIndex={0}
      aria-label={t('source')}
      style={{ fontSize: `${zoom.value}em` }}
    >
      {lines.map((text, i) => (
        <Line key={i} text={text} number={i + 1} rows={byLine.get(i + 1) ?? []} span={spans.get(i + 1)} />
      ))}
    </section>
  );
}
