import { fold, foldWords } from '../fold.ts';
import type { Duty, Evidence, Indicator, PlanRecord, Section, Task } from '../record.ts';
import { findEntry, type ResultDocument, readDocument, readEntries } from '../results.ts';
import { applyReview } from '../review/apply.ts';
import { isAdded, type Review } from '../review/model.ts';
import { readReview } from '../review/store.ts';
import { findQuote, type Restored, restoredOn } from './locate.ts';

/** In the order in which records of one line are shown. */
const KINDS = ['heading', 'indicator', 'task', 'duty', 'row', 'reference'] as const;
export type DiffKind = (typeof KINDS)[number];

export type FieldValue = string | number | null | string[];

export interface SourceLine {
  page: number;
  /** From 1, of text.txt. */
  line: number;
  text: string;
}

/** One record of document.json beside the lines of text.txt that it names. */
export interface DiffEntry {
  /** The source's path, as in index.json. */
  document: string;
  kind: DiffKind;
  id: string;
  section: string[];
  /** Null for kinds that have none. */
  confidence: number | null;
  /** A heading's title, a row's content, a reference's number or title; else the record's own quote. */
  quote: string;
  fields: Record<string, FieldValue>;
  source: SourceLine[];
  restored: Restored[];
  /** The quote's words stand one after the other in these lines; for a row those of every cell. */
  standsInSource: boolean;
  /** What a reviewer decided; absent where nobody has. `decision` is null for a mere note. */
  review?: { decision: 'accept' | 'reject' | 'patch' | 'added' | null; who: string | null; note: string | null };
}

type Claim = Pick<DiffEntry, 'kind' | 'id' | 'section' | 'confidence' | 'quote' | 'fields'> & {
  evidence: Evidence[];
  /** What must stand in the lines. */
  verbatim: string[];
};

function headingClaims(sections: readonly Section[], above: string[] = []): Claim[] {
  return sections.flatMap((heading) => {
    const { id, number, style, level, title, runIn, evidence, children } = heading;
    const section = [...above, number ?? (style === 'star' ? '*' : style)];
    const fields = { number, style, level, ...(runIn ? { runIn: 'yes' } : {}) };
    const own: Claim = {
      kind: 'heading',
      id,
      section,
      confidence: null,
      quote: title,
      fields,
      evidence,
      verbatim: [title],
    };
    return [own, ...headingClaims(children, section)];
  });
}

function rowClaims({ taskTables }: PlanRecord): Claim[] {
  return taskTables.flatMap(({ rows }) =>
    rows.map(({ id, evidence, confidence, content, note, ...cells }) => {
      const fields = { ...cells, note: note ?? null };
      const { no, lead, support, deadline, product } = cells;
      const verbatim = [no, content, lead, support, deadline, product].filter((cell) => fold(cell));
      return { kind: 'row', id, section: [], confidence, quote: content, fields, evidence, verbatim };
    }),
  );
}

function quotedClaims(kind: DiffKind, records: readonly (Indicator | Task | Duty)[]): Claim[] {
  return records.map(({ id, quote, section, evidence, confidence, ...fields }) => ({
    ...{ kind, id, section, confidence, quote, fields, evidence },
    verbatim: [quote],
  }));
}

function claimsOf(record: PlanRecord): Claim[] {
  return [
    ...headingClaims(record.sections),
    ...quotedClaims('indicator', record.indicators),
    ...quotedClaims('task', record.tasks),
    ...quotedClaims('duty', record.duties),
    ...rowClaims(record),
    ...record.references.map(({ id, evidence: proof, citations, ...fields }): Claim => {
      const quote = fields.number || fields.title || '';
      const evidence = citations ?? proof;
      return { kind: 'reference', id, section: [], confidence: null, quote, fields, evidence, verbatim: [quote] };
    }),
  ];
}

function sourceLines(evidence: readonly Evidence[], lines: readonly string[]): SourceLine[] {
  const seen = new Set<number>();
  return evidence.flatMap(({ page, line: [from, to] }) =>
    lines.slice(from - 1, to).flatMap((text, i) => {
      if (seen.has(from + i)) return [];
      seen.add(from + i);
      return [{ page, line: from + i, text: text.normalize('NFC') }];
    }),
  );
}

/** A reference's number is normalised (76/NQCP is 76/NQ-CP): there the letters and digits count, not the words. */
function stands({ kind, verbatim }: Claim, source: readonly SourceLine[]): boolean {
  const lines = source.map(({ text }) => text);
  const squeeze = (text: string) => foldWords(text).join('');
  return verbatim.every(
    (text) =>
      findQuote(lines, text) !== null ||
      (kind === 'reference' && text !== '' && squeeze(lines.join(' ')).includes(squeeze(text))),
  );
}

function firstLine({ evidence }: Claim): number {
  return Math.min(...evidence.map(({ line }) => line[0]));
}

/** Every record of a document beside its lines, in the order of the text. */
export function diffRecords({ entry, record, lines, layout }: ResultDocument): DiffEntry[] {
  const pages = new Map(layout?.pages.map((page) => [page.number, page]));
  const claims = claimsOf(record).sort(
    (a, b) => firstLine(a) - firstLine(b) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
  return claims.map((claim) => {
    const { kind, id, section, confidence, quote, fields, evidence } = claim;
    const source = sourceLines(evidence, lines ?? []);
    const restored = evidence.flatMap(({ page: number, line: [from, to] }) => {
      const page = pages.get(number);
      return page ? (lines ?? []).slice(from - 1, to).flatMap((line) => restoredOn(line, page)) : [];
    });
    const standsInSource = stands(claim, source);
    return { document: entry.source, kind, id, section, confidence, quote, fields, source, restored, standsInSource };
  });
}

/** The entries of a document as it was reviewed: corrected, with added ones; rejected ones stay, and are marked. */
export function reviewedEntries(document: ResultDocument, review: Review): DiffEntry[] {
  const shown = review.decisions.map((entry) =>
    entry.decision === 'reject' ? { ...entry, decision: 'accept' as const } : entry,
  );
  const { record, misfits } = applyReview(document.record, { ...review, decisions: shown });
  const unfit = new Set(misfits.map(({ entry }) => entry.id));
  const entries = new Map([...review.decisions, ...review.added].map((entry) => [entry.id, entry]));
  return diffRecords({ ...document, record }).map((entry) => {
    const own = unfit.has(entry.id) ? undefined : entries.get(entry.id);
    if (!own) return entry;
    const { who, note } = own;
    return { ...entry, review: { decision: isAdded(own) ? 'added' : own.decision, who, note } };
  });
}

/**
 * The entries of a results folder, of one document where `document` names its id, folder or source.
 * Throws UsageError where there is no such document or something is damaged.
 */
export async function diffFolder(dir: string, document?: string): Promise<DiffEntry[]> {
  const chosen = document === undefined ? await readEntries(dir) : [await findEntry(dir, document)];
  const entries: DiffEntry[] = [];
  for (const entry of chosen)
    entries.push(...reviewedEntries(await readDocument(dir, entry), await readReview(dir, entry)));
  return entries;
}
