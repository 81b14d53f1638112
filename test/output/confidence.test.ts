import { expect, it } from 'vitest';
import { confidenceFigures } from '../../output/eval/confidence.ts';
import { formatConfidence } from '../../output/eval/format.ts';

const judged = (confidence: number, right: boolean) => ({ confidence, right });

it('the area is 1 where every right record has more confidence than every wrong one, a half where it says nothing', () => {
  expect(confidenceFigures([judged(0.9, true), judged(0.8, true), judged(0.4, false)]).auc).toBe(1);
  expect(confidenceFigures([judged(0.9, true), judged(0.9, false)]).auc).toBe(0.5);
  expect(confidenceFigures([judged(0.3, true), judged(0.9, false), judged(0.2, false)]).auc).toBe(0.5);
  expect(confidenceFigures([judged(0.9, true)]).auc).toBeNull();
});

it('each record is in one band, a confidence of 1 in the last', () => {
  const { bands, of, right } = confidenceFigures([
    judged(1, true),
    judged(0.95, true),
    judged(0.7, false),
    judged(0, false),
  ]);
  expect(bands.map(({ from, records }) => [from, records])).toEqual([
    [0, 1],
    [0.5, 0],
    [0.7, 1],
    [0.8, 0],
    [0.9, 0],
    [0.95, 2],
  ]);
  expect([of, right]).toEqual([4, 2]);
});

it('bands with records are printed with their share right', () => {
  const text = formatConfidence(confidenceFigures([judged(0.97, true), judged(0.96, false), judged(0.2, false)]));
  expect(text.split('\n')).toEqual([
    '0.00-0.50     1 records  0.0000 right',
    '0.95-1.00     2 records  0.5000 right',
    '3 indicators and rows, area under the ROC curve 1.0000',
  ]);
});
