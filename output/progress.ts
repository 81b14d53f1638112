import { durationText, shorten } from './terminal.ts';

export interface ProgressState {
  documentsDone: number;
  /** Those of them whose result of an earlier run was kept; their pages are not counted. */
  documentsKept: number;
  documentsTotal: number;
  pagesDone: number;
  /** Of the documents opened so far. */
  pagesTotal: number;
  /** The document at work, shown where there is room. */
  current?: string;
}

export interface Progress {
  update(state: ProgressState): void;
  /** Takes the line away, or tells the last state where there is no terminal. */
  finish(): void;
}

export interface ProgressOptions {
  stream: { write(text: string): unknown };
  isTTY: boolean;
  /** Width of the terminal. */
  columns: number;
  /** Milliseconds, from any fixed moment on. */
  now: () => number;
}

/** Milliseconds between two states told: a terminal's line is redrawn smoothly, a log stays short. */
const REDRAW = 100;
const LOG = 2000;
/** Nothing is said of the rate before: the first pages would mislead. */
const RATE_AFTER = 2000;

const CLEAR = '\r\u001b[K';

function rateTexts(done: number, left: number, elapsed: number): string[] {
  if (elapsed < RATE_AFTER || done <= 0) return [];
  const perSecond = done / (elapsed / 1000);
  const rate = `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} pages/s`;
  return left > 0 ? [rate, `${durationText(Math.max(1000, (left / perSecond) * 1000))} left`] : [rate];
}

const read = ({ documentsDone, documentsKept }: ProgressState): number => documentsDone - documentsKept;

/** Tells how far the work is: one redrawn line on a terminal, else plain lines now and then and for every document read. */
export function createProgress({ stream, isTTY, columns, now }: ProgressOptions): Progress {
  let first: { time: number; pages: number } | undefined;
  let last: ProgressState | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let told: ProgressState | undefined;

  function lineOf(state: ProgressState, time: number): string {
    const { documentsDone, documentsKept, documentsTotal, pagesDone, pagesTotal, current } = state;
    const started = first ?? { time, pages: pagesDone };
    const line = [
      `${documentsDone} of ${documentsTotal} documents${documentsKept > 0 ? ` (${documentsKept} kept)` : ''}`,
      `${pagesDone} of ${pagesTotal} pages`,
      ...rateTexts(pagesDone - started.pages, pagesTotal - pagesDone, time - started.time),
    ].join(' · ');
    if (!isTTY) return current ? `${line} · ${current}` : line;
    const room = columns - 1 - line.length - 3;
    return current && room >= 12 ? `${line} · ${shorten(current, room)}` : shorten(line, columns - 1);
  }

  function tell(state: ProgressState, time: number): void {
    stream.write(isTTY ? CLEAR + lineOf(state, time) : `${lineOf(state, time)}\n`);
    toldAt = time;
    told = state;
  }

  return {
    update(state) {
      const time = now();
      first ??= { time, pages: state.pagesDone };
      const finished = read(state) > (last ? read(last) : 0);
      last = state;
      if (time - toldAt >= (isTTY ? REDRAW : LOG) || finished) tell(state, time);
    },
    finish() {
      if (isTTY && told) stream.write(CLEAR);
      else if (last && last !== told) tell(last, now());
    },
  };
}
