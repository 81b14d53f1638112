import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexEntry, PlanRecord } from '../../output/record.ts';
import { type ResultDocument, readDocument, readEntries } from '../../output/results.ts';
import { applyReview } from '../../output/review/apply.ts';
import { reviewItems } from '../../output/review/items.ts';
import { findSource } from '../../output/review/sources.ts';
import { readReview } from '../../output/review/store.ts';
import { type DocumentPayload, type DocumentSummary, LOW_CONFIDENCE, type NoPictures } from '../payload.ts';

export interface OpenDocument extends ResultDocument {
  picture: { path: string; kind: 'pdf' | 'image' } | NoPictures;
}

export interface Documents {
  list(): Promise<DocumentSummary[]>;
  /** The entry with this folder, if it is one of the index; its folder lies in DIR. */
  entry(folder: string): Promise<IndexEntry | undefined>;
  open(entry: IndexEntry): Promise<OpenDocument>;
  payload(entry: IndexEntry): Promise<DocumentPayload>;
}

/** Files counted one after the other by a few readers: enough to hide the disk, too few to exhaust handles. */
const READERS = 16;
const KEPT_DOCUMENTS = 4;

async function stamp(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found ? `${found.mtimeMs} ${found.size}` : '';
}

function isPlainName(folder: string): boolean {
  return folder !== '' && folder !== '.' && folder !== '..' && !/[/\\:\0]/.test(folder);
}

async function summarize(dir: string, entry: IndexEntry): Promise<DocumentSummary> {
  const { folder, source, outcome, pages } = entry;
  const record = JSON.parse(await readFile(join(dir, folder, 'document.json'), 'utf8')) as PlanRecord;
  const review = await readReview(dir, entry);
  const decided = new Set(review.decisions.flatMap(({ id, decision }) => (decision ? [id] : [])));
  const items = reviewItems(record);
  const open = items.filter(({ id }) => !decided.has(id));
  const count = (severity: string) => record.issues.filter((issue) => issue.severity === severity).length;
  return {
    ...{ folder, source, outcome, pages },
    title: record.metadata.title,
    unit: record.metadata.unit ?? record.metadata.issuer,
    errors: count('error'),
    warnings: count('warning'),
    counts: {
      headings: items.filter(({ kind }) => kind === 'heading').length,
      indicators: record.indicators.length,
      tasks: record.tasks.length,
      duties: record.duties.length,
      rows: record.taskTables.reduce((sum, { rows }) => sum + rows.length, 0),
      references: record.references.length,
    },
    low: open.filter(({ confidence }) => confidence !== null && confidence < LOW_CONFIDENCE).length,
    reviewed: items.length - open.length,
    records: items.length,
  };
}

/** A document whose files are damaged is listed all the same, as failed. */
function unreadable({ folder, source, pages }: IndexEntry): DocumentSummary {
  const counts = { headings: 0, indicators: 0, tasks: 0, duties: 0, rows: 0, references: 0 };
  const none = { title: null, unit: null, warnings: 0, low: 0, reviewed: 0, records: 0 };
  return { folder, source, outcome: 'failed', pages, errors: 1, counts, ...none };
}

/** The results folder `dir` as the server reads it: anew whenever a file has changed. */
export function createDocuments(dir: string, sourceFolder?: string): Documents {
  const summaries = new Map<string, { stamp: string; summary: DocumentSummary }>();
  const opened = new Map<string, { stamp: string; document: Promise<OpenDocument> }>();
  let index: { stamp: string; entries: IndexEntry[] } | undefined;

  async function entries(): Promise<IndexEntry[]> {
    const now = await stamp(join(dir, 'index.json'));
    if (index?.stamp !== now) {
      const all = await readEntries(dir);
      index = { stamp: now, entries: all.filter(({ folder }) => isPlainName(folder)) };
    }
    return index.entries;
  }

  async function summary(entry: IndexEntry): Promise<DocumentSummary> {
    const files = ['document.json', 'review.json'].map((name) => stamp(join(dir, entry.folder, name)));
    const now = (await Promise.all(files)).join(' ');
    const known = summaries.get(entry.folder);
    if (known?.stamp === now) return known.summary;
    const made = await summarize(dir, entry).catch(() => unreadable(entry));
    summaries.set(entry.folder, { stamp: now, summary: made });
    return made;
  }

  async function read(entry: IndexEntry): Promise<OpenDocument> {
    const document = await readDocument(dir, entry);
    const { source } = document.record;
    const kind =
      source.mediaType === 'application/pdf' ? 'pdf' : source.mediaType.startsWith('image/') ? 'image' : null;
    if (kind === null) return { ...document, picture: 'plain' };
    const found = await findSource(dir, entry, source, sourceFolder);
    return { ...document, picture: typeof found === 'string' ? found : { ...found, kind } };
  }

  async function open(entry: IndexEntry): Promise<OpenDocument> {
    const now = await stamp(join(dir, entry.folder, 'document.json'));
    const known = opened.get(entry.folder);
    if (known?.stamp === now) return known.document;
    const document = read(entry);
    document.catch(() => opened.delete(entry.folder));
    opened.set(entry.folder, { stamp: now, document });
    const [oldest] = opened.keys();
    if (opened.size > KEPT_DOCUMENTS && oldest !== undefined) opened.delete(oldest);
    return document;
  }

  /** Those who ask at the same time share one pass. */
  let listing: Promise<DocumentSummary[]> | undefined;

  async function listAll(): Promise<DocumentSummary[]> {
    const all = await entries();
    const list: DocumentSummary[] = [];
    let next = 0;
    const reader = async () => {
      for (let at = next++; at < all.length; at = next++) list[at] = await summary(all[at] as IndexEntry);
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    return list;
  }

  return {
    list() {
      listing ??= listAll().finally(() => {
        listing = undefined;
      });
      return listing;
    },
    entry: async (folder) => (await entries()).find((entry) => entry.folder === folder),
    open,
    async payload(entry) {
      const { record, lines, picture } = await open(entry);
      const review = await readReview(dir, entry);
      const { misfits } = applyReview(record, review);
      return {
        entry,
        record,
        lines: lines ?? [],
        review,
        misfits,
        noPictures: typeof picture === 'string' ? picture : null,
      };
    },
  };
}
