import { abbreviations, suspectWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, END, START } from '../patterns.ts';
import type { Plan } from '../plan.ts';
import type { Finding } from './index.ts';

let listed: RegExp | null = null;
let twice: RegExp | null = null;
/** Two syllables printed again in the same letters: "quản trị quản trị"; "Ban Chỉ đạo chỉ đạo" is none. */
const PHRASE_TWICE = new RegExp(`${START}(\\p{L}{2,} \\p{L}{2,}) \\1${END}`, 'gu');
const ABBREVIATION = new RegExp(`${START}\\p{Lu}{4,12}${END}`, 'gu');
const LETTER_TWICE = /(\p{Lu})\1/u;

/** Words that are never right where they stand ("thành phổ"), words printed twice, abbreviations with a letter twice. */
export function checkWords(plan: Plan): Finding[] {
  const { suspects, neverTwice, rightlyTwice } = suspectWords();
  listed ??= new RegExp(`${START}(?:${anyOf(suspects.map((entry) => entry.at))})${END}`, 'giu');
  twice ??= new RegExp(`${START}(${anyOf(neverTwice)})\\s+\\1${END}`, 'giu');
  const [words, repeats] = [listed, twice];
  const known = knownAbbreviations(plan);
  const phrases = new Set(rightlyTwice);
  return plan.paragraphs.flatMap(({ text, kind }, paragraph): Finding[] => [
    ...[...text.matchAll(words)].map((match) => {
      const printed = match[0].toLowerCase().replace(/\s+/g, ' ');
      return finding(match[0], suspects.find((entry) => entry.at === printed)?.expected ?? null, paragraph);
    }),
    ...[...text.matchAll(repeats)].map((match) => finding(match[0], match[1] ?? null, paragraph)),
    ...(kind === 'row' ? [] : [...text.matchAll(PHRASE_TWICE)]).flatMap(([quote, phrase = '']) =>
      phrases.has(phrase.toLowerCase()) ? [] : [finding(quote, phrase, paragraph)],
    ),
    ...[...text.matchAll(ABBREVIATION)].flatMap((match) => {
      const meant = doubledLetter(match[0], known);
      return meant === null ? [] : [finding(match[0], meant, paragraph)];
    }),
  ]);
}

function finding(quote: string, expected: string | null, paragraph: number): Finding {
  const told = expected ? `, có lẽ là “${expected}”` : '';
  return {
    code: 'suspect-word',
    message: `Có thể sai chính tả hoặc đọc sai: “${quote}”${told}.`,
    quote,
    expected,
    paragraph,
  };
}

/** Those of the field, and those that the plan itself prints more than once. */
function knownAbbreviations(plan: Plan): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of plan.paragraphs)
    for (const [word] of text.matchAll(ABBREVIATION)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...abbreviations(), ...[...counts].flatMap(([word, count]) => (count > 1 ? [word] : []))]);
}

/** "VHXXH" for VHXH: the abbreviation that is left without the letter printed twice; null where there is none. */
function doubledLetter(printed: string, known: ReadonlySet<string>): string | null {
  if (known.has(printed)) return null;
  const meant = printed.replace(LETTER_TWICE, '$1');
  return meant !== printed && known.has(meant) ? meant : null;
}
