import { type Clock, createClock } from '../run/clock.ts';

export interface Span {
  startedAt: Date;
  endedAt: Date | null;
}

/** Milliseconds in which at least one of the spans that have ended since `from` ran: two at once count once. */
export function timeUsed(spans: readonly Span[], from: Date): number {
  const ended = spans
    .flatMap(({ startedAt, endedAt }) =>
      endedAt && startedAt >= from ? [[startedAt.getTime(), endedAt.getTime()]] : [],
    )
    .sort(([a = 0], [b = 0]) => a - b);
  let [used, until] = [0, 0];
  for (const [start = 0, end = 0] of ended) {
    used += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return used;
}

/** A document's clock of which other workers have used some. */
export function clockWith(limit: number, used: number): Clock {
  const clock = createClock(limit);
  return {
    get limit() {
      return clock.limit;
    },
    allow: clock.allow,
    start: clock.start,
    stop: clock.stop,
    left: () => clock.left() - used,
  };
}
