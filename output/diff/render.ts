import { foldWords } from '../fold.ts';
import { pad, paint, textWidth, type View, wrapOffsets } from '../terminal.ts';
import type { DiffEntry, FieldValue } from './entries.ts';
import { findQuote, missingWords } from './locate.ts';
import { cutAround, highlight } from './source-text.ts';

const SIGNS: Record<string, string> = { '>=': '≥', '<=': '≤', range: '' };
/** Shown together as one amount, "increase ≥ 20 %". */
const AMOUNT = new Set(['value', 'valueMax', 'comparator', 'unit', 'change']);
const INDENT = '  ';
const KIND_WIDTH = 11;
const GUTTER = 12;
/** Rows of a long line shown where the quote is not found in it. */
const UNFOUND_ROWS = 3;

function amountOf({ fields }: DiffEntry): string {
  const { change, comparator, value, valueMax, unit } = fields;
  if (value === undefined) return '';
  const sign = SIGNS[String(comparator)] ?? String(comparator);
  const numbers = valueMax === null ? String(value) : `${value}–${valueMax}`;
  return [change, sign, numbers, unit].filter(Boolean).join(' ');
}

function fieldText(value: FieldValue): string {
  return Array.isArray(value) ? value.join('; ') : String(value ?? '');
}

/** Indented text that goes on under itself. */
function hanging(label: string, text: string, width: number): string[] {
  const room = Math.max(20, width - textWidth(label));
  const pieces = wrapOffsets(text, room).map(([start, end]) => text.slice(start, end));
  return pieces.map((piece, i) => (i === 0 ? label : ' '.repeat(textWidth(label))) + piece);
}

function sourceRows(entry: DiffEntry, { color, width }: View): string[] {
  const lines = entry.source.map(({ text }) => text);
  const spans = findQuote(lines, entry.quote);
  const room = Math.max(30, width - INDENT.length - GUTTER - 4);
  return entry.source.flatMap(({ page, line, text }, i) => {
    const cut = cutAround(text, spans?.[i], spans ? room : room * UNFOUND_ROWS);
    return highlight(cut.text, cut.span, room, color).map((piece, row) => {
      const gutter = pad(row === 0 ? `p${page} l${line}` : '', GUTTER);
      return `${INDENT}${paint(`${gutter}│`, 'dim', color)} ${piece}`.trimEnd();
    });
  });
}

function flagRows(entry: DiffEntry, { color, width }: View): string[] {
  if (entry.standsInSource) return [];
  const missing = missingWords(
    foldWords(entry.quote),
    entry.source.flatMap(({ text }) => foldWords(text)),
  );
  const reason = !entry.source.length
    ? 'names no line of the text'
    : missing.length
      ? `not in these lines: ${missing.join(' ')}`
      : entry.kind === 'row'
        ? 'a cell does not stand in these lines'
        : 'the words stand in these lines, but not one after the other';
  return [
    ...hanging(`${INDENT}${pad('! CHECK', GUTTER)}  `, reason, width).map((row) => paint(row, 'red', color)),
    ...hanging(`${INDENT}${pad('quote', GUTTER)}  `, entry.quote, width),
  ];
}

function fieldRows(entry: DiffEntry, { color, width }: View): string[] {
  const amount = amountOf(entry);
  const shown = Object.entries(entry.fields).flatMap(([name, value]): [string, string][] => {
    const text = fieldText(value);
    return text === '' || (amount && AMOUNT.has(name)) ? [] : [[name, text]];
  });
  const nameWidth = Math.max(0, ...shown.map(([name]) => name.length));
  const amountWidth = amount ? Math.max(GUTTER, textWidth(amount) + 2) : GUTTER;
  const rows = shown.flatMap(([name, text], i) => {
    const head = pad(i === 0 ? amount : '', amountWidth);
    const [first = '', ...rest] = hanging(`${INDENT}${head}  ${pad(name, nameWidth)}  `, text, width);
    const label = INDENT.length + amountWidth + 2 + nameWidth;
    const styled =
      INDENT + paint(head, 'bold', color) + paint(first.slice(INDENT.length + head.length, label), 'dim', color);
    return [styled + first.slice(label), ...rest];
  });
  return rows.length || !amount ? rows : [INDENT + paint(amount, 'bold', color)];
}

function restoredRows({ restored }: DiffEntry, { color, width }: View): string[] {
  if (!restored.length) return [];
  const text = restored.map(({ raw, text: mended }) => `${raw} → ${mended}`).join(' · ');
  return hanging(`${INDENT}${pad('restored', GUTTER)}  `, text, width).map((row) => paint(row, 'green', color));
}

const DECISIONS = { accept: '✓ accepted', patch: '✎ corrected', reject: '✕ rejected', added: '+ added' };

function reviewRows({ review }: DiffEntry, { color, width }: View): string[] {
  if (!review) return [];
  const verdict = review.decision === null ? 'noted' : DECISIONS[review.decision];
  const text = [[verdict, review.who].filter(Boolean).join(' by '), review.note].filter(Boolean).join(': ');
  return hanging(`${INDENT}${pad('review', GUTTER)}  `, text, width).map((row) => paint(row, 'cyan', color));
}

/** A heading's fields stand in its own row: there are many headings, and their number is in the path. */
function headingWords({ kind, fields: { style, level, runIn } }: DiffEntry): string {
  return kind === 'heading' ? `${style}, level ${level}${runIn ? ', runs on' : ''}` : '';
}

function entryRows(entry: DiffEntry, view: View): string[] {
  const { color } = view;
  const path = entry.section.join(' › ') || String(entry.fields.group ?? '') || '–';
  const confidence = entry.confidence === null ? headingWords(entry) : `confidence ${entry.confidence.toFixed(2)}`;
  const tail = [confidence, entry.id].filter(Boolean).join('  ');
  return [
    `${paint(pad(entry.kind, KIND_WIDTH), 'bold', color)} ${path}  ${paint(tail, 'dim', color)}`,
    ...sourceRows(entry, view),
    ...flagRows(entry, view),
    ...(entry.kind === 'heading' ? [] : fieldRows(entry, view)),
    ...restoredRows(entry, view),
    ...reviewRows(entry, view),
    '',
  ];
}

function titleRow(document: string, entries: readonly DiffEntry[], { color, width }: View): string {
  const wrong = entries.filter((entry) => !entry.standsInSource).length;
  const count = `${entries.length} record${entries.length === 1 ? '' : 's'}`;
  const verdict = wrong ? `${wrong} to check` : 'all stand in their lines';
  const title = `── ${document} · ${count}, ${verdict} `;
  return paint(title + '─'.repeat(Math.max(2, width - textWidth(title))), wrong ? 'yellow' : 'green', color);
}

/** The entries as text for people, grouped by document; the quote stands in colour or in [brackets]. */
export function renderDiff(entries: readonly DiffEntry[], view: View): string {
  return [...new Set(entries.map(({ document }) => document))]
    .flatMap((document) => {
      const own = entries.filter((entry) => entry.document === document);
      return [titleRow(document, own, view), '', ...own.flatMap((entry) => entryRows(entry, view))];
    })
    .join('\n');
}
