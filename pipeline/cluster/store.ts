import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type pg from 'pg';
import type { PlanError } from '../../output/issues.ts';
import { inTransaction } from '../../output/postgres/connect.ts';
import { replaceDocuments } from '../../output/postgres/results.ts';
import type { IndexEntry, Outcome, PlanRecord } from '../../output/record.ts';
import type { FileKind, PlanDocument } from '../document.ts';
import type { Page } from '../page.ts';
import type { JobResult } from '../run/protocol.ts';
import type { Try } from './queue.ts';
import type { Engine } from './readers.ts';
import { dropSource, lockSource } from './sources.ts';

export type Failure = Extract<JobResult, { ok: false }>['error'];

export interface DocumentOptions extends Engine {
  maxPages: number;
  /** Milliseconds; null: as its pages need. */
  timeout: number | null;
  /** Digest of the user dictionary, null for none. */
  dictionary: string | null;
}

/** A document of kehoach.imports as its jobs need it. */
export interface StoredDocument extends Try {
  id: string;
  source: string;
  folder: string;
  sha256: string;
  bytes: number;
  failure: Failure | null;
  queue: string;
  reader: string;
  options: DocumentOptions;
  queuedAt: Date;
  openMs: number;
  outcome: Outcome | null;
  /** Known when it is opened. */
  kind: FileKind | null;
  /** Pages to recognise; null before the document is opened. */
  pending: number | null;
}

export interface StoredPage {
  number: number;
  startedAt: Date;
  endedAt: Date | null;
  result: Page | null;
  error: Failure | null;
}

/** The files of a result, in the order in which they are written: document.json says that all is there. */
export const RESULT_FILES = ['text.txt', 'layout.json', 'document.json'] as const;
export type ResultFiles = Record<(typeof RESULT_FILES)[number], Buffer>;

const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Compressed JSON: a document between its jobs can be large. */
const pack = (value: unknown): Promise<Buffer> => zip(JSON.stringify(value), { level: 1 });
const unpack = async (bytes: Buffer): Promise<unknown> => JSON.parse((await unzip(bytes)).toString('utf8'));

export const failureOf = ({ stage, code, message, page }: PlanError): Failure => ({ stage, code, message, page });

/** Null where the document was taken away. */
export async function readDocument(pool: pg.Pool, key: string): Promise<StoredDocument | null> {
  const { rows } = await pool.query<StoredDocument>(
    `select key, attempt, id, source, folder, sha256, bytes::float8 as bytes, failure, queue, reader, options,
      queued_at as "queuedAt", open_ms as "openMs", outcome, kind, pending
      from kehoach.imports where key = $1`,
    [key],
  );
  return rows[0] ?? null;
}

/** What reading gave; null before, and after the document is done. */
export async function readOpened(pool: pg.Pool, key: string): Promise<PlanDocument | null> {
  const { rows } = await pool.query<{ opened: Buffer | null }>('select opened from kehoach.imports where key = $1', [
    key,
  ]);
  const opened = rows[0]?.opened;
  return opened ? ((await unpack(opened)) as PlanDocument) : null;
}

export async function saveOpened(
  pool: pg.Pool,
  { key, attempt }: Try,
  document: PlanDocument,
  openMs: number,
): Promise<void> {
  const { kind, pageCount, pending } = document;
  await pool.query(
    `update kehoach.imports set opened = $3, kind = $4, page_count = $5, pending = $6, open_ms = $7
      where key = $1 and attempt = $2 and outcome is null`,
    [key, attempt, await pack(document), kind, pageCount, pending.length, Math.round(openMs)],
  );
}

type PageRow = Omit<StoredPage, 'result'> & { content: Buffer | null };
const PAGE_COLUMNS = 'number, started_at as "startedAt", ended_at as "endedAt", content, error';

