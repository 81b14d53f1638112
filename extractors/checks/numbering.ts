import type { Heading, Plan } from '../plan.ts';
import type { Finding } from './index.ts';

const ROMANS = [
  'I',
  'II',
  'III',
  'IV',
  'V',
  'VI',
  'VII',
  'VIII',
  'IX',
  'X',
  'XI',
  'XII',
  'XIII',
  'XIV',
  'XV',
  'XVI',
  'XVII',
  'XVIII',
  'XIX',
  'XX',
];
/** Vietnamese lists go a b c d đ e g h i k …; f is printed too. */
const LETTERS = [
  'a',
  'b',
  'c',
  'd',
  'đ',
  'e',
  'g',
  'h',
  'i',
  'k',
  'l',
  'm',
  'n',
  'o',
  'p',
  'q',
  'r',
  's',
  't',
  'u',
  'v',
  'x',
  'y',
];

/** The number that follows, as the style counts; null at the end of what is known. */
function following(heading: Heading): string[] {
  const number = heading.number ?? '';
  if (heading.style === 'roman') return next(ROMANS, number);
  if (heading.style === 'letter')
    return number === 'e' ? ['f', 'g'] : number === 'f' ? ['g'] : number === 'd' ? ['đ', 'e'] : next(LETTERS, number);
  if (heading.style === 'decimal') return [String(Number(number) + 1)];
  if (heading.style === 'dotted') {
    const parts = number.split('.');
    return [[...parts.slice(0, -1), String(Number(parts.at(-1)) + 1)].join('.')];
  }
  return [];
}

function next(list: readonly string[], number: string): string[] {
  const at = list.indexOf(number);
  const value = at >= 0 ? list[at + 1] : undefined;
  return value === undefined ? [] : [value];
}

/** Heading numbers repeated or skipped among sisters. */
export function checkNumbering(plan: Plan): Finding[] {
  const last = new Map<string, { heading: Heading; next: string[] }>();
  return plan.headings.flatMap((heading): Finding[] => {
    if (!['roman', 'decimal', 'dotted', 'letter'].includes(heading.style)) return [];
    const key = `${heading.parent ?? 'top'} ${heading.style}`;
    const before = last.get(key);
    // The roman parts of a plan begin at I.
    if (!before && (heading.style !== 'roman' || heading.parent !== null)) {
      last.set(key, { heading, next: following(heading) });
      return [];
    }
    const expected = before ? before.next : ['I'];
    const number = heading.number ?? '';
    // Behind a misprint the list may go on by its place or by what is printed: one alarm is enough.
    const right =
      expected[0] !== undefined && number === before?.heading.number ? { ...heading, number: expected[0] } : heading;
    last.set(key, { heading, next: [...following(heading), ...following(right)] });
    if (expected.length === 0 || expected.some((value) => value === number || Number(value) === Number(number)))
      return [];
    const told = !before
      ? `mục đầu tiên mang số “${number}”`
      : number === before.heading.number
        ? `lặp lại số “${number}”`
        : `sau “${before.heading.number}” là “${number}”`;
    return [
      {
        code: 'numbering',
        message: `Đánh số mục không liên tục: ${told}, đúng ra là “${expected[0]}”.`,
        quote: `${number}. ${heading.title}`,
        expected: expected[0] ?? null,
        paragraph: heading.anchor.paragraph,
      },
    ];
  });
}
