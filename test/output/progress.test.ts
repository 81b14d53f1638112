import { expect, test } from 'vitest';
import { createProgress, type ProgressState } from '../../output/progress.ts';

/** A progress whose clock and stream are the test's own. */
function harness(isTTY: boolean, columns = 80) {
  let time = 0;
  const written: string[] = [];
  const progress = createProgress({
    stream: { write: (text) => written.push(text) },
    isTTY,
    columns,
    now: () => time,
  });
  const at = (milliseconds: number, state: Partial<ProgressState>) => {
    time = milliseconds;
    progress.update({ documentsDone: 0, documentsKept: 0, documentsTotal: 4, pagesDone: 0, pagesTotal: 40, ...state });
  };
  return { at, written, finish: progress.finish };
}

test('without a terminal: a line at first, then one every two seconds', () => {
  const { at, written } = harness(false);
  for (let time = 0; time <= 6000; time += 250) at(time, { pagesDone: time / 250 });
  expect(written).toEqual([
    '0 of 4 documents · 0 of 40 pages\n',
    '0 of 4 documents · 8 of 40 pages · 4.0 pages/s · 8.0 s left\n',
    '0 of 4 documents · 16 of 40 pages · 4.0 pages/s · 6.0 s left\n',
    '0 of 4 documents · 24 of 40 pages · 4.0 pages/s · 4.0 s left\n',
  ]);
});

test('without a terminal: a line for every finished document, and the last state at the end', () => {
  const { at, written, finish } = harness(false);
  at(0, {});
  at(100, { documentsDone: 1, pagesDone: 10, current: 'xã Bình An.pdf' });
  at(200, { documentsDone: 1, pagesDone: 11 });
  finish();
  expect(written).toEqual([
    '0 of 4 documents · 0 of 40 pages\n',
    '1 of 4 documents · 10 of 40 pages · xã Bình An.pdf\n',
    '1 of 4 documents · 11 of 40 pages\n',
  ]);
});

test('pages kept from an earlier run do not count for the rate', () => {
  const { at, written } = harness(false);
  at(0, { pagesDone: 30 });
  at(10_000, { pagesDone: 35 });
  expect(written[1]).toBe('0 of 4 documents · 35 of 40 pages · 0.5 pages/s · 10.0 s left\n');
});

test('documents kept from an earlier run get no line each', () => {
  const { at, written, finish } = harness(false);
  for (const kept of [0, 1, 2, 3]) at(kept, { documentsDone: kept, documentsKept: kept });
  at(4, { documentsDone: 4, documentsKept: 3, pagesDone: 2 });
  finish();
  expect(written).toEqual(['0 of 4 documents · 0 of 40 pages\n', '4 of 4 documents (3 kept) · 2 of 40 pages\n']);
});

test('on a terminal: one line, redrawn at most ten times a second, taken away at the end', () => {
  const { at, written, finish } = harness(true, 60);
  for (let time = 0; time < 1000; time += 20) at(time, { current: 'kế hoạch cải cách hành chính xã Bình An.pdf' });
  expect(written).toHaveLength(10);
  expect(written[0]).toBe('\r\u001b[K0 of 4 documents · 0 of 40 pages · kế hoạch cải…Bình An.pdf');
  finish();
  expect(written.at(-1)).toBe('\r\u001b[K');
  expect(written.join('')).not.toContain('\n');
});

test('a narrow terminal is never filled, so that the line does not break', () => {
  const { at, written } = harness(true, 24);
  at(0, { current: 'a.pdf' });
  expect(written[0]?.replace('\r\u001b[K', '')).toHaveLength(23);
});