/** The pages of a document that were recognised or begun, with those another import left. */
export async function readPages(
  pool: pg.Pool,
  { sha256, reader }: StoredDocument,
  what: 'times' | 'results',
): Promise<StoredPage[]> {
  const columns = what === 'results' ? PAGE_COLUMNS : PAGE_COLUMNS.replace('content', 'null as content');
  const { rows } = await pool.query<PageRow>(
    `select ${columns} from kehoach.pages where sha256 = $1 and reader = $2 order by number`,
    [sha256, reader],
  );
  return Promise.all(
    rows.map(async ({ content, ...page }) => ({ ...page, result: content && ((await unpack(content)) as Page) })),
  );
}

/** Notes that a page is begun. False where it is done already. */
export async function beginPage(
  pool: pg.Pool,
  { sha256, reader }: StoredDocument,
  page: number,
  worker: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into kehoach.pages as p (sha256, reader, number, worker) values ($1, $2, $3, $4)
      on conflict (sha256, reader, number) do update set worker = excluded.worker, started_at = excluded.started_at
      where p.ended_at is null`,
    [sha256, reader, page, worker],
  );
  return rowCount === 1;
}

/** `milliseconds`: how long the page was worked on; waiting for a process does not count. */
export async function endPage(
  pool: pg.Pool,
  { sha256, reader }: StoredDocument,
  page: number,
  { result, milliseconds }: { result: Page | Failure; milliseconds: number },
): Promise<void> {
  const isPage = 'items' in result;
  await pool.query(
    `update kehoach.pages set ended_at = clock_timestamp(), content = $4, error = $5, is_blank = $6,
      started_at = clock_timestamp() - $7 * interval '1 ms'
      where sha256 = $1 and reader = $2 and number = $3 and ended_at is null`,
    [
      sha256,
      reader,
      page,
      isPage ? await pack(result) : null,
      isPage ? null : JSON.stringify(result),
      isPage && result.items.length === 0,
      Math.round(milliseconds),
    ],
  );
}

export interface Result {
  record: PlanRecord;
  entry: IndexEntry;
  files: ResultFiles;
  /** An error that may be gone the next time. */
  passing: boolean;
  milliseconds: number;
}

/** Writes a document's files and rows at once. False where another worker has, or a new try has begun: that stands. */
export async function saveResult(
  pool: pg.Pool,
  { key, attempt, sha256 }: StoredDocument,
  result: Result,
): Promise<boolean> {
  const { record, entry, files, passing, milliseconds } = result;
  return inTransaction(pool, async (client) => {
    await lockSource(client, sha256);
    const { rowCount } = await client.query(
      `update kehoach.imports set outcome = $3, passing = $4, page_count = $5, milliseconds = $6, opened = null,
        problem = null, finished_at = clock_timestamp() where key = $1 and attempt = $2 and outcome is null`,
      [key, attempt, record.outcome, passing, record.source.pages, Math.round(milliseconds)],
    );
    if (rowCount === 0) return false;
    await client.query('delete from kehoach.files where key = $1', [key]);
    for (const name of RESULT_FILES) {
      await client.query('insert into kehoach.files (key, name, content) values ($1, $2, $3)', [
        key,
        name,
        files[name],
      ]);
    }
    await replaceDocuments(client, [{ entry, record }]);
    await client.query("insert into kehoach.origins (origin, document) values ('cluster', $1) on conflict do nothing", [
      record.id,
    ]);
    await dropSource(client, sha256);
    return true;
  });
}

/** Notes why a document has no result. */
export async function saveProblem(pool: pg.Pool, { key, attempt }: Try, problem: string): Promise<void> {
  await pool.query('update kehoach.imports set problem = $3 where key = $1 and attempt = $2 and outcome is null', [
    key,
    attempt,
    problem,
  ]);
}

export async function readFiles(pool: pg.Pool, key: string): Promise<ResultFiles> {
  const { rows } = await pool.query<{ name: string; content: Buffer }>(
    'select name, content from kehoach.files where key = $1',
    [key],
  );
  return Object.fromEntries(rows.map(({ name, content }) => [name, content])) as ResultFiles;
}
