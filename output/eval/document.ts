import { fold, foldWords } from '../fold.ts';
import type { Issue } from '../issues.ts';
import type { Metadata, Reference } from '../record.ts';
import {
  countPairs,
  type Figures,
  issuerWords,
  likeness,
  matchPairs,
  precisionRecall,
  round,
  sameWords,
  shareOf,
} from './figures.ts';
import type { GoldMetadata, GoldReference, GoldSuspect } from './gold.ts';

function plainNumber(number: string | null | undefined): string {
  return (number ?? '').replace(/\s+/g, '').toUpperCase().replaceAll('–', '-');
}

/** References matched by number; `titled` is the F1 of those without one, matched by title. */
export function scoreReferences(gold: readonly GoldReference[], got: readonly Reference[]): Figures {
  const titledGold = gold.filter((line) => !line.number);
  const titledGot = got.filter((line) => !line.number);
  const titled = matchPairs(
    titledGold,
    titledGot,
    (g, h) => likeness(foldWords(h.title ?? ''), foldWords(g.title ?? '')),
    0.7,
  ).length;
  const [numbered, found] = [gold.filter((line) => line.number), got.filter((line) => line.number)];
  const key = (line: GoldReference | Reference) => plainNumber(line.number) || fold(line.title ?? '');
  const pairs = matchPairs(numbered, found, (g, h) => (key(g) === key(h) ? 1 : 0), 1);
  const share = (test: (g: GoldReference, h: Reference) => boolean) => shareOf(pairs, numbered, found, test);
  return {
    ...countPairs(numbered, found.length, pairs),
    titled: precisionRecall(titled, titledGot.length - titled, titledGold.length - titled).f1 as number,
    issuer: share((g, h) => issuerWords(g.issuer ?? '') === issuerWords(h.issuer ?? '')),
    type: share((g, h) => sameWords(g.type, h.type)),
    date: share((g, h) => sameWords(g.date, h.date)),
  };
}

const FIELDS = [
  'type',
  'title',
  'number',
  'issuer',
  'unit',
  'place',
  'date',
  'periodFrom',
  'periodTo',
  'signatory',
  'signatoryRole',
  'onBehalf',
] as const;

/** The mean over the fields, each right or wrong, and the recipients' share. */
export function scoreMetadata(gold: GoldMetadata, got: Metadata): Figures {
  const plain = (value: string | number | null | undefined) => issuerWords(String(value ?? ''));
  const right = FIELDS.filter((field) => {
    const readings = gold[field];
    return (Array.isArray(readings) ? readings : [readings]).map(plain).includes(plain(got[field]));
  }).length;
  const [named, found] = [(gold.recipients ?? []).map(fold), got.recipients.map(fold)];
  const total = named.length + found.length;
  const same = matchPairs(named, found, (g, h) => (g === h ? 1 : 0), 1).length;
  return { accuracy: round((right + (total ? (2 * same) / total : 1)) / (FIELDS.length + 1)) };
}

/** The words of a misprint that its expected wording does not have. */
function wrongWords({ at, expected }: GoldSuspect): Set<string> {
  const right = new Set(foldWords(expected ?? ''));
  const wrong = foldWords(at).filter((word) => !right.has(word));
  return new Set(wrong.length ? wrong : foldWords(at));
}

function isHit(gold: GoldSuspect, quote: string): boolean {
  const wrong = wrongWords(gold);
  if (!foldWords(quote).some((word) => wrong.has(word))) return false;
  const [said, at] = [fold(quote), fold(gold.at)];
  return at.includes(said) || said.includes(at) || likeness(foldWords(quote), foldWords(gold.at)) >= 0.5;
}

/** Misprints that differ in words: the share found among `of`, and the false alarms a page. */
export function scoreSuspects(gold: readonly GoldSuspect[], issues: readonly Issue[], pages: number): Figures {
  const sure = gold.filter((line) => line.kind === 'typo' && line.expected && !sameWords(line.at, line.expected));
  const said = issues.flatMap((issue) => (issue.code === 'suspect-word' && issue.quote ? [issue.quote] : []));
  const found = sure.filter((line) => said.some((quote) => isHit(line, quote)));
  const wrong = said.filter((quote) => !gold.some((line) => isHit(line, quote)));
  return {
    found: sure.length ? round(found.length / sure.length) : 1,
    of: sure.length,
    falsePerPage: round(wrong.length / Math.max(1, pages), 3),
  };
}
