/** How long a document may be worked on. */
export interface Clock {
  /** Milliseconds allowed in all. */
  readonly limit: number;
  /** Allows as much in all, if that is more. */
  allow(limit: number): void;
  /** A job of the document begins. */
  start(): void;
  /** A job of the document ends. */
  stop(): void;
  left(): number;
}

/**
 * A clock that runs while at least one job of its document does: waiting for a free process costs a document nothing, so
 * that a busy machine fails none.
 */
export function createClock(allowed: number, now: () => number = () => performance.now()): Clock {
  let limit = allowed;
  let used = 0;
  let running = 0;
  let since = 0;
  return {
    get limit() {
      return limit;
    },
    allow(more) {
      limit = Math.max(limit, more);
    },
    start() {
      if (running++ === 0) since = now();
    },
    stop() {
      if (--running === 0) used += now() - since;
    },
    left: () => limit - used - (running > 0 ? now() - since : 0),
  };
}
