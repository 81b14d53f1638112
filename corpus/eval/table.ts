import type { ScoredKind } from '../../output/eval/evaluate.ts';
import type { Figures } from '../../output/eval/figures.ts';
import type { Evaluation } from '../../output/eval/folder.ts';

/** The columns of the table over documents: kind, figure, title. Kinds that a plan has no record of are left blank. */
const COLUMNS: readonly [kind: ScoredKind, figure: string, title: string][] = [
  ['headings', 'f1', 'headings'],
  ['headings', 'level', 'level'],
  ['indicators', 'f1', 'indicators'],
  ['indicators', 'subject', 'subject'],
  ['tasks', 'f1', 'tasks'],
  ['duties', 'f1', 'duties'],
  ['tables', 'cells', 'cells'],
  ['references', 'f1', 'references'],
  ['metadata', 'accuracy', 'metadata'],
  ['suspects', 'found', 'misprints'],
  ['evidence', 'ok', 'evidence'],
];

/** Shares of nothing are not shown: no table, no misprint, no reference. */
function isEmpty(figures: Figures): boolean {
  return figures.tp === 0 && figures.fp === 0 && figures.fn === 0;
}

function cell(figures: Figures | undefined, name: string): string {
  const value = figures?.[name];
  return figures === undefined || value === undefined || isEmpty(figures) || figures.of === 0 ? '' : value.toFixed(3);
}

/** One row a document and one for all, as Markdown: text accuracy first, then a column a kind. */
export function tableOf(
  evaluation: Pick<Evaluation, 'documents' | 'pooled'>,
  texts: ReadonlyMap<string, Figures>,
): string {
  const titles = ['document', 'syllables', 'numbers', ...COLUMNS.map(([, , title]) => title)];
  const rows = evaluation.documents.map(({ document, scores }) => [
    document,
    cell(texts.get(document), 'syllables'),
    cell(texts.get(document), 'numbersKept'),
    ...COLUMNS.map(([kind, figure]) => cell(scores[kind], figure)),
  ]);
  const last = [
    `all ${rows.length}`,
    mean(texts, 'syllables'),
    mean(texts, 'numbersKept'),
    ...COLUMNS.map(([kind, figure]) => cell(evaluation.pooled[kind], figure)),
  ];
  const widths = titles.map((title, i) => Math.max(title.length, ...[...rows, last].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...[...rows, last].map(line)].join('\n');
}

/** All texts as one: weighted by their syllables. */
function mean(texts: ReadonlyMap<string, Figures>, name: string): string {
  const all = [...texts.values()];
  const weight = all.reduce((sum, { of = 0 }) => sum + of, 0);
  const total = all.reduce((sum, figures) => sum + (figures[name] ?? 0) * (figures.of ?? 0), 0);
  return weight > 0 ? (total / weight).toFixed(3) : '';
}
