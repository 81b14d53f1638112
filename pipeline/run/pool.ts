import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { fileURLToPath } from 'node:url';
import { PlanError } from '../../output/issues.ts';
import { UsageError } from '../../output/usage-error.ts';
import type { StageProgress } from '../document.ts';
import type { Clock } from './clock.ts';
import { killGroup, killTree } from './process.ts';
import {
  type JobName,
  type JobProgress,
  type JobRequest,
  type JobResult,
  type Jobs,
  type Prospect,
  READY,
  STAGE_OF,
} from './protocol.ts';
import { OUT_OF_MEMORY } from './watch.ts';

type Answer = JobResult | { died: string } | 'timeout' | 'silent';

interface Worker {
  process: ChildProcess;
  /** Settles the job under way; null where the worker is idle. */
  settle: ((answer: Answer) => void) | null;
  /** Hears how far the job under way is. */
  hear: ((progress: StageProgress) => void) | null;
  /** The end of what it said on standard error. */
  lastWords: string;
  /** Pages it has recognised. */
  pages: number;
  /** Settles when it can take a job, or has died before. */
  ready: Promise<void>;
  /** Runs while it has nothing to do. */
  rest: NodeJS.Timeout | undefined;
  /** Its Node does not know its options: one without them takes its place. */
  isUnfit: boolean;
  /** Why it is no more; null while it lives. */
  died: string | null;
}

export interface Pool {
  /**
   * Runs a job in a process of its own, on the document's clock. Rejects with PlanError: 'timeout' when the clock has run
   * out or the job said nothing for too long, 'crashed' where the process died twice, else what the job itself threw.
   */
  run<Name extends JobName>(
    name: Name,
    input: Jobs[Name]['input'],
    clock: Clock,
    events?: JobEvents,
  ): Promise<Jobs[Name]['output']>;
  /** Starts as many processes, if the pool may have them, before there is work for them. */
  warm(count: number, prospect: Prospect['prospect']): void;
  close(): Promise<void>;
}

export interface JobEvents {
  onProgress?: (progress: StageProgress) => void;
  /** The process that did the job is no more. */
  onLost?: (lost: { pid: number | null; reason: string }) => void;
}

export interface PoolOptions {
  /** Processes side by side. */
  size: number;
  /** The program of a process: it sends READY once, then answers each JobRequest it is sent with one JobResult. */
  worker?: string;
  /** Pages a process recognises before a fresh one takes its place: engines and decoders keep memory. */
  pagesAWorker?: number;
  /** Bytes a process and its engine may hold together; one that holds more is ended, and its job tried once more. */
  memory?: number;
  /** Milliseconds that an engine has for one answer, if not as page-job.ts says. */
  call?: number;
  /** Milliseconds without a word from a job: it has read no page and ended no stage. */
  silence?: number;
}

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));
const PAGES_A_WORKER = 60;
const SILENCE = 300_000;
/** MiB of V8's heap, beside which are tesseract's memory and the pictures. */
const HEAP = ['--max-old-space-size=2048'];
/**
 * As many workers as cores: what V8 does in threads takes other workers' time. Loops over pixels run hot at once, and what
 * runs hot only for a page is not worth compiling: the budget is five times V8's own.
 */
const TUNED = [
  '--single-threaded-gc',
  '--no-concurrent-recompilation',
  '--always-sparkplug',
  `--interrupt-budget=${5 * 66 * 1024}`,
];
/** What Node says of an option that its V8 does not know. */
const BAD_OPTION = 9;
/** Bytes of one worker with its engine; less where the machine has less, but enough for the largest pictures read. */
const MEMORY = { most: 3 * 2 ** 30, least: 1.5 * 2 ** 30 };
/** Share of the machine's memory that all workers together may hold. */
const SHARE = 0.8;
/** Letters kept of what a process says on standard error. */
const LAST_WORDS = 2000;
/** Milliseconds a process has to end by itself. */
const GRACE = 3000;
/** Milliseconds without work, near the end of a run, after which it loads what finishing a document needs. */
const REST = 100;
/** Milliseconds it has to start: loading the program is no work on a document. */
const START = 60_000;

/**
 * Worker processes that can be killed: what parses documents may hang or crash, and a clock inside the process would stop
 * neither WASM nor native code. A process that dies is replaced by a fresh one; its job is tried once more.
 */
