import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PictureAnswer, PictureRequest } from './page-worker.ts';

/** Bytes of pictures kept in memory. */
const KEPT = 128 * 1024 * 1024;
/** Milliseconds for one page. */
const PATIENCE = 60_000;
/** Times that a page is drawn whose drawing ends the process. */
const TRIES = 2;
const WORKER = fileURLToPath(new URL('./page-worker.js', import.meta.url));

/** Pixels: sharp enough on a wide screen with the page at half of it, twice enlarged. */
export const SCREEN = { width: 1654, format: 'jpeg', quality: 84 } as const;

export interface Pictures {
  /** The page as a picture. A request whose signal is aborted before its turn comes rejects. */
  get(request: PictureRequest, signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  request: PictureRequest;
  signal: AbortSignal | undefined;
  settle: (answer: PictureAnswer) => void;
}

/**
 * Draws pages one after the other, the one asked for last first: it is the one in view. In a process of its own: what a
 * damaged picture does to the library that draws it ends neither the reviewer's page nor a report.
 */
export function createPictures(): Pictures {
  const cache = new Map<string, Uint8Array>();
  let cached = 0;
  const waiting: Waiting[] = [];
  let worker: ChildProcess | null = null;

  /** One that dies while it has nothing to do is missed by no one: the next page gets a new one. */
  function start(): ChildProcess {
    const child = fork(WORKER, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const gone = () => {
      if (worker === child) worker = null;
    };
    child.on('error', gone).on('exit', gone);
    worker = child;
    return child;
  }

  // Loaded before the first page is asked for.
  start();
  let busy = false;

  function keep(key: string, bytes: Uint8Array): void {
    cache.set(key, bytes);
    cached += bytes.byteLength;
    for (const [oldest, old] of cache) {
      if (cached <= KEPT) break;
      cache.delete(oldest);
      cached -= old.byteLength;
    }
  }

  /** Null where the process died over it. */
  function drawOnce(request: PictureRequest): Promise<PictureAnswer | null> {
    const child = worker ?? start();
    return new Promise((resolve) => {
      const end = (answer: PictureAnswer | null) => {
        clearTimeout(clock);
        child.off('message', end).off('error', died).off('exit', died);
        resolve(answer);
      };
      const died = () => end(null);
      const clock = setTimeout(() => {
        worker = null;
        child.kill('SIGKILL');
        end({ error: `page ${request.page} took too long` });
      }, PATIENCE);
      child.once('message', end).once('error', died).once('exit', died);
      // Where it cannot be told, its end is.
      child.send(request, () => undefined);
    });
  }

  async function draw(request: PictureRequest): Promise<PictureAnswer> {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const answer = await drawOnce(request);
      if (answer !== null) return answer;
    }
    return { error: `page ${request.page} cannot be drawn` };
  }

  async function next(): Promise<void> {
    if (busy) return;
    const job = waiting.pop();
    if (!job) return;
    if (job.signal?.aborted) job.settle({ error: 'no longer wanted' });
    else {
      busy = true;
      const key = JSON.stringify(job.request);
      const bytes = cache.get(key);
      const answer = bytes ? { bytes } : await draw(job.request);
      if (!bytes && 'bytes' in answer) keep(key, answer.bytes);
      job.settle(answer);
      busy = false;
    }
    return next();
  }

  return {
    async get(request, signal) {
      const key = JSON.stringify(request);
      const known = cache.get(key);
      if (known) {
        cache.delete(key);
        cache.set(key, known);
        return known;
      }
      const answer = await new Promise<PictureAnswer>((settle) => {
        waiting.push({ request, signal, settle });
        void next();
      });
      if ('error' in answer) throw new Error(answer.error);
      return answer.bytes;
    },
    async close() {
      const child = worker;
      if (child === null) return;
      await new Promise((ended) => {
        child.once('exit', ended);
        child.kill('SIGKILL');
      });
    },
  };
}
