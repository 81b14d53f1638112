import { closeJobs, type JobRequest, runJob } from './jobs.ts';

process.on('message', async (request: JobRequest) => {
  const result = await runJob(request);
  process.send?.(result);
});

// The run closed, or died: nobody waits for an answer any more.
process.on('disconnect', async () => {
  await closeJobs().catch(() => undefined);
  process.exit(0);
});

// Ctrl-C reaches the whole group; the run decides what is still written.
process.on('SIGINT', () => undefined);
