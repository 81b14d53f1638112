import type { Box, Evidence, LayoutRecord } from '../../output/record.ts';
import type { Misfit } from '../../output/review/apply.ts';
import type { Change, Review } from '../../output/review/model.ts';
import type { DocumentPayload, DocumentSummary, ReportDocument } from '../payload.ts';

export type LayoutPage = LayoutRecord['pages'][number];

export interface ReviewAnswer {
  review: Review;
  misfits: Misfit[];
  /** Ids of entries that someone else has changed; then nothing was saved. */
  conflicts?: string[];
}

function embedded<T>(id: string): T | null {
  const element = document.getElementById(id);
  return element && (JSON.parse(element.textContent ?? '') as T);
}

/** The list of a report; null on the server's page. */
const report = embedded<DocumentSummary[]>('report');
/** A report shows decisions and takes none. */
export const readOnly = report !== null;

let held: { folder: string; document: ReportDocument } | undefined;

/** A document that the report carries: read when it is opened, for its pictures are large. */
function carried(folder: string): ReportDocument | null {
  if (!report) return null;
  if (held?.folder === folder) return held.document;
  const document = embedded<ReportDocument>(`document-${folder}`);
  if (document) held = { folder, document };
  return document;
}

/** The server's answer; `status` 0 where it cannot be reached. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`./api/${path}`, init).catch((cause: unknown) => {
    throw new ApiError(0, String(cause));
  });
  if (response.ok || response.status === 409 || response.status === 304) return response;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new ApiError(response.status, error ?? `${response.status}`);
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<T>;
}

const at = (folder: string, rest = ''): string => `documents/${encodeURIComponent(folder)}${rest}`;

export async function fetchDocuments(): Promise<{ documents: DocumentSummary[]; who: string }> {
  if (report) return { documents: report, who: '' };
  return (await ask('documents')).json() as Promise<{ documents: DocumentSummary[]; who: string }>;
}

export async function fetchDocument(folder: string): Promise<DocumentPayload> {
  return carried(folder)?.payload ?? ((await (await ask(at(folder))).json()) as DocumentPayload);
}

/** Null where the review still has this revision. */
export async function fetchReview(folder: string, revision: number): Promise<ReviewAnswer | null> {
  const response = await ask(at(folder, '/review'), { headers: { 'if-none-match': `"${revision}"` } });
  return response.status === 304 ? null : ((await response.json()) as ReviewAnswer);
}

export function postChanges(folder: string, changes: Change[]): Promise<ReviewAnswer> {
  return post(at(folder, '/changes'), { changes });
}

/** Where words stand; empty where they do not. */
export async function locate(folder: string, quote: string, page: number | null, box: Box | null): Promise<Evidence[]> {
  return (await post<{ evidence: Evidence[] }>(at(folder, '/locate'), { quote, page, box })).evidence;
}

export async function fetchLayout(folder: string, page: number): Promise<LayoutPage> {
  const known = carried(folder)?.layouts.find(({ number }) => number === page);
  return known ?? ((await (await ask(at(folder, `/pages/${page}/layout`))).json()) as LayoutPage);
}

export function pictureAddress(folder: string, page: number): string {
  return report ? (carried(folder)?.pictures[page - 1] ?? '') : `./api/${at(folder, `/pages/${page}/picture`)}`;
}
