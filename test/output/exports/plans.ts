import fc from 'fast-check';
import type { Indicator } from '../../../output/record.ts';
import type { ResultRecord } from '../../../output/results.ts';
import { binhAn } from '../fixture.ts';

export async function* each(results: readonly ResultRecord[]): AsyncGenerator<ResultRecord> {
  yield* results;
}

/** Texts with what formats trip over; whole characters without byte order marks, as a record has them. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\uFEFF', '')),
  fc.constantFrom('=1+1', '-', '- gạch', '+84', '@a', 'a,b;"c"\r\nd\te', '  ', "'", '95', 'NULL', '😀', '\t=1'),
);
const amount = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());

/** Changes to a target. */
export const targets = fc.array(
  fc.record({
    subject: words,
    unit: fc.option(words),
    value: amount,
    valueMax: fc.option(amount),
    section: fc.array(words),
  }),
);

/** Two documents: the fixture's with any texts and numbers, and one without records. */
export async function plans(changes: readonly Partial<Indicator>[]): Promise<ResultRecord[]> {
  const { entry, record } = await binhAn();
  const [first] = record.indicators;
  if (!first) throw new Error('the fixture has changed');
  const none = { indicators: [], tasks: [], duties: [], taskTables: [], references: [], issues: [] };
  return [
    { entry, record: { ...record, indicators: changes.map((change) => ({ ...first, ...change })) } },
    { entry: { ...entry, id: 'ffff' }, record: { ...record, ...none, id: 'ffff' } },
  ];
}
