import { formatNumber, type NumberFormat } from './number-format.ts';

/** One of a list's nine levels. */
export interface ListLevel {
  start: number;
  format: NumberFormat;
  /** The label with "%1" to "%9" for the numbers of the levels. */
  text: string;
  /** All numbers in the label are decimal. */
  legal: boolean;
  /** The level counts anew after a paragraph of this level or a higher one, from 1; 0: never; null: of any higher level. */
  restartAfter: number | null;
  font: string | null;
  bold: boolean | null;
}

/** A list as paragraphs use it. Lists of one `counter` go on counting each other. */
export interface ListInstance {
  counter: string;
  levels: ListLevel[];
  /** By level: where this list starts when it is first used. */
  starts: Map<number, number>;
}

export interface ListLabel {
  text: string;
  level: ListLevel;
}

export const LEVELS = 9;

/** Numbers the paragraphs of a document, which must be asked for in reading order. */
export function listCounter(
  lists: ReadonlyMap<string, ListInstance>,
): (list: string, level: number) => ListLabel | null {
  const counters = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();

  return (name, at) => {
    const list = lists.get(name);
    const level = list?.levels[at];
    if (!list || !level) return null;
    const counts = counters.get(list.counter) ?? [];
    counters.set(list.counter, counts);
    const own = `${name}/${at}`;
    const start = list.starts.get(at);
    if (start !== undefined && !begun.has(own)) counts[at] = undefined;
    begun.add(own);
    counts[at] = (counts[at] ?? (start ?? level.start) - 1) + 1;
    for (let deeper = at + 1; deeper < LEVELS; deeper++) {
      const after = list.levels[deeper]?.restartAfter ?? null;
      if (after === null || at < after) counts[deeper] = undefined;
    }
    return { text: labelText(list, level, counts), level };
  };
}

function labelText(list: ListInstance, level: ListLevel, counts: readonly (number | undefined)[]): string {
  return level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const other = list.levels[Number(digit) - 1];
    if (!other) return '';
    const count = counts[Number(digit) - 1] ?? other.start;
    const format = level.legal && other.format !== 'none' ? 'decimal' : other.format;
    return formatNumber(count, format);
  });
}
