import { suspectWords } from '../../dictionaries/administrative/index.ts';
import { anyOf, END, START } from '../patterns.ts';
import type { Plan } from '../plan.ts';
import type { Finding } from './index.ts';

let pattern: RegExp | null = null;

/** Words that are never right where they stand: "thành phổ", "tỉnh gọn". */
export function checkWords(plan: Plan): Finding[] {
  const suspects = suspectWords();
  pattern ??= new RegExp(`${START}(?:${anyOf(suspects.map((entry) => entry.at))})${END}`, 'giu');
  const words = pattern;
  return plan.paragraphs.flatMap((paragraph, index) =>
    [...paragraph.text.matchAll(words)].map((match): Finding => {
      const printed = match[0].toLowerCase().replace(/\s+/g, ' ');
      const expected = suspects.find((entry) => entry.at === printed)?.expected ?? null;
      return {
        code: 'suspect-word',
        message: `Có thể sai chính tả hoặc đọc sai: “${match[0]}”${expected ? `, có lẽ là “${expected}”` : ''}.`,
        quote: match[0],
        expected,
        paragraph: index,
      };
    }),
  );
}
