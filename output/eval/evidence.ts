import { foldWords } from '../fold.ts';
import type { Evidence, PlanRecord } from '../record.ts';
import { type Figures, overlap, round } from './figures.ts';
import { CELLS } from './records.ts';

interface Claim {
  evidence: Evidence[];
  quote: string;
  /** Of an indicator: must stand in the lines as digits too. */
  values: number[];
}

function claims(record: PlanRecord): Claim[] {
  const rows = record.taskTables.flatMap((table) => table.rows);
  return [
    ...record.indicators.map(({ evidence, quote, value, valueMax }) => ({
      evidence,
      quote,
      values: valueMax === null ? [value] : [value, valueMax],
    })),
    ...[...record.tasks, ...record.duties].map(({ evidence, quote }) => ({ evidence, quote, values: [] })),
    ...rows.map((row) => ({ evidence: row.evidence, quote: CELLS.map((cell) => row[cell]).join(' '), values: [] })),
    ...record.references.map(({ evidence, number, title }) => ({
      evidence,
      quote: number || title || '',
      values: [],
    })),
  ];
}

function inPage({ box }: Evidence): boolean {
  if (!box) return true;
  const [x0, y0, x1, y1] = box;
  return 0 <= x0 && x0 < x1 && x1 <= 1 && 0 <= y0 && y0 < y1 && y1 <= 1;
}

/** Small counts may stand there in words. */
function hasValue(value: number, digits: ReadonlySet<string>): boolean {
  return Math.trunc(value) < 20 || digits.has(String(value).replaceAll('.', ','));
}

/** Share of the records whose quote stands in the lines of text.txt that their evidence names, page and box in range. */
export function scoreEvidence(record: PlanRecord, lines: readonly string[]): Figures {
  const pages = new Set(record.pages.map((page) => page.number));
  const all = claims(record);
  const ok = all.filter(({ evidence, quote, values }) => {
    if (!evidence.length || !evidence.every((item) => pages.has(item.page) && inPage(item))) return false;
    const body = evidence.map(({ line: [from, to] }) => lines.slice(from - 1, to).join(' ')).join(' ');
    const [bodyWords, quoteWords] = [foldWords(body), foldWords(quote)];
    if (overlap(bodyWords, quoteWords)[0] < 0.9 || bodyWords.length > 6 * quoteWords.length + 60) return false;
    const digits = new Set(body.replaceAll('.', '').match(/\p{Nd}+(?:,\p{Nd}+)?/gu) ?? []);
    return values.every((value) => hasValue(value, digits));
  });
  return { ok: all.length ? round(ok.length / all.length) : 1, of: all.length };
}
