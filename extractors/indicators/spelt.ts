import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, END, START } from '../patterns.ts';
import type { NumberFound } from './numbers.ts';

const TENS = 'mươi';
const HUNDRED = 'một trăm';

let patterns: { percent: RegExp; counted: RegExp } | null = null;

/** "chín", "mười lăm", "chín mươi tám", "một trăm". */
function wording(): string {
  const units = Object.entries(indicatorWords().numberWords).flatMap(([word, value]) => (value < 10 ? [word] : []));
  const unit = `(?:${anyOf(units)})`;
  return `một\\s+trăm|${unit}\\s+${TENS}(?:\\s+${unit})?|mười(?:\\s+${unit})?|${unit}`;
}

function patternsOf(): { percent: RegExp; counted: RegExp } {
  if (patterns) return patterns;
  const words = indicatorWords();
  const numbers = wording();
  const comparators = anyOf([...words.comparators['>='], ...words.comparators['<=']]);
  const nouns = anyOf([...words.countNouns, ...words.measureNouns]);
  patterns = {
    percent: new RegExp(`${START}(${numbers})\\s+phần\\s+trăm${END}`, 'giu'),
    counted: new RegExp(
      `${START}((?:${comparators})\\s+)(${numbers})(?:\\s+(?:đến|hoặc)\\s+(${numbers}))?\\s+(${nouns})${END}`,
      'giu',
    ),
  };
  return patterns;
}

/** The value of a number in words below 101: "chín mươi tám" is 98. */
export function spelledValue(printed: string): number {
  const words = printed.toLowerCase().split(/\s+/);
  if (words.join(' ') === HUNDRED) return 100;
  const { numberWords } = indicatorWords();
  return words.reduce((sum, word) => (word === TENS ? sum * 10 : sum + (numberWords[word] ?? 0)), 0);
}

const SPELT = /phần\s+trăm|ít\s+(?:nhất|hơn)|tối\s+(?:thiểu|đa)|thấp\s+(?:nhất|hơn)|không\s|đạt\s+từ|nhiều\s+nhất/iu;

/** Numbers in words: they count with a comparator ("ít nhất một cơ sở") or as per cents ("một trăm phần trăm"). */
export function speltNumbers(text: string, found: readonly NumberFound[]): NumberFound[] {
  if (!SPELT.test(text)) return [];
  const { percent, counted } = patternsOf();
  const out: NumberFound[] = [];
  const add = (item: NumberFound) => {
    if (!found.some((other) => item.start < other.end && other.start < item.end)) out.push(item);
  };
  const value = (printed: string) => String(spelledValue(printed));
  for (const match of text.matchAll(percent)) {
    const [start, end] = [match.index, match.index + match[0].length];
    add({ start, end, low: value(match[1] ?? ''), high: null, unit: '%', kind: 'percent' });
  }
  for (const match of text.matchAll(counted)) {
    const [whole, comparator = '', low = '', high, unit = ''] = match;
    // "ít nhất một lần" says that it happens at all.
    if (/^lần/iu.test(unit) && value(low) === '1') continue;
    const [start, end] = [match.index + comparator.length, match.index + whole.length];
    add({ start, end, low: value(low), high: high === undefined ? null : value(high), unit, kind: 'count' });
  }
  return out;
}