export function createPool({
  size,
  worker: program = WORKER,
  pagesAWorker = PAGES_A_WORKER,
  memory = memoryOfOne(size),
  silence = SILENCE,
  call,
}: PoolOptions): Pool {
  if (program === WORKER && !existsSync(WORKER)) {
    throw new UsageError(
      `${WORKER} is not there: run "npm run build", then "npm start --silent -- …"; the sources alone read no document.`,
    );
  }
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const leaving = new Set<Promise<void>>();
  const waiting: ((worker: Worker) => void)[] = [];
  let closed = false;
  let options = [...HEAP, ...TUNED];

  function spawn(): Worker {
    const isTuned = options !== HEAP;
    const child = fork(program, [memory, call ?? ''].map(String), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: options,
      // Ctrl-C reaches a terminal's whole group: out of it, the page under way is finished, a native engine's too.
      detached: process.platform !== 'win32',
    });
    child.once('exit', (code) => {
      if (code !== BAD_OPTION || !isTuned) return;
      options = HEAP;
      worker.isUnfit = true;
      all.delete(worker);
    });
    const ready = new Promise<void>((resolve) => {
      const clock = setTimeout(() => kill(child), START);
      for (const event of ['message', 'error', 'exit']) {
        child.once(event, () => {
          clearTimeout(clock);
          resolve();
        });
      }
    });
    const worker: Worker = {
      ...{ process: child, settle: null, hear: null, lastWords: '', pages: 0 },
      ...{ ready, rest: undefined, isUnfit: false, died: null },
    };
    child.on('message', (message: typeof READY | JobProgress | (JobResult & JobProgress)) => {
      if (message === READY) return;
      for (const step of message.progress) worker.hear?.(step);
      if ('ok' in message) worker.settle?.(message);
    });
    // What libraries print is no message for the person at the terminal; KEHOACH_DEBUG=1 shows it.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      worker.lastWords = (worker.lastWords + text).slice(-LAST_WORDS);
      if (process.env.KEHOACH_DEBUG) process.stderr.write(text);
    });
    child.on('error', (error) => gone(worker, error.message));
    child.on('close', (code, signal) => gone(worker, causeOf(worker, signal ?? `exit code ${code}`)));
    all.add(worker);
    return worker;
  }

  function gone(worker: Worker, reason: string): void {
    all.delete(worker);
    worker.died ??= reason;
    // An engine may outlive the process that started it.
    if (worker.process.pid !== undefined) killGroup(worker.process.pid);
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
      const clock = setTimeout(() => kill(child), GRACE);
      child.once('exit', () => {
        clearTimeout(clock);
        leaving.delete(end);
        resolve();
      });
    });
    leaving.add(end);
    if (child.connected) child.disconnect();
    else kill(child);
  }

  async function take(): Promise<Worker> {
    const free = idle.shift();
    clearTimeout(free?.rest);
    if (free) return free;
    if (all.size < size) return spawn();
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function takeReady(): Promise<Worker> {
    for (;;) {
      const worker = await take();
      await worker.ready;
      if (!worker.isUnfit) return worker;
      release(worker);
    }
  }

  function release(worker: Worker): void {
    worker.settle = null;
    worker.hear = null;
    if (all.has(worker) && worker.pages >= pagesAWorker) dismiss(worker);
    const next = waiting.shift();
    const usable = all.has(worker) ? worker : next ? spawn() : null;
    if (next && usable) next(usable);
    else if (usable) {
      idle.push(usable);
      usable.rest = setTimeout(foretell, REST, usable, 'texts').unref();
    }
  }

  async function once(name: JobName, input: unknown, clock: Clock, events: JobEvents): Promise<Answer> {
    const worker = await takeReady();
    try {
      if (worker.died !== null) return { died: worker.died };
      if (clock.left() <= 0) return 'timeout';
      if (name === 'recognize') worker.pages++;
      const answer = await answered(worker, { name, input }, clock, events);
      const reason = lossOf(answer);
      if (reason !== null) events.onLost?.({ pid: worker.process.pid ?? null, reason });
      return answer;
    } finally {
      release(worker);
    }
  }

  function answered(worker: Worker, request: JobRequest, clock: Clock, events: JobEvents): Promise<Answer> {
    clock.start();
    const answer = new Promise<Answer>((resolve) => {
      const stop = (why: 'timeout' | 'silent') => {
        all.delete(worker);
        kill(worker.process);
        worker.settle?.(why);
      };
      const timer = setTimeout(stop, clock.left(), 'timeout');
      const quiet = setTimeout(stop, silence, 'silent');
      worker.hear = (progress) => {
        quiet.refresh();
        events.onProgress?.(progress);
      };
      worker.settle = (answer) => {
        clearTimeout(timer);
        clearTimeout(quiet);
        worker.settle = null;
        worker.hear = null;
        resolve(answer);
      };
      worker.process.send(request, (error) => {
        if (error) worker.settle?.({ died: error.message });
      });
    });
    return answer.finally(() => clock.stop());
  }

  return {
    async run(name, input, clock, events = {}) {
      for (let attempt = 1; ; attempt++) {
        const answer = await once(name, input, clock, events);
        if (answer === 'timeout') {
          throw new PlanError(
            STAGE_OF[name],
            'timeout',
            `Reading took longer than ${Math.round(clock.limit / 1000)} s and was stopped: allow more with --timeout, or split the file.`,
          );
        }
        if (answer === 'silent') {
          throw new PlanError(
            STAGE_OF[name],
            'timeout',
            `Reading stood still for ${Math.round(silence / 1000)} s and was stopped: open the file, save it anew as PDF and import that.`,
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
    warm(count, prospect) {
      while (all.size < Math.min(count, size)) {
        const worker = spawn();
        idle.push(worker);
        foretell(worker, prospect);
      }
    },
    async close() {
      closed = true;
      for (const worker of all) dismiss(worker);
      await Promise.all(leaving);
    },
  };
}

/** What one process may hold on this machine, in bytes. */
function memoryOfOne(size: number): number {
  const limit = constrainedMemory?.() ?? 0;
  const there = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.max(MEMORY.least, Math.min(MEMORY.most, (there * SHARE) / size));
}

function foretell({ process: child }: Worker, prospect: Prospect['prospect']): void {
  if (child.connected) child.send({ prospect } satisfies Prospect, () => undefined);
}

function causeOf({ lastWords }: Worker, end: string): string {
  if (lastWords.includes(OUT_OF_MEMORY)) return 'it needed too much memory';
  return /heap out of memory|Allocation failed/i.test(lastWords) ? 'its memory ran out' : end;
}

function lossOf(answer: Answer): string | null {
  if (answer === 'timeout') return 'the document took too long';
  if (answer === 'silent') return 'it stood still';
  return 'died' in answer ? answer.died : null;
}

/** Ends a process that does not end by itself, with its engine. */
function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) killTree(pid);
}
