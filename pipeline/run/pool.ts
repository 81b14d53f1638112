import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PlanError } from '../../output/issues.ts';
import type { JobName, JobRequest, JobResult, Jobs } from './jobs.ts';

interface Worker {
  process: ChildProcess;
  /** Settles the job under way; null where the worker is idle. */
  settle: ((answer: JobResult | { died: string }) => void) | null;
}

export interface Pool {
  /** Runs a job in a process of its own. Rejects with PlanError: 'timeout' after `ms`, 'crashed' where the process died. */
  run<Name extends JobName>(name: Name, input: Jobs[Name]['input'], ms: number): Promise<Jobs[Name]['output']>;
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
/** V8's heap of one worker, in MiB; tesseract's and the pictures' memory come on top. */
const HEAP = 2048;

/**
 * Worker processes that can be killed: what parses documents may hang or crash, and a clock inside the process would stop
 * neither WASM nor native code. A process that dies is replaced by a fresh one; its job is tried once more.
 */
export function createPool(size: number): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: ((worker: Worker) => void)[] = [];
  let closed = false;

  function spawn(): Worker {
    const child = fork(WORKER, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [`--max-old-space-size=${HEAP}`],
    });
    const worker: Worker = { process: child, settle: null };
    child.on('message', (message) => worker.settle?.(message as JobResult));
    child.on('error', (error) => gone(worker, error.message));
    child.on('exit', (code, signal) => gone(worker, signal ?? `exit code ${code}`));
    all.add(worker);
    return worker;
  }

  function gone(worker: Worker, reason: string): void {
    all.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    worker.settle?.({ died: reason });
  }

  async function take(): Promise<Worker> {
    const free = idle.pop();
    if (free) return free;
    if (all.size < size) return spawn();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(worker: Worker): void {
    worker.settle = null;
    const next = waiting.shift();
    const usable = all.has(worker) ? worker : next ? spawn() : null;
    if (next && usable) next(usable);
    else if (usable) idle.push(usable);
  }

  async function once(name: JobName, input: unknown, ms: number): Promise<JobResult | { died: string } | 'timeout'> {
    const worker = await take();
    try {
      return await new Promise((resolve) => {
        const clock = setTimeout(() => {
          worker.settle = null;
          all.delete(worker);
          worker.process.kill('SIGKILL');
          resolve('timeout');
        }, ms);
        worker.settle = (answer) => {
          clearTimeout(clock);
          resolve(answer);
        };
        worker.process.send({ name, input } satisfies JobRequest, (error) => {
          if (error) worker.settle?.({ died: error.message });
        });
      });
    } finally {
      release(worker);
    }
  }

  return {
    async run(name, input, ms) {
      for (let attempt = 1; ; attempt++) {
        const answer = await once(name, input, ms);
        if (answer === 'timeout') {
          throw new PlanError(
            'recognize',
            'timeout',
            `It took longer than ${Math.round(ms / 1000)} s and was stopped: raise --timeout, or split the file.`,
          );
        }
        if ('died' in answer) {
          if (attempt === 1 && !closed) continue;
          throw new PlanError(
            'read',
            'crashed',
            `The program that reads it died twice (${answer.died}): open the file, save it anew as PDF and import that.`,
          );
        }
        if (answer.ok) return answer.output as never;
        const { stage, code, message, page } = answer.error;
        throw new PlanError(stage, code, message, { page });
      }
    },
    async close() {
      closed = true;
      const exits = [...all].map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.process.once('exit', () => resolve());
            worker.process.disconnect();
            setTimeout(() => worker.process.kill('SIGKILL'), 3000).unref();
          }),
      );
      await Promise.all(exits);
    },
  };
}
