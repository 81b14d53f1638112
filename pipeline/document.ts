import type { Extracted } from '../extractors/index.ts';
import type { Plan } from '../extractors/plan.ts';
import type { Issue, StageName } from '../output/issues.ts';
import type { PlanRecord } from '../output/record.ts';
import type { Assembled } from './assemble/assemble.ts';
import type { EngineOption } from './ocr/engine.ts';
import type { Page } from './page.ts';

/** How a file is read. */
export type FileKind = 'pdf' | 'image' | 'text' | 'word';

/** A file taken in. */
export interface PlanFile {
  /** Where it is on this machine. */
  path: string;
  /** The path below the folder named, with "/"; the file's name where a file was named. */
  source: string;
  /** First 16 hex digits of the SHA-256. */
  id: string;
  sha256: string;
  bytes: number;
  /** The result's folder below the output folder. */
  folder: string;
}

/** A document on its way through the stages; each stage fills in its part. */
export interface PlanDocument {
  file: PlanFile;
  kind: FileKind | null;
  mediaType: string;
  /** Pages of the source, also those over the limit. */
  pageCount: number;
  pages: Page[];
  /** Numbers of the pages whose image must be recognised. */
  pending: number[];
  issues: Issue[];
  assembled: Assembled | null;
  plan: Plan | null;
  extracted: Extracted | null;
  record: PlanRecord | null;
}

/** How far a document is. */
export type StageProgress = { stage: StageName; page: number } | { stage: StageName; ms: number };

export interface StageContext {
  outDir: string;
  engine: EngineOption;
  /** Pages of one document that are read at most. */
  maxPages: number;
  /** Told at the end of each stage, and of each page while it reads: the work goes on. */
  onProgress?: (progress: StageProgress) => void;
  /** Recognises one page of the file; throws PlanError. */
  recognizePage: (file: PlanFile, kind: FileKind, page: number) => Promise<Page>;
}

export type Stage = (document: PlanDocument, context: StageContext) => Promise<PlanDocument> | PlanDocument;

export function newDocument(file: PlanFile): PlanDocument {
  return {
    file,
    kind: null,
    mediaType: 'application/octet-stream',
    pageCount: 0,
    pages: [],
    pending: [],
    issues: [],
    assembled: null,
    plan: null,
    extracted: null,
    record: null,
  };
}
