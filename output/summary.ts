import type { Issue } from './issues.ts';
import type { IndexEntry, Outcome, PlanRecord, Section } from './record.ts';
import { durationText, pad, paint, type Style, shorten, textWidth, type View } from './terminal.ts';

/** What the summary says of one document. */
export interface SummaryRow {
  source: string;
  outcome: Outcome;
  pages: number;
  headings: number;
  indicators: number;
  tasks: number;
  tableRows: number;
  warnings: number;
  /** Null where the result of an earlier run was kept. */
  milliseconds: number | null;
  /** What keeps the document from being done, for a person. */
  problems: string[];
  /** The document with the same bytes met before; such a row counts nothing. */
  duplicateOf?: string;
}

export interface Summary {
  documents: SummaryRow[];
  /** Paths that are no plans and were passed over. */
  skipped: string[];
  /** How long the run took; less than its documents' times together where they ran side by side. */
  milliseconds: number;
}

function countHeadings(sections: readonly Section[]): number {
  return sections.reduce((sum, section) => sum + 1 + countHeadings(section.children), 0);
}

/** What a run keeps of a record: as little for a long plan as for a short one. */
export interface RecordCounts
  extends Pick<SummaryRow, 'outcome' | 'pages' | 'headings' | 'indicators' | 'tasks' | 'tableRows'> {
  issues: Issue[];
}

export function countsOf(record: PlanRecord): RecordCounts {
  return {
    outcome: record.outcome,
    pages: record.source.pages,
    headings: countHeadings(record.sections),
    indicators: record.indicators.length,
    tasks: record.tasks.length,
    tableRows: record.taskTables.reduce((sum, table) => sum + table.rows.length, 0),
    issues: record.issues,
  };
}

/** The summary's row of a document. */
export function summaryRow(
  entry: IndexEntry,
  { issues, headings, indicators, tasks, tableRows }: RecordCounts,
  milliseconds: number | null,
): SummaryRow {
  return {
    source: entry.source,
    outcome: entry.outcome,
    pages: entry.pages,
    ...{ headings, indicators, tasks, tableRows },
    warnings: issues.filter((issue) => issue.severity === 'warning').length,
    milliseconds,
    problems: issues.filter((issue) => issue.severity === 'error').map(({ message }) => message),
    ...(entry.duplicateOf === undefined ? {} : { duplicateOf: entry.duplicateOf }),
  };
}

const COUNTS = ['pages', 'headings', 'indicators', 'tasks', 'tableRows', 'warnings'] as const;
const HEADS = ['Pages', 'Headings', 'Indicators', 'Tasks', 'Rows', 'Warnings'];
const OUTCOME_WIDTH = 'partial'.length;
const GAP = '  ';
const STYLES: Record<Outcome, Style> = { done: 'green', partial: 'yellow', failed: 'red' };
/** Letters a document's name keeps on a narrow terminal. */
const LEAST_SOURCE = 10;
const NO_PLANS = 'No plans found: kehoach reads PDF, PNG, JPEG, TIFF, TXT, MD, DOCX and DOC files.';
/** Names listed of what was passed over. */
const LISTED = 10;

interface Cells {
  source: string;
  outcome: string;
  counts: string[];
  time: string;
}

function tableRow({ source, outcome, counts, time }: Cells, sourceWidth: number, timeWidth: number): string {
  return [
    pad(shorten(source, sourceWidth), sourceWidth),
    outcome,
    ...counts.map((count, i) => pad(count, HEADS[i]?.length ?? 0, 'left')),
    pad(time, timeWidth, 'left'),
  ].join(GAP);
}

function totalsRow(rows: readonly SummaryRow[], milliseconds: number): Cells {
  return {
    source: `${rows.length} document${rows.length === 1 ? '' : 's'}`,
    outcome: ' '.repeat(OUTCOME_WIDTH),
    counts: COUNTS.map((name) => String(rows.reduce((sum, row) => sum + row[name], 0))),
    time: durationText(milliseconds),
  };
}

function bodyCells(row: SummaryRow, color: boolean): Cells {
  return {
    source: row.source,
    outcome: paint(pad(row.outcome, OUTCOME_WIDTH), STYLES[row.outcome], color),
    counts: COUNTS.map((name) => String(row[name])),
    time: row.milliseconds === null ? 'kept' : durationText(row.milliseconds),
  };
}

function table(rows: readonly SummaryRow[], totals: Cells, { color, width }: View): string[] {
  const head: Cells = { source: 'Document', outcome: pad('Outcome', OUTCOME_WIDTH), counts: HEADS, time: 'Time' };
  const body = rows.map((row) => bodyCells(row, color));
  const all = [head, ...body, totals];
  const timeWidth = Math.max(...all.map(({ time }) => time.length));
  const fixed = OUTCOME_WIDTH + HEADS.join('').length + timeWidth + GAP.length * (HEADS.length + 2);
  const longest = Math.max(...all.map(({ source }) => textWidth(source)));
  const sourceWidth = Math.min(longest, Math.max(LEAST_SOURCE, width - fixed));
  const line = (cells: Cells) => tableRow(cells, sourceWidth, timeWidth);
  return [
    paint(line(head), 'bold', color),
    ...body.map(line),
    paint('─'.repeat(sourceWidth + fixed), 'dim', color),
    line(totals),
  ];
}

function outcomeLine(rows: readonly SummaryRow[], color: boolean): string {
  const parts = (['done', 'partial', 'failed'] as const).flatMap((outcome) => {
    const count = rows.filter((row) => row.outcome === outcome).length;
    return count ? [paint(`${count} ${outcome}`, STYLES[outcome], color)] : [];
  });
  return parts.join(', ');
}

/** The end of an import for people: a row a document, totals, then what needs a look, one line each. */
export function renderSummary({ documents, skipped, milliseconds }: Summary, view: View): string {
  const rows = documents.filter((row) => row.duplicateOf === undefined);
  const problems = rows.flatMap((row) =>
    row.problems.map((problem) => `${paint(row.source, STYLES[row.outcome], view.color)}: ${problem}`),
  );
  const duplicates = documents.flatMap(({ source, duplicateOf }) =>
    duplicateOf === undefined ? [] : [`${source}: the same file as ${duplicateOf}, read once`],
  );
  const more = skipped.length > LISTED ? `, … and ${skipped.length - LISTED} more` : '';
  const passed = skipped.length ? [`${skipped.length} skipped: ${skipped.slice(0, LISTED).join(', ')}${more}`] : [];
  const blocks = [
    rows.length ? [...table(rows, totalsRow(rows, milliseconds), view), outcomeLine(rows, view.color)] : [NO_PLANS],
    problems,
    [...duplicates, ...passed],
  ];
  return blocks
    .filter((block) => block.length)
    .map((block) => block.join('\n'))
    .join('\n\n');
}
