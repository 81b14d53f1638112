import { runJob } from './jobs.ts';
import { type JobProgress, type JobRequest, READY } from './protocol.ts';
import { watchProcess } from './watch.ts';

watchProcess(Number(process.argv[2]));

/** The run may be gone by now. */
function send(message: unknown): void {
  if (process.connected) process.send?.(message, () => undefined);
}

process.on('message', async (request: JobRequest) => {
  send(await runJob(request, (progress) => send({ progress } satisfies JobProgress)));
});

// The run closed, or died: nobody waits for an answer any more, and what is written now might undo what the next one writes.
process.on('disconnect', () => process.exit(0));

// Of a damaged PDF, pdf.js leaves rejections that nobody waits for; the job itself ends as it must, or its clock ends it.
process.on('unhandledRejection', () => undefined);

// Ctrl-C reaches the whole group where there is no other; the run decides what is still written.
process.on('SIGINT', () => undefined);

send(READY);
