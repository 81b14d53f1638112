import { type IssueCode, PlanError, type StageName } from '../../output/issues.ts';
import type { Outcome } from '../../output/record.ts';
import type { FileKind, PlanDocument, PlanFile, StageContext } from '../document.ts';
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

const contextOf = (options: JobOptions): StageContext => ({
  ...options,
  recognizePage: () => Promise.reject(new Error('pages are recognised as jobs of their own')),
});

async function open({ file, options }: Jobs['open']['input']): Promise<Jobs['open']['output']> {
  const document = await runStages(newDocument(file), OPEN, contextOf(options));
  return document.pending.length > 0 ? { document } : { written: await finish({ document, options }) };
}

async function finish({ document, options }: Jobs['finish']['input']): Promise<Written> {
  const done = await runStages(document, FINISH, contextOf(options));
  return { outcome: done.record?.outcome ?? 'failed', pages: done.pageCount };
}

const codeOf = (name: JobName): IssueCode => (name === 'recognize' ? 'page-unreadable' : 'crashed');

/** Runs a job; what it throws comes back as data. */
export async function runJob({ name, input }: JobRequest): Promise<JobResult> {
  try {
    switch (name) {
      case 'open':
        return { ok: true, output: await open(input as Jobs['open']['input']) };
      case 'recognize':
        return { ok: true, output: await recognize(input as Jobs['recognize']['input']) };
      case 'finish':
        return { ok: true, output: await finish(input as Jobs['finish']['input']) };
    }
  } catch (cause) {
    const error =
      cause instanceof PlanError ? cause : new PlanError(STAGE_OF[name], codeOf(name), messageOf(cause), { cause });
    return { ok: false, error: { stage: error.stage, code: error.code, message: error.message, page: error.page } };
  }
}
