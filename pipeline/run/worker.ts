import { type JobRequest, READY, runJob } from './jobs.ts';
import { closeEngine } from './page-job.ts';
import { watchParent } from './watch-parent.ts';

watchParent();

process.on('message', async (request: JobRequest) => {
  const result = await runJob(request);
  // The run may be gone by now.
  if (process.connected) process.send?.(result, () => undefined);
});

// The run closed, or died: nobody waits for an answer any more.
process.on('disconnect', async () => {
  await closeEngine().catch(() => undefined);
  process.exit(0);
});

// Ctrl-C reaches the whole group where there is no other; the run decides what is still written.
process.on('SIGINT', () => undefined);

process.send?.(READY);
