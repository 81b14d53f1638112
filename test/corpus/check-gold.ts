import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A record of a gold file; fields are looked at one by one. */
type Row = Record<string, unknown>;

/** The files of one gold folder. */
export interface Gold {
  text: string;
  headings: Row[];
  indicators: Row[];
  tasks: Row[];
  duties: Row[];
  tables: Row[];
  references: Row[];
  suspects: Row[];
  metadata: Row;
}

const STYLES = ['part', 'section', 'article', 'roman', 'decimal', 'dotted', 'letter', 'star', 'appendix'];
const COMPARATORS = ['=', '>=', '<=', '>', '<', 'range'];
const AREAS = ['chi-dao', 'the-che', 'thu-tuc', 'to-chuc', 'cong-vu', 'tai-chinh', 'so', 'giai-phap', 'khac'];
const KINDS = ['typo', 'numbering', 'table', 'other'];

export const fold = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

export function readGold(folder: string): Gold {
  const rows = (name: string): Row[] =>
    readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
  return {
    text: readFileSync(join(folder, 'text.txt'), 'utf8'),
    headings: rows('headings'),
    indicators: rows('indicators'),
    tasks: rows('tasks'),
    duties: rows('duties'),
    tables: rows('tables'),
    references: rows('references'),
    suspects: rows('suspects'),
    metadata: JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8')) as Row,
  };
}

/** The numbers printed in a text: "99,5" is 99.5, "05" is 5, "1.200" is 1200. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/\d+(?:\.\d{3})*(?:,\d+)?/g)].map(([n]) => Number(n.replace(/\./g, '').replace(',', '.')));
}

/** Counts that a plan may print in words. */
const IN_WORDS: [RegExp, number][] = [
  [/một trăm phần trăm/i, 100],
  [/ít nhất một /i, 1],
];

/** A day, month, quarter or year as a plan may print it. */
export function printedDates(iso: string): string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  if (month === '') return [`năm ${year}`];
  if (month.startsWith('Q')) return [`quý ${['I', 'II', 'III', 'IV'][Number(month.slice(1)) - 1]}/${year}`];
  if (day === '') return [month, String(Number(month))].flatMap((m) => [`tháng ${m} năm ${year}`, `/${m}/${year}`]);
  const bare = (n: string): string => String(Number(n));
  const months = [...new Set([month, bare(month)])];
  const days = [...new Set([day, bare(day)])];
  return days.flatMap((d) => months.flatMap((m) => [`${d}/${m}/${year}`, `${d} tháng ${m} năm ${year}`]));
}

/** The paths of all headings, in the form of `section`. */
function paths(headings: readonly Row[]): Set<string> {
  const stack: { level: number; name: string }[] = [];
  return new Set(
    headings.map((heading) => {
      const level = heading.level as number;
      while ((stack.at(-1)?.level ?? 0) >= level) stack.pop();
      const name = (heading.number as string | null) ?? (heading.style === 'star' ? '*' : (heading.style as string));
      stack.push({ level, name });
      return JSON.stringify(stack.map((entry) => entry.name));
    }),
  );
}

/** What stands behind the number of a heading, or null where the line has another one. */
function restOf(line: string, number: string | null): string | null {
  if (number === null) return line.replace(/^\* ?/, '');
  const [, printed, rest = ''] = /^(?:(?:Phần|Mục|Điều) )?(\S+?)[.)] (.*)$/i.exec(line) ?? [];
  return printed === number ? rest : null;
}

function checkHeadings(gold: Gold, lines: readonly string[]): string[] {
  const problems: string[] = [];
  let from = 0;
  for (const heading of gold.headings) {
    const { number, title, style, runIn } = heading as {
      number: string | null;
      title: string;
      style: string;
      runIn?: boolean;
    };
    if (!STYLES.includes(style)) problems.push(`heading style: ${style}`);
    const found = lines.findIndex((line, index) => {
      const rest = restOf(line, number);
      if (index < from || rest === null) return false;
      return runIn ? rest.startsWith(title) && rest.length > title.length : rest.replace(/:$/, '') === title;
    });
    if (found < 0) problems.push(`heading not in the text, or out of order: ${number} ${title}`);
    else from = found + 1;
  }
  return problems;
}

