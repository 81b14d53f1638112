import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockWith, timeUsed } from '../../pipeline/cluster/times.ts';

const at = (ms: number) => new Date(ms);
const span = (from: number, to: number | null) => ({ startedAt: at(from), endedAt: to === null ? null : at(to) });

test('time in which two pages are read side by side counts once', () => {
  expect(timeUsed([span(0, 10), span(5, 12), span(20, 30)], at(0))).toBe(22);
});

test('pages that are under way, or of an earlier try, do not count', () => {
  expect(timeUsed([span(0, 10), span(100, null), span(200, 207)], at(50))).toBe(7);
});

test('it is never more than all spans together, nor than the time between the first and the last', () => {
  const spans = fc.array(fc.tuple(fc.nat(1000), fc.nat(100)).map(([from, length]) => span(from, from + length)));
  fc.assert(
    fc.property(spans, (all) => {
      const used = timeUsed(all, at(0));
      const lengths = all.map(({ startedAt, endedAt }) => Number(endedAt) - Number(startedAt));
      const ends = all.map(({ endedAt }) => Number(endedAt));
      const starts = all.map(({ startedAt }) => Number(startedAt));
      expect(used).toBeGreaterThanOrEqual(Math.max(0, ...lengths));
      expect(used).toBeLessThanOrEqual(lengths.reduce((sum, length) => sum + length, 0));
      if (all.length > 0) expect(used).toBeLessThanOrEqual(Math.max(...ends) - Math.min(...starts));
    }),
  );
});

test('a clock knows what others have used, and tells the whole limit', () => {
  const clock = clockWith(1000, 400);
  expect(clock.limit).toBe(1000);
  expect(clock.left()).toBeCloseTo(600, 0);
});
