import type { PlanRecord } from '../../output/record.ts';
import { numbersIn, printedDates } from './check-gold.ts';

type Evidence = PlanRecord['indicators'][number]['evidence'];

/** Below this a value counts as flagged: a reviewer is told to look at it. */
const SURE = 0.5;
const ROMAN = ['I', 'II', 'III', 'IV'];
const WORDS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];

/** The numbers of a text, those in words from one to ten, of quarters and "một trăm" included. */
function allNumbers(text: string): Set<number> {
  const found = new Set(numbersIn(text));
  for (const [value, word] of WORDS.entries()) if (text.toLowerCase().includes(word)) found.add(value);
  if (/một trăm/i.test(text)) found.add(100);
  for (const [index, quarter] of ROMAN.entries())
    if (new RegExp(`quý ${quarter}\\b`, 'i').test(text)) found.add(index + 1);
  if (/một nửa/i.test(text)) found.add(50);
  return found;
}

/** The numbers that a date is made of. */
function partsOf(date: string): number[] {
  return date.split('-').map((part) => Number(part.replace('Q', '')));
}

const squeezed = (text: string): string => text.replace(/[\s–-]/g, '').toUpperCase();

/**
 * What a record says in numbers that its source does not: each value, date and document number must stand in the lines of text.txt that its evidence
 * names, and its numbers in the truth, unless the record itself is unsure. Words for a list of problems; empty where all is well.
 */
export function inventedNumbers(record: PlanRecord, lines: readonly string[], truth: string): string[] {
  const problems: string[] = [];
  const known = allNumbers(truth);
  const at = (evidence: Evidence): string =>
    evidence.map(({ line: [from, to] }) => lines.slice(from - 1, to).join(' ')).join(' ');
  const check = (name: string, numbers: readonly number[], evidence: string, sure: boolean): void => {
    const printed = allNumbers(evidence);
    for (const number of numbers) {
      if (!printed.has(number)) problems.push(`${name}: ${number} does not stand at its evidence`);
      if (sure && !known.has(number)) problems.push(`${name}: ${number} does not stand in the plan`);
    }
  };
  const checkDate = (name: string, date: string | null, where: string, sure: boolean): void => {
    if (date === null) return;
    check(
      name,
      partsOf(date).filter((part) => part > 0),
      where,
      sure,
    );
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date);
    if (isDay && !printedDates(date).some((printed) => squeezed(where).includes(squeezed(printed))))
      problems.push(`${name}: ${date} does not stand at its evidence`);
  };
  const text = lines.join('\n');
  for (const { quote, value, valueMax, baseline, deadline, period, evidence, confidence } of record.indicators) {
    const sure = confidence >= SURE;
    check(quote, [value, ...(valueMax === null ? [] : [valueMax])], at(evidence), sure);
    if (baseline !== null) check(quote, partsOf(baseline), at(evidence), sure);
    checkDate(quote, deadline, deadline !== null && deadline.length > 7 ? at(evidence) : text, sure);
    if (period !== null) check(quote, partsOf(period), text, sure);
  }
  for (const { content, deadline, deadlineDate, no, evidence, confidence } of record.taskTables.flatMap(
    ({ rows }) => rows,
  )) {
    const sure = confidence >= SURE;
    check(content, [...numbersIn(no), ...numbersIn(content), ...numbersIn(deadline)], at(evidence), sure);
    checkDate(content, deadlineDate, deadline, sure);
  }
  for (const { number, date, title, evidence } of record.references) {
    const name = number ?? title ?? '';
    if (number !== null && !squeezed(at(evidence)).includes(squeezed(number)))
      problems.push(`${number} does not stand at its evidence`);
    check(name, numbersIn(number ?? ''), at(evidence), true);
    checkDate(name, date, at(evidence), true);
  }
  const { number, date, periodFrom, periodTo } = record.metadata;
  const years = [periodFrom, periodTo].filter((year) => year !== null);
  check('metadata', [...numbersIn(number ?? ''), ...years], text, true);
  if (number !== null && !squeezed(text).includes(squeezed(number))) problems.push(`metadata: ${number}`);
  checkDate('metadata', date, text, true);
  return problems;
}
