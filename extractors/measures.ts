import { type MeasureEntry, measures } from '../dictionaries/administrative/index.ts';
import { memo } from './memo.ts';
import { foldWords } from './text.ts';

/** Abbreviations stand for their words, so that "TTHC" and "thủ tục hành chính" are one. */
const SPELT: Record<string, string> = {
  tthc: 'thủ tục hành chính',
  dvc: 'dịch vụ công',
  dvctt: 'dịch vụ công trực tuyến',
  cchc: 'cải cách hành chính',
  vbqppl: 'văn bản quy phạm pháp luật',
  csdl: 'cơ sở dữ liệu',
};

/** Words before the thing measured that say nothing of it. */
const BEFORE =
  '(?:(?:tỷ lệ|tỉ lệ|số|số lượng|tổng số|toàn bộ|các|những|phấn đấu|thực hiện|đầy đủ|tổ chức|đẩy nhanh tiến độ|của) )*';
/** Words that may stand between two parts of a wording: further apart they belong to other things. */
const BETWEEN = '(?:\\S+ ){0,16}';

interface Wording {
  measure: string;
  pattern: RegExp;
  words: number;
  never: readonly string[];
}

function wordingOf(synonym: string, { measure, never = [] }: MeasureEntry): Wording {
  const anywhere = synonym.startsWith('… ');
  const parts = synonym.split('…').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return {
    measure,
    pattern: new RegExp(`^${anywhere ? '(?:\\S+ )*?' : BEFORE}${parts.join(` ${BETWEEN}`)} `, 'u'),
    words: parts.join(' ').split(' ').length,
    never: never.map((phrase) => ` ${phrase} `),
  };
}

let wordings: Wording[] | null = null;

/** "Riêng lĩnh vực đất đai": says only the field; what is measured stands in the target before it. */
const FIELD_ONLY = /^(?:(?:trong đó|riêng) )*lĩnh vực /u;

const spelt = (subject: string): string =>
  foldWords((subject.split(';')[0] ?? '').replace(/\([^()]*\)/gu, ' '))
    .map((word) => SPELT[word] ?? word)
    .join(' ');

/**
 * The canonical name of what is measured, or null where none fits: the wording of the table that has most words among those
 * found in the subject. `before`: the subject of the target before it in the same item.
 */
export function measureOf(subject: string, before = ''): string | null {
  const words = spelt(subject);
  return FIELD_ONLY.test(words) ? measureIn(`${spelt(before)} ${words}`) : measureIn(words);
}

const measureIn = memo((words): string | null => {
  wordings ??= measures().flatMap((entry) => entry.synonyms.map((synonym) => wordingOf(synonym, entry)));
  const text = `${words} `;
  let best: Wording | null = null;
  for (const wording of wordings) {
    if (wording.words <= (best?.words ?? 0) || !wording.pattern.test(text)) continue;
    if (wording.never.every((phrase) => !` ${text}`.includes(phrase))) best = wording;
  }
  return best?.measure ?? null;
});
