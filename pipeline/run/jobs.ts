import { type IssueCode, PlanError } from '../../output/issues.ts';
import { countsOf } from '../../output/summary.ts';
import type { StageContext } from '../document.ts';
import { newDocument } from '../document.ts';
import { messageOf } from '../message.ts';
import type { Page } from '../page.ts';
import { runStages } from '../stages.ts';
import {
  type JobName,
  type JobOptions,
  type JobRequest,
  type JobResult,
  type Jobs,
  type OnProgress,
  type Prospect,
  STAGE_OF,
  type Written,
} from './protocol.ts';

// A process loads what its jobs need when the first one asks for it: one that recognises pages extracts nothing.

const contextOf = (options: JobOptions, onProgress: OnProgress): StageContext => ({
  ...options,
  onProgress,
  recognizePage: () => Promise.reject(new Error('pages are recognised as jobs of their own')),
});

async function open({ file, options }: Jobs['open']['input'], onProgress: OnProgress): Promise<Jobs['open']['output']> {
  const { OPEN } = await import('../stages/open.ts');
  const document = await runStages(newDocument(file), OPEN, contextOf(options, onProgress));
  return document.pending.length > 0 ? { document } : { written: await finish({ document, options }, onProgress) };
}

async function finish({ document, options }: Jobs['finish']['input'], onProgress: OnProgress): Promise<Written> {
  const { FINISH } = await import('../stages/finish.ts');
  const done = await runStages(document, FINISH, contextOf(options, onProgress));
  if (done.record === null) throw new PlanError('write', 'crashed', 'The result was not written.');
  return countsOf(done.record);
}

let pageJob: typeof import('./page-job.ts') | null = null;

async function recognizeTimed(
  input: Jobs['recognize']['input'],
  onProgress: OnProgress,
  call: number | undefined,
): Promise<Page> {
  const started = performance.now();
  try {
    pageJob = await import('./page-job.ts');
    return await pageJob.recognize(input, () => onProgress({ stage: 'recognize', page: input.page }), call);
  } finally {
    onProgress({ stage: 'recognize', ms: performance.now() - started });
  }
}

const codeOf = (name: JobName): IssueCode => (name === 'recognize' ? 'page-unreadable' : 'crashed');

/** Loads what jobs need. */
export async function prepare({ prospect }: Prospect): Promise<void> {
  await import('../stages/open.ts');
  if (prospect === 'pages') await import('./page-job.ts');
  else {
    await import('../stages/finish.ts');
    (await import('diacritics-restore')).loadModel();
  }
}

/** Ends what the jobs of this process have left running. */
export async function end(): Promise<void> {
  await pageJob?.endEngine();
}

/** Runs a job; what it throws comes back as data. `onProgress` is told that the work goes on; `call` as in page-job.ts. */
export async function runJob(
  { name, input }: JobRequest,
  onProgress: OnProgress = () => undefined,
  call?: number,
): Promise<JobResult> {
  try {
    const { home } = (input as Jobs[JobName]['input']).options;
    if (home !== undefined) process.env.KEHOACH_HOME = home;
    switch (name) {
      case 'open':
        return { ok: true, output: await open(input as Jobs['open']['input'], onProgress) };
      case 'recognize':
        return { ok: true, output: await recognizeTimed(input as Jobs['recognize']['input'], onProgress, call) };
      case 'finish':
        return { ok: true, output: await finish(input as Jobs['finish']['input'], onProgress) };
    }
  } catch (cause) {
    const error =
      cause instanceof PlanError ? cause : new PlanError(STAGE_OF[name], codeOf(name), messageOf(cause), { cause });
    return { ok: false, error: { stage: error.stage, code: error.code, message: error.message, page: error.page } };
  }
}
