import { referenceWords } from '../dictionaries/administrative/index.ts';
import type { Reference } from '../output/record.ts';
import { parseDate, parseDay } from './dates.ts';
import { fittingKey, normaliseNumber, typeOfSymbol } from './document-numbers.ts';
import { issuerBefore, issuerBehind } from './issuers.ts';
import { anyOf, END, START } from './patterns.ts';
import type { Anchor, Plan } from './plan.ts';
import { fold } from './text.ts';
import { titledCitations } from './titled-references.ts';

export interface FoundReference extends Omit<Reference, 'id' | 'evidence' | 'citations'> {
  /** Every place where it is cited. */
  anchors: Anchor[];
  /** Days that other places give it: one of them is misprinted. */
  otherDates: { date: string; anchor: Anchor }[];
  /** The place that proves it: of those that name its date, the one in the shortest paragraph. */
  proof: Anchor;
}

const SYMBOL = '[\\p{Lu}Đ][\\p{L}\\d&]*';
/** "76/NQ-CP", "45- NQ/TW", "66.7/2025/NQ-CP", "02-CTr/TU", "1844/UBND-TTPVHCC", "163/2024/QH15", "76/NQCP". */
const NUMBER = `(\\d{1,5}(?:\\.\\d{1,3})?)\\s*((?:\\/\\s?(?:19|20)\\d{2})?)\\s*([-/–])\\s*(${SYMBOL}(?:\\s?[-/–]\\s?${SYMBOL})*)`;

interface Patterns {
  numbered: RegExp;
  blank: RegExp;
  law: RegExp;
}
let compiled: Patterns | null = null;

function patterns(): Patterns {
  if (compiled) return compiled;
  const words = referenceWords();
  const types = anyOf(words.types);
  compiled = {
    numbered: new RegExp(`(?:${START}(${types})\\s+)?(?:số\\s*:?\\s*|${START}(?=\\d))${NUMBER}`, 'gu'),
    blank: new RegExp(`${START}(${types})\\s+số\\s*:?\\s*[.…_]*\\s*(\\/${SYMBOL}(?:[-/]${SYMBOL})*)`, 'gu'),
    law: new RegExp(
      `${START}(Bộ\\s+luật|Luật|Pháp\\s+lệnh)\\s+(sửa\\s+đổi,?\\s+bổ\\s+sung\\s+một\\s+số\\s+điều\\s+của\\s+(?:Bộ\\s+luật|Luật|Pháp\\s+lệnh)\\s+)?(${anyOf(words.laws)})${END}(?:\\s+(?:số\\s+[^\\s,;]+\\s*)?(năm\\s+\\d{4}|ngày\\s+\\d{1,2}\\s+tháng\\s+\\d{1,2}\\s+năm\\s+\\d{4}|ngày\\s+\\d{1,2}/\\d{1,2}/\\d{4}))?`,
      'giu',
    ),
  };
  return compiled;
}

