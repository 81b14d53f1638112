import { foldWords } from '../fold.ts';
import type { Section } from '../record.ts';
import { countPairs, type Figures, matchPairs, orderShare, shareOf } from './figures.ts';
import type { GoldHeading } from './gold.ts';
import { ratio } from './matcher.ts';

/** A title counts by its first words: of a run-in item all beyond them is a matter of cutting. */
const TITLE_WORDS = 12;
const RUN_IN_WORDS = 4;

interface Heading {
  number: string;
  words: string[];
  level: number;
  style: string;
  runIn: boolean;
  path: string;
  optional?: boolean | undefined;
}

function plainNumber(number: string | null | undefined): string {
  return (number ?? '').replace(/^[ .)*]+|[ .)*]+$/g, '').toLowerCase();
}

function heading(printed: GoldHeading | Section, above: string): Heading {
  const number = plainNumber(printed.number);
  return {
    number,
    words: foldWords(printed.title).slice(0, TITLE_WORDS),
    level: printed.level,
    style: printed.style,
    runIn: Boolean(printed.runIn),
    path: `${above}/${number || printed.style}`,
  };
}

function flatten(sections: readonly Section[], above = ''): Heading[] {
  return sections.flatMap((section) => {
    const own = heading(section, above);
    return [own, ...flatten(section.children, own.path)];
  });
}

function goldHeadings(lines: readonly GoldHeading[]): Heading[] {
  const open: Heading[] = [];
  return lines.map((line) => {
    while ((open.at(-1)?.level ?? 0) >= line.level) open.pop();
    const own = { ...heading(line, open.at(-1)?.path ?? ''), optional: line.optional };
    open.push(own);
    return own;
  });
}

function score(gold: Heading, got: Heading): number {
  if (gold.number !== got.number || !gold.words.length || !got.words.length) return 0;
  const count = gold.runIn ? RUN_IN_WORDS : TITLE_WORDS;
  const [a, b] = [gold.words.slice(0, count), got.words.slice(0, count)];
  if (a.join(' ') === b.join(' ')) return 1;
  return ratio(a, b) >= (gold.runIn ? 0.75 : 0.85) ? 0.9 : 0;
}

/** Headings matched by number and title; `path`, `style`, `runIn`, `level` and `order` over the matched ones. */
export function scoreHeadings(goldLines: readonly GoldHeading[], sections: readonly Section[]): Figures {
  const [gold, got] = [goldHeadings(goldLines), flatten(sections)];
  const pairs = matchPairs(gold, got, score, 0.9);
  return {
    ...countPairs(gold, got.length, pairs),
    path: shareOf(pairs, gold, got, (g, h) => g.path === h.path),
    style: shareOf(pairs, gold, got, (g, h) => g.style === h.style),
    runIn: shareOf(pairs, gold, got, (g, h) => g.runIn === h.runIn),
    order: orderShare(pairs),
    level: shareOf(pairs, gold, got, (g, h) => g.level === h.level),
  };
}
