import type { IssueCode, StageName } from '../../output/issues.ts';
import type { RecordCounts } from '../../output/summary.ts';
import type { FileKind, PlanDocument, PlanFile, StageProgress } from '../document.ts';
import type { EngineOption } from '../ocr/engine.ts';
import type { Page } from '../page.ts';

// What a run and its processes say to each other. The run itself needs no more of the jobs than this.

/** What a run hands to a job, the same for all of them. */
export interface JobOptions {
  outDir: string;
  engine: Exclude<EngineOption, 'auto'>;
  /** Of the engine chosen: another one may read another text. */
  engineVersion: string;
  maxPages: number;
  /** Where the user's dictionary lies, if not where this machine keeps it. */
  home?: string;
}

/** What the run keeps of a written document. */
export type Written = RecordCounts;

/** The three jobs. They run in any process, with plain data in and out. */
export interface Jobs {
  /** Intake and reading; a document without pages to recognise is finished in the same go. */
  open: { input: { file: PlanFile; options: JobOptions }; output: { document: PlanDocument } | { written: Written } };
  recognize: { input: { file: PlanFile; kind: FileKind; page: number; options: JobOptions }; output: Page };
  finish: { input: { document: PlanDocument; options: JobOptions }; output: Written };
}
export type JobName = keyof Jobs;
export type OnProgress = (progress: StageProgress) => void;

/** The stage named where a job ends without saying which. */
export const STAGE_OF: Record<JobName, StageName> = { open: 'read', recognize: 'recognize', finish: 'extract' };

/** What a process says when it can take jobs. */
export const READY = 'ready';

export interface JobRequest {
  name: JobName;
  input: unknown;
}
export type JobResult =
  | { ok: true; output: unknown }
  | { ok: false; error: { stage: StageName; code: IssueCode; message: string; page: number | null } };

/** What a process says of a job under way, and with its result: what has come to pass since it last said something. */
export interface JobProgress {
  progress: StageProgress[];
}

/** Says to a process without work what it will get, so that it loads what that needs: texts only, or pages too. */
export interface Prospect {
  prospect: 'texts' | 'pages';
}
