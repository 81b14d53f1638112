import type { StageProgress } from '../document.ts';
import { end, prepare, runJob } from './jobs.ts';
import { type JobProgress, type JobRequest, type JobResult, type Prospect, READY } from './protocol.ts';
import { watchProcess } from './watch.ts';

const [memory, call] = process.argv.slice(2);
const CALL = call ? Number(call) : undefined;

watchProcess(Number(memory));

/** The run may be gone by now. */
function send(message: unknown): void {
  if (process.connected) process.send?.(message, () => undefined);
}

/** Milliseconds between two words about a job: a short one says all with its result. */
const BETWEEN = 500;

let atWork = false;

async function work(request: JobRequest): Promise<void> {
  let progress: StageProgress[] = [];
  let said = performance.now();
  const result = await runJob(
    request,
    (step) => {
      progress.push(step);
      if (performance.now() - said < BETWEEN) return;
      send({ progress } satisfies JobProgress);
      progress = [];
      said = performance.now();
    },
    CALL,
  );
  send({ ...result, progress } satisfies JobResult & JobProgress);
}

process.on('message', async (request: JobRequest | Prospect) => {
  // Whatever cannot be loaded, the job will tell.
  if ('prospect' in request) await prepare(request).catch(() => undefined);
  else {
    atWork = true;
    await work(request);
    atWork = false;
  }
});

// The run closed, or died: nobody waits for an answer any more, and what is written now might undo what the next one writes.
process.on('disconnect', () => {
  if (atWork) process.exit(0);
  void end().finally(() => process.exit(0));
});

// Of a damaged PDF, pdf.js leaves rejections that nobody waits for; the job itself ends as it must, or its clock ends it.
process.on('unhandledRejection', () => undefined);

// Ctrl-C reaches the whole group where there is no other; the run decides what is still written.
process.on('SIGINT', () => undefined);

send(READY);
