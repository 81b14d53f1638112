import { Worker } from 'node:worker_threads';
import type { PictureAnswer, PictureRequest } from './page-worker.ts';

/** Bytes of pictures kept in memory. */
const KEPT = 128 * 1024 * 1024;
/** Milliseconds for one page. */
const PATIENCE = 60_000;

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

/** Draws pages one after the other in a thread of its own, the one asked for last first: it is the one in view. */
export function createPictures(): Pictures {
  const cache = new Map<string, Uint8Array>();
  let cached = 0;
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;

  /** A thread that dies while it has nothing to do is missed by no one: the next page gets a new one. */
  function start(): Worker {
    const thread = new Worker(new URL('./page-worker.js', import.meta.url));
    thread.on('error', () => {
      if (worker === thread) worker = null;
    });
    worker = thread;
    return thread;
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

  /** A worker that died or hangs is given up; the next page gets a new one. */
  function draw(request: PictureRequest): Promise<PictureAnswer> {
    const thread = worker ?? start();
    return new Promise((resolve) => {
      const end = (answer: PictureAnswer) => {
        clearTimeout(clock);
        thread.off('message', end).off('error', fail).off('exit', stopped);
        resolve(answer);
      };
      const giveUp = (error: string) => {
        end({ error });
        worker = null;
        void thread.terminate();
      };
      const fail = (error: unknown) => giveUp(String(error));
      const stopped = () => giveUp('the drawing thread ended');
      const clock = setTimeout(() => giveUp(`page ${request.page} took too long`), PATIENCE);
      thread.once('message', end).once('error', fail).once('exit', stopped);
      thread.postMessage(request);
    });
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
      await worker?.terminate();
    },
  };
}
