import type { Row } from '../tables.ts';

export interface Target {
  comparator: string;
  value: number;
  valueMax: number | null;
}

export const targetOf = ({ comparator, value, value_max: valueMax }: Row): Target =>
  ({ comparator, value, valueMax }) as Target;

/** A limit is to be stayed under, all else to be reached; "=" is either. */
const isLimit = ({ comparator }: Target): boolean => comparator === '<' || comparator === '<=';

/**
 * Whether a target promises less than another for the same measure; null where they cannot be compared, a target to
 * reach with one to stay under.
 */
export function isBelow(target: Target, other: Target): boolean | null {
  const [limit, otherLimit] = [isLimit(target), isLimit(other)];
  if (limit !== otherLimit && target.comparator !== '=' && other.comparator !== '=') return null;
  if (limit || otherLimit) return (target.valueMax ?? target.value) > (other.valueMax ?? other.value);
  return target.value < other.value;
}

/** What targets of different plans must share to be compared: the measure, the year, and how it is counted. */
export const comparable = ({ measure, year, unit, change }: Row): string =>
  JSON.stringify([measure, year, unit, change]);

/**
 * By what they share, the one target of each measure that a plan names. A plan that names two for one measure, of
 * different parts of it, cannot be compared in that.
 */
export function targetsOf(matrixRows: readonly Row[]): Map<string, Target> {
  const all = new Map<string, Target | null>();
  for (const row of matrixRows) {
    const [key, target] = [comparable(row), targetOf(row)];
    const known = all.get(key);
    all.set(key, known === undefined || JSON.stringify(known) === JSON.stringify(target) ? target : null);
  }
  return new Map([...all].flatMap(([key, target]) => (target ? [[key, target]] : [])));
}