/** `places`: the paragraphs with the quote and the titles, which may give a deadline as well. */
function checkIndicator(row: Row, text: string, places: string): string[] {
  const quote = row.quote as string;
  const printed = [...numbersIn(quote), ...IN_WORDS.flatMap(([words, value]) => (words.test(quote) ? [value] : []))];
  const problems: string[] = [];
  for (const value of [row.value, row.valueMax]) {
    if (value !== null && !printed.includes(value as number)) problems.push(`value ${value} is not in: ${quote}`);
  }
  if (row.comparator === 'range' && row.valueMax === null) problems.push(`range without its end: ${quote}`);
  if (!COMPARATORS.includes(row.comparator as string)) problems.push(`comparator ${row.comparator}: ${quote}`);
  if (!quote.replace('phần trăm', '%').includes(row.unit as string)) problems.push(`unit ${row.unit}: ${quote}`);
  if (![null, 'increase', 'decrease'].includes(row.change as string | null)) problems.push(`change: ${quote}`);
  const words = (row.subject as string).split(' ');
  if (words.length < 2 || words.some((word) => !text.includes(word.replace(/,$/, ''))))
    problems.push(`subject: ${row.subject}`);
  const deadline = row.deadline as string | null;
  if (deadline !== null && !printedDates(deadline).some((date) => places.toLowerCase().includes(date.toLowerCase())))
    problems.push(`deadline ${deadline} does not stand with: ${quote}`);
  if (row.baseline !== null && !quote.includes(row.baseline as string)) problems.push(`baseline: ${quote}`);
  return problems;
}

interface Metadata {
  type: string;
  title: string;
  number: string | null;
  issuer: string;
  unit: string;
  place: string | null;
  date: string | null;
  periodFrom: number | null;
  periodTo: number | null;
  signatory: string | null;
  signatoryRole: string | null;
  onBehalf: string | null;
  recipients: string[];
}

function checkMetadata(gold: Gold, text: string): string[] {
  const { type, title, number, issuer, unit, place, date, periodFrom, periodTo, ...rest } =
    gold.metadata as unknown as Metadata;
  const { signatory, signatoryRole, onBehalf, recipients } = rest;
  const problems: string[] = [];
  for (const value of [title, number, place, signatory, signatoryRole, onBehalf, ...recipients])
    if (value !== null && !text.includes(value)) problems.push(`metadata: "${value}" is not in the text`);
  for (const value of [type, issuer, unit])
    if (!text.toUpperCase().includes(value.toUpperCase())) problems.push(`metadata: "${value}" is not in the text`);
  for (const year of [periodFrom, periodTo])
    if (year !== null && !title.includes(String(year))) problems.push(`metadata: ${year} is not in the title`);
  if (date !== null && !printedDates(date).some((printed) => text.includes(printed)))
    problems.push(`metadata: date ${date}`);
  return problems;
}

function checkReference(row: Row, text: string): string[] {
  const { type, number, title, date, issuer } = row as Record<string, string | null>;
  const problems: string[] = [];
  if (!number && !title) problems.push(`a reference without number and title: ${type}`);
  for (const value of [type, number, title, issuer])
    if (value && !text.includes(value)) problems.push(`reference: "${value}" is not in the text`);
  if (date && !printedDates(date).some((printed) => text.includes(printed))) problems.push(`reference: date ${date}`);
  return problems;
}

/** The cells of a row whatever the order of its columns; empty ones are left out. */
function cellsKey(cells: readonly unknown[]): string {
  const words = cells.map((cell) => fold(String(cell))).filter((cell) => cell !== '');
  return JSON.stringify(words.sort());
}

/** What is wrong in a gold folder, in words; nothing where all is well. */
export function problemsOf(gold: Gold): string[] {
  const text = fold(gold.text);
  const lines = gold.text.split('\n').map(fold);
  const known = paths(gold.headings);
  const rows = new Set(lines.map((line) => cellsKey(line.split('|'))));
  const problems = checkHeadings(gold, lines);
  for (const row of [...gold.indicators, ...gold.tasks, ...gold.duties]) {
    if (!text.includes(row.quote as string)) problems.push(`quote not in the text: ${row.quote}`);
    if (!known.has(JSON.stringify(row.section))) problems.push(`no such section: ${JSON.stringify(row.section)}`);
  }
  const titles = gold.headings.map((heading) => heading.title as string);
  for (const row of gold.indicators) {
    const around = lines.filter((line) => line.includes(row.quote as string));
    problems.push(...checkIndicator(row, text, [...around, ...titles].join('\n')));
  }
  for (const row of gold.tasks) if (!AREAS.includes(row.area as string)) problems.push(`area: ${row.area}`);
  for (const { unit } of gold.duties)
    if (unit !== null && !text.includes(unit as string)) problems.push(`unit not in the text: ${unit}`);
  for (const row of gold.tables) {
    if (!rows.has(cellsKey([row.no, row.content, row.lead, row.support, row.deadline, row.product])))
      problems.push(`row not in the text: ${row.content}`);
    if (row.group !== '' && !lines.some((line) => line.replace(/[ |]+$/, '').replace(' | ', ' ') === row.group))
      problems.push(`group not in the text: ${row.group}`);
  }
  for (const row of gold.references) problems.push(...checkReference(row, text));
  for (const row of gold.suspects) {
    if (!KINDS.includes(row.kind as string)) problems.push(`suspect kind: ${row.kind}`);
    if (text.split(row.at as string).length !== 2) problems.push(`suspect must stand in the text once: ${row.at}`);
    if (row.expected === row.at) problems.push(`suspect expects itself: ${row.at}`);
  }
  return [...problems, ...checkMetadata(gold, text)];
}
