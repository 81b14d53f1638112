import { pad, paint, type View, wrapOffsets } from '../terminal.ts';
import type { ConfidenceFigures } from './confidence.ts';
import { SCORED_KINDS, type Scores } from './evaluate.ts';
import type { Figures } from './figures.ts';
import type { Evaluation } from './folder.ts';

const KIND_WIDTH = Math.max(...SCORED_KINDS.map((kind) => kind.length));
const NUMBER_WIDTH = 6;
const COUNT_WIDTH = 4;
const MAIN = [
  ['p', 'P'],
  ['r', 'R'],
  ['f1', 'F1'],
] as const;
const COUNTS = ['tp', 'fp', 'fn'] as const;
const SHOWN = new Set<string>([...MAIN.map(([name]) => name), ...COUNTS]);

/** "of" counts records; the rest are shares with the judge's decimals. */
function fieldTexts(figures: Figures): string {
  return Object.entries(figures)
    .filter(([name]) => !SHOWN.has(name))
    .map(([name, value]) => `${name}\u00a0${name === 'of' ? value : value.toFixed(name === 'falsePerPage' ? 3 : 4)}`)
    .join('  ');
}

function columns(kind: string, main: readonly string[], counts: readonly string[]): string {
  return [
    pad(kind, KIND_WIDTH),
    ...main.map((text) => pad(text, NUMBER_WIDTH, 'left')),
    ...counts.map((text) => pad(text, COUNT_WIDTH, 'left')),
  ].join('  ');
}

/** A row a kind: precision, recall, F1, the counts behind them, then the shares of the fields. */
export function formatScores(scores: Scores, { color, width }: View): string {
  const head = columns(
    '',
    MAIN.map(([, title]) => title),
    COUNTS,
  );
  const room = Math.max(20, width - head.length - 2);
  const indent = ' '.repeat(head.length + 2);
  const rows = SCORED_KINDS.flatMap((kind) => {
    const figures = scores[kind];
    if (!figures) return [];
    const main = MAIN.map(([name]) => figures[name]?.toFixed(4) ?? '');
    const counts = COUNTS.map((name) => figures[name]?.toString() ?? '');
    const text = fieldTexts(figures);
    const [first = '', ...rest] = wrapOffsets(text, room).map(([start, end]) => text.slice(start, end));
    return [`${columns(kind, main, counts)}  ${first}`.trimEnd(), ...rest.map((line) => indent + line)];
  });
  return [paint(`${head}  fields`, 'bold', color), ...rows.map((row) => row.replaceAll('\u00a0', ' '))].join('\n');
}

/** A line a band of confidence that has records, the area under the ROC curve last. */
export function formatConfidence({ of, auc, bands }: ConfidenceFigures): string {
  const lines = bands.flatMap(({ from, records, right }, index) => {
    if (records === 0) return [];
    const to = (bands[index + 1]?.from ?? 1).toFixed(2);
    return [
      `${from.toFixed(2)}-${to}  ${String(records).padStart(COUNT_WIDTH)} records  ${(right / records).toFixed(4)} right`,
    ];
  });
  const area =
    auc === null ? 'no wrong or no right record to tell apart' : `area under the ROC curve ${auc.toFixed(4)}`;
  return [...lines, `${of} indicators and rows, ${area}`].join('\n');
}

function nameList(title: string, names: readonly string[]): string[] {
  return names.length ? [[`${title}:`, ...names.map((name) => `  ${name}`)].join('\n')] : [];
}

/** The whole evaluation: a table a document, the pooled one last, then what had no counterpart. */
export function formatEvaluation(evaluation: Evaluation, view: View): string {
  const { documents, pooled, confidence, withoutGold, withoutDocument } = evaluation;
  const title = (text: string) => paint(text, 'cyan', view.color);
  const tables = documents.map(({ document, scores }) => `${title(document)}\n${formatScores(scores, view)}`);
  if (documents.length > 1) tables.push(`${title(`All ${documents.length} documents`)}\n${formatScores(pooled, view)}`);
  return [
    ...tables,
    `${title('Confidence')}\n${formatConfidence(confidence)}`,
    ...nameList('Documents without gold', withoutGold),
    ...nameList('Gold folders without a document', withoutDocument),
  ].join('\n\n');
}
