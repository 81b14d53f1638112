/** Which profile a stretch of text has. */
import type { LanguageModel } from './language-model.ts';
import { stripMarks } from './letters.ts';
import type { Profile } from './types.ts';
import { wordForm } from './words.ts';

interface LineCounts {
  words: number;
  /** Words with a letter that no English OCR writes: ă đ ơ ư or a letter with tone below, hook … */
  marked: number;
  /** Words with é, ¢, €, or a digit among letters. */
  english: number;
  /** Words that are Vietnamese syllables once their marks are gone. */
  likely: number;
}

const OURS = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹãõĩũ]/iu;
const ENGLISH = /[é¢€¥@]|[a-z][04689]|^[16][a-zé]/i;
/** Lines looked at on each side of a line. */
const REACH = 12;

function count(tokens: readonly string[], model: LanguageModel): LineCounts {
  const out = { words: 0, marked: 0, english: 0, likely: 0 };
  for (const token of tokens) {
    if (!/\p{L}/u.test(token) || /^\d/.test(token)) continue;
    out.words++;
    const core = token.replace(/^\P{L}+|[.,;:!?)"”]+$/gu, '');
    if (OURS.test(core)) out.marked++;
    else if (ENGLISH.test(core)) out.english++;
    if (OURS.test(core) || ENGLISH.test(core) || model.byKey.has(stripMarks(wordForm(core)))) out.likely++;
  }
  return out;
}

/**
 * The profile of every line; 'vietnamese-ocr' stands for any text with marks (whether it is clean is seen when it is decoded),
 * 'clean' for text without marks that is not Vietnamese. Linear in the length.
 */
export function profilesOf(lines: Iterable<readonly string[]>, model: LanguageModel): Profile[] {
  const counts = Array.from(lines, (tokens) => count(tokens, model));
  const sums = [{ words: 0, marked: 0, english: 0, likely: 0 }];
  for (const c of counts) {
    const last = sums[sums.length - 1] as LineCounts;
    sums.push({
      words: last.words + c.words,
      marked: last.marked + c.marked,
      english: last.english + c.english,
      likely: last.likely + c.likely,
    });
  }
  return counts.map((here, i) => {
    const a = sums[Math.max(0, i - REACH)] as LineCounts;
    const b = sums[Math.min(counts.length, i + REACH + 1)] as LineCounts;
    const words = b.words - a.words;
    const share = (all: number, own: number): number => {
      // A long line speaks for itself, a short one for its surroundings.
      const weight = Math.min(1, here.words / 12) * 4;
      return (all + own * weight) / Math.max(1, words + here.words * weight);
    };
    const marked = share(b.marked - a.marked, here.marked);
    if (marked >= 0.25) return 'vietnamese-ocr';
    if (share(b.likely - a.likely, here.likely) < 0.7) return 'clean';
    if (marked >= 0.12) return 'vietnamese-ocr';
    return share(b.english - a.english, here.english) >= 0.03 ? 'english-ocr' : 'stripped';
  });
}
