import { type IssueCode, PlanError, type StageName } from '../../output/issues.ts';
import type { Outcome } from '../../output/record.ts';
import type { FileKind, PlanDocument, PlanFile, StageContext, StageProgress } from '../document.ts';
import { newDocument } from '../document.ts';
import { messageOf } from '../message.ts';
import type { EngineOption } from '../ocr/engine.ts';
import type { Page } from '../page.ts';
import { FINISH, OPEN, runStages } from '../stages.ts';
import { recognize } from './page-job.ts';

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
export interface Written {
  outcome: Outcome;
  pages: number;
}

/** The three jobs. They run in any process, with plain data in and out. */
export interface Jobs {
  /** Intake and reading; a document without pages to recognise is finished in the same go. */
  open: { input: { file: PlanFile; options: JobOptions }; output: { document: PlanDocument } | { written: Written } };
  recognize: { input: { file: PlanFile; kind: FileKind; page: number; options: JobOptions }; output: Page };
  finish: { input: { document: PlanDocument; options: JobOptions }; output: Written };
}
export type JobName = keyof Jobs;
type OnProgress = (progress: StageProgress) => void;

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

/** What a process says of a job under way. */
export interface JobProgress {
  progress: StageProgress;
}

const contextOf = (options: JobOptions, onProgress: OnProgress): StageContext => ({
  ...options,
  onProgress,
  recognizePage: () => Promise.reject(new Error('pages are recognised as jobs of their own')),
});

async function open({ file, options }: Jobs['open']['input'], onProgress: OnProgress): Promise<Jobs['open']['output']> {
  const document = await runStages(newDocument(file), OPEN, contextOf(options, onProgress));
  return document.pending.length > 0 ? { document } : { written: await finish({ document, options }, onProgress) };
}

async function finish({ document, options }: Jobs['finish']['input'], onProgress: OnProgress): Promise<Written> {
  const done = await runStages(document, FINISH, contextOf(options, onProgress));
  return { outcome: done.record?.outcome ?? 'failed', pages: done.pageCount };
}

async function recognizeTimed(input: Jobs['recognize']['input'], onProgress: OnProgress): Promise<Page> {
  const started = performance.now();
  try {
    return await recognize(input, () => onProgress({ stage: 'recognize', page: input.page }));
  } finally {
    onProgress({ stage: 'recognize', ms: performance.now() - started });
  }
}

const codeOf = (name: JobName): IssueCode => (name === 'recognize' ? 'page-unreadable' : 'crashed');

/** Runs a job; what it throws comes back as data. `onProgress` is told that the work goes on. */
export async function runJob(
  { name, input }: JobRequest,
  onProgress: OnProgress = () => undefined,
): Promise<JobResult> {
  try {
    const { home } = (input as Jobs[JobName]['input']).options;
    if (home !== undefined) process.env.KEHOACH_HOME = home;
    switch (name) {
      case 'open':
        return { ok: true, output: await open(input as Jobs['open']['input'], onProgress) };
      case 'recognize':
        return { ok: true, output: await recognizeTimed(input as Jobs['recognize']['input'], onProgress) };
      case 'finish':
        return { ok: true, output: await finish(input as Jobs['finish']['input'], onProgress) };
    }
  } catch (cause) {
    const error =
      cause instanceof PlanError ? cause : new PlanError(STAGE_OF[name], codeOf(name), messageOf(cause), { cause });
    return { ok: false, error: { stage: error.stage, code: error.code, message: error.message, page: error.page } };
  }
}
