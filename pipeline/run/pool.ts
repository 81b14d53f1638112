import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PlanError } from '../../output/issues.ts';
import type { Clock } from './clock.ts';
import { type JobName, type JobRequest, type JobResult, type Jobs, READY, STAGE_OF } from './jobs.ts';

type Answer = JobResult | { died: string } | 'timeout';

interface Worker {
  process: ChildProcess;
  /** Settles the job under way; null where the worker is idle. */
  settle: ((answer: Answer) => void) | null;
  /** Pages it has recognised. */
  pages: number;
  /** Settles when it can take a job, or has died before. */
  ready: Promise<void>;
  /** Why it is no more; null while it lives. */
  died: string | null;
}

export interface Pool {
  /**
   * Runs a job in a process of its own, on the document's clock. Rejects with PlanError: 'timeout' when the clock has run
   * out, 'crashed' where the process died twice, else what the job itself threw.
   */
  run<Name extends JobName>(name: Name, input: Jobs[Name]['input'], clock: Clock): Promise<Jobs[Name]['output']>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Processes side by side. */
  size: number;
  /** The program of a process: it sends READY once, then answers each JobRequest it is sent with one JobResult. */
  worker?: string;
  /** Pages a process recognises before a fresh one takes its place: engines and decoders keep memory. */
  pagesAWorker?: number;
}

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
const PAGES_A_WORKER = 60;
/** V8's heap of one worker, in MiB; tesseract's and the pictures' memory come on top. */
const HEAP = 2048;
/** Milliseconds a process has to end by itself. */
const GRACE = 3000;
/** Milliseconds it has to start: loading the program is no work on a document. */
const START = 60_000;

/**
 * Worker processes that can be killed: what parses documents may hang or crash, and a clock inside the process would stop
 * neither WASM nor native code. A process that dies is replaced by a fresh one; its job is tried once more.
 */
export function createPool({ size, worker: program = WORKER, pagesAWorker = PAGES_A_WORKER }: PoolOptions): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const leaving = new Set<Promise<void>>();
  const waiting: ((worker: Worker) => void)[] = [];
  let closed = false;

  function spawn(): Worker {
    const child = fork(program, [], {
      serialization: 'advanced',
      // What libraries print is no message for the person at the terminal; KEHOACH_DEBUG=1 shows it.
      stdio: ['ignore', 'ignore', process.env.KEHOACH_DEBUG ? 'inherit' : 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${HEAP}`],
      // Ctrl-C reaches a terminal's whole group: out of it, the page under way is finished, a native engine's too.
      detached: process.platform !== 'win32',
    });
    const ready = new Promise<void>((resolve) => {
      const clock = setTimeout(() => child.kill('SIGKILL'), START);
      for (const event of ['message', 'error', 'exit']) {
        child.once(event, () => {
          clearTimeout(clock);
          resolve();
        });
      }
    });
    const worker: Worker = { process: child, settle: null, pages: 0, ready, died: null };
    child.on('message', (message) => {
      if (message !== READY) worker.settle?.(message as JobResult);
    });
    child.on('error', (error) => gone(worker, error.message));
    child.on('exit', (code, signal) => gone(worker, signal ?? `exit code ${code}`));
    all.add(worker);
    return worker;
  }

  function gone(worker: Worker, reason: string): void {
    all.delete(worker);
    worker.died ??= reason;
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    worker.settle?.({ died: reason });
  }

  /** Ends a process that has nothing to do; one that does not end is killed. */
  function dismiss(worker: Worker): void {
    all.delete(worker);
    const { process: child } = worker;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const end = new Promise<void>((resolve) => {
      const clock = setTimeout(() => child.kill('SIGKILL'), GRACE);
      child.once('exit', () => {
        clearTimeout(clock);
        leaving.delete(end);
        resolve();
      });
    });
    leaving.add(end);
    if (child.connected) child.disconnect();
    else child.kill('SIGKILL');
  }

  async function take(): Promise<Worker> {
    const free = idle.pop();
    if (free) return free;
    if (all.size < size) return spawn();
    return new Promise((resolve) => waiting.push(resolve));
  }

  function release(worker: Worker): void {
    worker.settle = null;
    if (all.has(worker) && worker.pages >= pagesAWorker) dismiss(worker);
    const next = waiting.shift();
    const usable = all.has(worker) ? worker : next ? spawn() : null;
    if (next && usable) next(usable);
    else if (usable) idle.push(usable);
  }

  async function once(name: JobName, input: unknown, clock: Clock): Promise<Answer> {
    const worker = await take();
    try {
      await worker.ready;
      if (worker.died !== null) return { died: worker.died };
      if (clock.left() <= 0) return 'timeout';
      if (name === 'recognize') worker.pages++;
      return await answered(worker, { name, input }, clock);
    } finally {
      release(worker);
    }
  }

  function answered(worker: Worker, request: JobRequest, clock: Clock): Promise<Answer> {
    clock.start();
    const answer = new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => {
        all.delete(worker);
        worker.process.kill('SIGKILL');
        resolve('timeout');
      }, clock.left());
      worker.settle = (answer) => {
        clearTimeout(timer);
        worker.settle = null;
        resolve(answer);
      };
      worker.process.send(request, (error) => {
        if (error) worker.settle?.({ died: error.message });
      });
    });
    return answer.finally(() => clock.stop());
  }

  return {
    async run(name, input, clock) {
      for (let attempt = 1; ; attempt++) {
        const answer = await once(name, input, clock);
        if (answer === 'timeout') {
          throw new PlanError(
            STAGE_OF[name],
            'timeout',
            `Reading took longer than ${Math.round(clock.limit / 1000)} s and was stopped: allow more with --timeout, or split the file.`,
          );
        }
        if ('died' in answer) {
          if (attempt === 1 && !closed) continue;
          throw new PlanError(
            STAGE_OF[name],
            'crashed',
            `The program died twice while it read this (${answer.died}): open the file, save it anew as PDF and import that.`,
          );
        }
        if (answer.ok) return answer.output as never;
        const { stage, code, message, page } = answer.error;
        throw new PlanError(stage, code, message, { page });
      }
    },
    async close() {
      closed = true;
      for (const worker of all) dismiss(worker);
      await Promise.all(leaving);
    },
  };
}