/** Date right behind the number: "ngày 15/7/2021", "ngày 15 tháng 7 năm 2021", also ", ngày …". */
function dateBehind(text: string): { date: string | null; length: number } {
  const match =
    /^\s*,?\s*(?:ngày\s+\d{1,2}\s*(?:\/\s*\d{1,2}\s*\/\s*\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4})|(?:ngày\s*)?[.…\s]*(?:\/|tháng\s*)\s*\d{0,2}\s*(?:\/|năm)\s*\d{4}|năm\s+\d{4})/iu.exec(
      text,
    );
  if (!match) return { date: null, length: 0 };
  return {
    date: parseDay(match[0]) ?? parseDate(match[0].replace(/ngày\s*[.…]*\s*\//iu, ' ')),
    length: match[0].length,
  };
}

/** Papers of several issuers. */
const JOINT = /liên\s+(?:tịch|ngành|bộ)|phối\s+hợp/iu;

interface Citation {
  key: string;
  type: string | null;
  number: string | null;
  title: string | null;
  date: string | null;
  issuer: string | null;
  anchor: Anchor;
  /** Where the citation ends, date included: an issuer behind "và" goes for the ones before it too. */
  end: number;
}

/** The cheap questions before the long patterns are tried at every letter. */
const HAS_NUMBER = /\d\s*[-/–]\s*[\p{Lu}\d]/u;
const HAS_BLANK = /\/\p{Lu}/u;
const HAS_OF = /(?:Đề\s+án|Chương\s+trình|Chiến\s+lược|Kế\s+hoạch)\s.*\scủa\s/u;
const HAS_LAW = /luật|pháp\s+lệnh/iu;

function citations(text: string, paragraph: number, ownYears: readonly number[]): Citation[] {
  const found: Citation[] = [];
  const { numbered, blank, law } = patterns();
  for (const match of HAS_NUMBER.test(text) ? text.matchAll(numbered) : []) {
    const [whole, printed, number, year, mark, symbol] = match;
    if (!number || !mark || !symbol || isStandard(text, match.index, symbol)) continue;
    if (mark !== '/' && !symbol.includes('/') && !printed) continue;
    const normal = normaliseNumber(number, year ?? '', mark, symbol);
    const kind = typeOfSymbol(normal);
    const shared = printed ? null : sharedType(found, text, match.index, kind);
    const listed = isListed(found, text, match.index);
    const numbered = /số\s*:?\s*$/iu.test(text.slice(0, match.index + whole.indexOf(number)));
    if (!printed && !kind && !listed && !numbered) continue;
    const after = match.index + whole.length;
    const { date, length } = dateBehind(text.slice(after));
    const start = match.index + (whole.length - whole.trimStart().length);
    const type = printed ? printed.replace(/\s+/g, ' ') : (shared ?? kind);
    found.push({
      key: normal.toUpperCase(),
      type,
      number: normal,
      title: null,
      date,
      issuer:
        issuerBehind(text.slice(after + length), JOINT.test(printed ?? kind ?? '')) ??
        issuerBefore(text.slice(0, start), type),
      anchor: { paragraph, start, end: after },
      end: after + length,
    });
  }
  for (const match of HAS_BLANK.test(text) ? text.matchAll(blank) : []) {
    const after = match.index + match[0].length;
    const { date, length } = dateBehind(text.slice(after));
    found.push({
      key: (match[2] ?? '').toUpperCase(),
      type: match[1] ?? null,
      number: (match[2] ?? '').replace(/\s/g, ''),
      title: null,
      date,
      issuer: issuerBehind(text.slice(after + length)),
      anchor: { paragraph, start: match.index, end: after },
      end: after + length,
    });
  }
  for (const match of HAS_LAW.test(text) ? text.matchAll(law) : []) {
    const [, printed = 'Luật', amends = '', name = '', time = ''] = match;
    const year = /năm\s+\d{4}$/iu.test(time) && !/ngày/iu.test(time) ? ` ${time}` : '';
    const day = parseDay(time);
    const kind = printed.replace(/\s+/g, ' ');
    if (!/^\p{Lu}/u.test(printed) || !/^\p{Lu}/u.test(name)) continue;
    const title = `${kind} ${`${amends}${name}`.replace(/\s+/g, ' ')}${year}`;
    const end = match.index + match[0].length;
    const numberedHere = found.find((other) => match.index <= other.anchor.start && other.anchor.start < end + 2);
    if (numberedHere) {
      numberedHere.type = kind;
      numberedHere.title = title;
      continue;
    }
    found.push({
      key: `title:${fold(title)}`,
      type: kind,
      number: null,
      title,
      date: day,
      issuer: null,
      anchor: { paragraph, start: match.index, end: match.index + match[0].length },
      end: match.index + match[0].length,
    });
  }
  for (const { start, end, type, title, behind } of HAS_OF.test(text) ? titledCitations(text, ownYears) : []) {
    const issuer = issuerBehind(text.slice(behind));
    if (issuer === null || found.some((other) => start < other.end && other.anchor.start < end)) continue;
    const anchor = { paragraph, start, end };
    found.push({ key: `title:${fold(title)}`, type, number: null, title, date: null, issuer, anchor, end });
  }
  found.sort((a, b) => a.anchor.start - b.anchor.start);
  shareIssuers(found, text);
  return found;
}

/** Right behind another number: "văn bản số 12/A và 34/B". */
function isListed(found: readonly Citation[], text: string, at: number): boolean {
  const last = found.at(-1);
  return last !== undefined && /^\s*(?:,|và|;)?\s*(?:số\s*)?$/iu.test(text.slice(last.end, at));
}

/** "Nghị quyết số 68-NQ/TW … và 79-NQ/TW": the type before the first goes for the second. */
function sharedType(found: readonly Citation[], text: string, at: number, kind: string | null): string | null {
  const last = found.at(-1);
  if (!last || !isListed(found, text, at)) return null;
  const same = kind === null || last.number === null || typeOfSymbol(last.number) === kind;
  return same ? last.type : null;
}

/** "… và … của Bộ Chính trị" gives the issuer to both. */
function shareIssuers(found: Citation[], text: string): void {
  for (let i = 1; i < found.length; i++) {
    const [one, next] = [found[i - 1], found[i]];
    if (!one || !next || next.issuer !== null || one.issuer === null || one.type !== next.type) continue;
    if (issuerBefore(text.slice(0, one.anchor.start), one.type) === one.issuer && isJoined(text, one, next))
      next.issuer = one.issuer;
  }
  for (let i = found.length - 2; i >= 0; i--) {
    const [one, next] = [found[i], found[i + 1]];
    if (!one || !next || one.issuer !== null || next.issuer === null) continue;
    const sameKind = one.type === next.type && one.number !== null;
    if (sameKind && isJoined(text, one, next)) one.issuer = next.issuer;
  }
}

const isJoined = (text: string, one: Citation, next: Citation): boolean =>
  /^\s*(?:,|và|;)?\s*$/iu.test(text.slice(one.end, next.anchor.start));

/** TCVN ISO 9001:2015 and the like are standards, no documents. */
function isStandard(text: string, at: number, symbol: string): boolean {
  return /(?:TCVN|ISO|QCVN|IEC)[\s/-]*$/iu.test(text.slice(0, at)) || /^(?:TCVN|ISO|BTTTT:)/u.test(symbol);
}

/**
 * Every legal or administrative document cited, once each, with every place. `ownNumber` is this plan's: it is none.
 * Documents named only in the recipients, and standards, are left out.
 */
export function extractReferences(
  plan: Plan,
  ownNumber: string | null,
  ownYears: readonly number[] = [],
): FoundReference[] {
  const all = new Map<
    string,
    { reference: Omit<FoundReference, 'anchors' | 'otherDates' | 'proof'>; citations: Citation[] }
  >();
  const cited = plan.blocks.flatMap((block) => {
    if (['letterhead', 'recipients', 'signature', 'type', 'title'].includes(block.role)) return [];
    const text = plan.paragraphs[block.paragraph]?.text ?? '';
    return citations(text, block.paragraph, ownYears).filter(
      (citation) =>
        !(ownNumber !== null && citation.number !== null && fold(citation.number) === fold(ownNumber)) &&
        !isOwnBlank(citation, text),
    );
  });
  const keys = new Set(cited.map((citation) => citation.key));
  for (const citation of cited) {
    const key = fittingKey(citation.key, keys);
    const known = all.get(key);
    if (known) {
      const { reference } = known;
      if (reference.date === null || (isOfYear(citation) && !isOfYear(reference))) reference.date = citation.date;
      if (reference.issuer === null || (isShouted(reference.issuer) && citation.issuer !== null))
        reference.issuer = citation.issuer;
      known.citations.push(citation);
    } else {
      const { date, issuer, title } = citation;
      const number = key === citation.key ? citation.number : key;
      const reference = { type: citation.type ?? 'Văn bản', number, date, issuer, title };
      all.set(key, { reference, citations: [citation] });
    }
  }
  return [...all.values()].map(({ reference, citations }) => ({
    ...reference,
    anchors: citations.map(({ anchor }) => anchor),
    otherDates: citations.flatMap(({ date, anchor }) =>
      date !== null && reference.number !== null && date !== reference.date && isDay(date) && isDay(reference.date)
        ? [{ date, anchor }]
        : [],
    ),
    proof: proofOf(plan, citations, reference.date),
  }));
}

/** "163/2024/QH15" is of 2024: a date in another year is misprinted. False without a date, true without a year. */
export function isOfYear({ number, date }: { number: string | null; date: string | null }): boolean {
  const year = /^\d+(?:\.\d+)?\/(\d{4})[-/]/.exec(number ?? '')?.[1];
  return date !== null && (year === undefined || date.startsWith(year));
}

const isDay = (date: string | null): boolean => date !== null && date.length === 10;

/** Of the places that name the document's date, the one in the shortest paragraph: there it is seen at a glance. */
function proofOf(plan: Plan, citations: readonly Citation[], date: string | null): Anchor {
  const dated = citations.filter((citation) => citation.date === date);
  const length = ({ anchor }: Citation) => plan.paragraphs[anchor.paragraph]?.text.length ?? 0;
  return dated.reduce((best, other) => (length(other) < length(best) ? other : best)).anchor;
}

/** "BỘ CHÍNH TRỊ" of a title in capitals: the text's own spelling is better. */
const isShouted = (issuer: string): boolean => issuer === issuer.toUpperCase() && issuer.includes(' ');

/** "(Ban hành kèm theo Kế hoạch số /KH-UBND …)" under an appendix's title is this plan itself. */
function isOwnBlank(citation: Citation, text: string): boolean {
  return citation.number?.startsWith('/') === true && citation.type === 'Kế hoạch' && /kèm theo/iu.test(text);
}
