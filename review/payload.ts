import type { IndexEntry, LayoutRecord, PlanRecord } from '../output/record.ts';
import type { Misfit } from '../output/review/apply.ts';
import type { Review } from '../output/review/model.ts';

/** Below this a record is worth a second look. */
export const LOW_CONFIDENCE = 0.8;

/** A line of the list of documents. */
export interface DocumentSummary {
  folder: string;
  source: string;
  outcome: IndexEntry['outcome'];
  pages: number;
  title: string | null;
  unit: string | null;
  errors: number;
  warnings: number;
  counts: { headings: number; indicators: number; tasks: number; duties: number; rows: number; references: number };
  /** Records with a confidence below `LOW_CONFIDENCE` that are not decided. */
  low: number;
  /** Records with a decision, of all that were extracted. */
  reviewed: number;
  records: number;
}

/** Why there are no pictures: the source is not there any more, has other bytes now, or has no pages to draw. */
export type NoPictures = 'missing' | 'changed' | 'plain';

/** A document as the reviewer's page opens it. The layout comes page by page. */
export interface DocumentPayload {
  entry: IndexEntry;
  record: PlanRecord;
  lines: string[];
  review: Review;
  misfits: Misfit[];
  noPictures: NoPictures | null;
}

/** A document of a report: what the server would answer, with its pictures as data URIs, by page. */
export interface ReportDocument {
  payload: DocumentPayload;
  layouts: LayoutRecord['pages'];
  pictures: string[];
}
