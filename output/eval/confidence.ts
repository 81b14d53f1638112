import { foldWords } from '../fold.ts';
import type { Indicator, PlanRecord, TaskRow } from '../record.ts';
import { likeness, matchPairs, overlap, round, sameWords } from './figures.ts';
import type { Gold, GoldIndicator, GoldRow } from './gold.ts';
import { CELLS } from './records.ts';

/** A record's confidence, and whether the record is right. */
export interface Judged {
  confidence: number;
  right: boolean;
}

export interface ConfidenceBand {
  /** Confidences from here up to the next band, 1 included in the last. */
  from: number;
  records: number;
  right: number;
}

export interface ConfidenceFigures {
  /** Indicators and rows judged. */
  of: number;
  right: number;
  /** Area under the ROC curve: how often a right record has more confidence than a wrong one; null without one of either. */
  auc: number | null;
  bands: ConfidenceBand[];
}

const BANDS = [0, 0.5, 0.7, 0.8, 0.9, 0.95];
/** A word in fifty may differ: gold and record may cut a clause's ends otherwise. */
const SAME_QUOTE = 0.98;

function isRightIndicator(gold: GoldIndicator, got: Indicator): boolean {
  const fields = ['value', 'valueMax', 'comparator', 'change', 'deadline', 'period', 'baseline'] as const;
  if (fields.some((name) => (gold[name] ?? null) !== (got[name] ?? null))) return false;
  return (
    sameWords(gold.unit, got.unit) && Math.max(...overlap(foldWords(got.quote), foldWords(gold.quote))) >= SAME_QUOTE
  );
}

const isRightRow = (gold: GoldRow, got: TaskRow): boolean =>
  CELLS.every((cell) => sameWords(gold[cell] ?? '', got[cell]));

/** Pairs by likeness of their words, then asks of each record whether everything about it is right. One without gold is wrong. */
function judge<G, H extends { confidence: number }>(
  gold: readonly G[],
  got: readonly H[],
  words: (item: G | H) => string,
  isRight: (gold: G, got: H) => boolean,
): Judged[] {
  const lists = new Map<G | H, string[]>([...gold, ...got].map((item) => [item, foldWords(words(item))]));
  const pairs = matchPairs(
    gold,
    got,
    (g, h) => likeness(lists.get(h) ?? [], lists.get(g) ?? []) + (isRight(g, h) ? 1 : 0),
    0.4,
  );
  const goldOf = new Map(pairs.map(([i, j]) => [j, gold[i]]));
  return got.map((record, j) => {
    const line = goldOf.get(j);
    return { confidence: record.confidence, right: line !== undefined && isRight(line, record) };
  });
}

/** The indicators and rows of a record against its gold; kinds without gold are not judged. */
export function judgeRecord(record: PlanRecord, gold: Gold): Judged[] {
  const rows = record.taskTables.flatMap((table) => table.rows);
  return [
    ...(gold.indicators
      ? judge(
          [...gold.indicators, ...gold.indicatorsOptional],
          record.indicators,
          (item) => item.quote,
          isRightIndicator,
        )
      : []),
    ...(gold.tables ? judge(gold.tables, rows, (item) => item.content, isRightRow) : []),
  ];
}

/** Share right by band, and the area under the ROC curve (ties count half). */
export function confidenceFigures(judged: readonly Judged[]): ConfidenceFigures {
  const right = judged.filter((item) => item.right).map((item) => item.confidence);
  const wrong = judged.filter((item) => !item.right).map((item) => item.confidence);
  const wins = right.reduce((sum, r) => sum + wrong.reduce((own, w) => own + (r > w ? 1 : r === w ? 0.5 : 0), 0), 0);
  return {
    of: judged.length,
    right: right.length,
    auc: right.length && wrong.length ? round(wins / (right.length * wrong.length)) : null,
    bands: BANDS.map((from, index) => {
      const own = judged.filter(({ confidence }) => confidence >= from && confidence < (BANDS[index + 1] ?? 2));
      return { from, records: own.length, right: own.filter((item) => item.right).length };
    }),
  };
}
