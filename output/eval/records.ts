import { fold, foldWords } from '../fold.ts';
import type { Indicator, TaskRow } from '../record.ts';
import {
  countPairs,
  type Figures,
  likeness,
  likenessFrom,
  matchPairs,
  orderShare,
  overlap,
  round,
  sameWords,
  shareOf,
} from './figures.ts';
import type { GoldIndicator, GoldItem, GoldRow } from './gold.ts';

/** A task or a duty. */
interface Item {
  quote: string;
  section: readonly string[];
  area?: string | null | undefined;
  unit?: string | null | undefined;
}

/** Each list's words of one field, folded once: matching compares every line with every other. */
function wordLists<T>(list: readonly T[], text: (item: T) => string | null | undefined): Map<T, string[]> {
  return new Map(list.map((item) => [item, foldWords(text(item) ?? '')]));
}

function samePath(gold: readonly string[], got: readonly string[]): boolean {
  return gold.length === got.length && gold.every((step, i) => step === got[i]);
}

function isPercent(unit: string | null | undefined): boolean {
  return (unit ?? '').includes('%') || unit === 'percent';
}

function unitName(unit: string | null | undefined): string {
  return isPercent(unit) ? '%' : fold(unit ?? '');
}

/** Indicators matched by value, kind of unit and quote. What only matches an optional target is not held against it. */
export function scoreIndicators(
  gold: readonly GoldIndicator[],
  got: readonly Indicator[],
  optional: readonly GoldIndicator[],
): Figures {
  const known: (GoldIndicator | Indicator)[] = [...gold, ...got, ...optional];
  const quotes = wordLists(known, (line) => line.quote);
  const subjects = wordLists(known, (line) => line.subject);
  const of = (lists: typeof quotes, line: GoldIndicator | Indicator) => lists.get(line) ?? [];
  const score = (g: GoldIndicator, h: Indicator) => {
    if (g.value !== h.value || (g.valueMax || null) !== (h.valueMax || null)) return 0;
    if (isPercent(g.unit) !== isPercent(h.unit)) return 0;
    const [r, p] = overlap(of(quotes, h), of(quotes, g));
    return r >= 0.6 && p >= 0.25 ? r * 0.7 + p * 0.3 + 0.1 * likeness(of(subjects, h), of(subjects, g)) : 0;
  };
  const pairs = matchPairs(gold, got, score, 0.3);
  const matched = new Set(pairs.map(([, j]) => j));
  const free = got.filter((h, j) => !matched.has(j) && optional.some((o) => score(o, h) >= 0.3)).length;
  const share = (test: (g: GoldIndicator, h: Indicator) => boolean) => shareOf(pairs, gold, got, test);
  const same = (name: 'comparator' | 'change' | 'deadline' | 'period' | 'baseline') =>
    share((g, h) => (g[name] || null) === (h[name] || null));
  return {
    ...countPairs(gold, got.length, pairs, free),
    unit: share((g, h) => unitName(g.unit) === unitName(h.unit)),
    comparator: same('comparator'),
    change: same('change'),
    deadline: same('deadline'),
    period: same('period'),
    baseline: same('baseline'),
    subject: share((g, h) => likeness(of(subjects, h), of(subjects, g)) >= 0.8),
    section: share((g, h) => samePath(g.section, h.section)),
  };
}

/** Tasks (`field` area) or duties (`field` unit), matched by their quotes. */
export function scoreItems(gold: readonly GoldItem[], got: readonly Item[], field: 'area' | 'unit'): Figures {
  const words = wordLists<Item>([...gold, ...got], (line) => line.quote);
  const of = (line: Item) => words.get(line) ?? [];
  const pairs = matchPairs(gold, got, (g, h) => likenessFrom(0.85, of(h), of(g)), 0.85);
  return {
    ...countPairs(gold, got.length, pairs),
    [field]: shareOf(pairs, gold, got, (g, h) => sameWords(g[field], h[field])),
    section: shareOf(pairs, gold, got, (g, h) => samePath(g.section, h.section)),
  };
}

/** The cells of a row that are compared. */
export const CELLS = ['no', 'content', 'lead', 'support', 'deadline', 'product'] as const;

function nearCell(gold: string, got: string): boolean {
  const [g, h] = [foldWords(gold), foldWords(got)];
  return g.length ? likeness(h, g) >= 0.9 : h.length === 0;
}

/** Rows matched by content; an invented row costs its cells, a lost one too. */
export function scoreTables(gold: readonly GoldRow[], got: readonly TaskRow[]): Figures {
  const words = wordLists<GoldRow | TaskRow>([...gold, ...got], (row) => row.content);
  const of = (row: GoldRow | TaskRow) => words.get(row) ?? [];
  const pairs = matchPairs(gold, got, (g, h) => likenessFrom(0.6, of(h), of(g)), 0.6);
  const cells = Math.max(gold.length, got.length) * CELLS.length;
  const cellShare = (same: (gold: string, got: string) => boolean) => {
    const right = pairs.flatMap(([i, j]) => CELLS.filter((cell) => same(gold[i]?.[cell] ?? '', got[j]?.[cell] ?? '')));
    return cells ? round(right.length / cells) : 1;
  };
  const grouped = pairs.filter(([i, j]) => sameWords(gold[i]?.group, got[j]?.group)).length;
  return {
    ...countPairs(gold, got.length, pairs),
    cells: cellShare(sameWords),
    cellsNear: cellShare(nearCell),
    order: orderShare(pairs),
    group: gold.length ? round(grouped / gold.length) : 1,
  };
}
