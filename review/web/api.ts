import type { Box, Evidence, LayoutRecord } from '../../output/record.ts';
import type { Misfit } from '../../output/review/apply.ts';
import type { Change, Review } from '../../output/review/model.ts';
import type { DocumentPayload, DocumentSummary } from '../payload.ts';

export type LayoutPage = LayoutRecord['pages'][number];

export interface ReviewAnswer {
  review: Review;
  misfits: Misfit[];
  /** Ids of entries that someone else has changed; then nothing was saved. */
  conflicts?: string[];
}

/** What a report carries in its own file. Pictures are data URIs, by page. */
export interface ReportData {
  documents: DocumentSummary[];
  payloads: Record<string, DocumentPayload>;
  layouts: Record<string, LayoutPage[]>;
  pictures: Record<string, string[]>;
}

const embedded = document.getElementById('report');
/** Null on the server's page. */
const report: ReportData | null = embedded ? (JSON.parse(embedded.textContent ?? '') as ReportData) : null;
/** A report shows decisions and takes none. */
export const readOnly = report !== null;

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
  if (report) return { documents: report.documents, who: '' };
  return (await ask('documents')).json() as Promise<{ documents: DocumentSummary[]; who: string }>;
}

export async function fetchDocument(folder: string): Promise<DocumentPayload> {
  const known = report?.payloads[folder];
  return known ?? ((await (await ask(at(folder))).json()) as DocumentPayload);
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
  const known = report?.layouts[folder]?.find(({ number }) => number === page);
  return known ?? ((await (await ask(at(folder, `/pages/${page}/layout`))).json()) as LayoutPage);
}

export function pictureAddress(folder: string, page: number): string {
  return report ? (report.pictures[folder]?.[page - 1] ?? '') : `./api/${at(folder, `/pages/${page}/picture`)}`;
}
