import { indicatorWords } from '../../dictionaries/administrative/index.ts';
import { memo } from '../memo.ts';
import { anyOf, END, START } from '../patterns.ts';
import { speltNumbers } from './spelt.ts';

const NUMBER = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)?';
/** "48,3 triệu USD", "1,2 nghìn tỷ đồng": the scale belongs to the unit as printed. */
const SCALE = '(?:(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\\s+)*';
const PERCENT = '%(?:\\s*\\/\\s*(?:năm|tháng|quý)(?!\\p{L}))?|phần\\s+trăm(?!\\s+\\p{L}*điểm)';
/** Behind these any noun is counted. */
const FLOOR = '(?<=(?:tối\\s+thiểu|ít\\s+nhất|không\\s+dưới|không\\s+ít\\s+hơn)\\s+)';
const RANGE_MARK = '\\s*(?:-|–|—|~|đến(?:\\s+dưới)?)\\s*';
/** "02 lớp/năm", "3 tin, bài/tháng": the time belongs to the unit. */
const PER = '(?:\\s*\\/\\s*(?:năm|quý|tháng|tuần|ngày|người|hộ|xã|thôn)(?!\\p{L}))?';

/** Numbers that name something: dates, documents, articles, standards, levels, lists, periods. Never targets. */
const NAMES: RegExp[] = [
  /ngày\s+\d{1,2}\s*(?:\/\s*\d{1,2}(?:\s*\/\s*\d{4})?|tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)/giu,
  /(?<!\d)\d{1,2}\s*\/\s*\d{1,2}(?:\s*\/\s*\d{4})?(?!\d)/gu,
  /(?<!\d)\d{1,2}\s*\/\s*(?:19|20)\d{2}(?!\d)/gu,
  /(?:tháng|quý|tuần)\s+(?:thứ\s+)?(?:\d{1,2}|[IVX]+)(?!\p{L})(?:\s*(?:\/|năm)\s*(?:19|20)\d{2})?(?![\d%])/giu,
  /(?:19|20)\d{2}\s*(?:[-–—]|đến)\s*(?:19|20)\d{2}(?!\d)/gu,
  /năm\s+(?:19|20)\d{2}/giu,
  /(?<!\d)\d{1,5}(?:[.,]\d{1,3})?(?:\s*\/\s*\d{4})?\s*[/-]\s*\p{Lu}[\p{Lu}\p{Ll}Đđ&]*(?:\d+)?(?:\s*[-/]\s*[\p{Lu}Đ][\p{L}\d&]*)*/gu,
  /(?:Điều|khoản|điểm|Chương|Phụ\s+lục|Đề\s+án|mức\s+độ|cấp\s+độ|cấp|hạng|loại|bước|nhóm|ISO|TCVN|QCVN|lần\s+thứ|thứ|khóa|khoá|nhiệm\s+kỳ|Nghị\s+quyết|Nghị\s+định|Quyết\s+định|Thông\s+tư|Chỉ\s+thị|Kế\s+hoạch|Kết\s+luận|Luật|biểu\s+(?:mẫu\s+)?(?:số\s+)?|mục|số)\s*:?\s*\d+(?:[.:]\d+)*(?:\s*(?:,|và|;)\s*\d+(?![\d%.,]*\s*%))*(?!\s*%|[\d.,]*\d\s*%)/giu,
  /(?<!\d)\d{1,2}\s+(?:cấp|trong\s+1)(?!\p{L})/giu,
  /\d+\s*\/\s*\d+(?=\s*(?:giờ|ngày|h)\b)|24\/7|24\/24/gu,
  /(?<![\p{L}\d])\d(?:\.\d)?G(?!\p{L})|(?<!\d)\d\.0(?!\d)/gu,
  /(?:giai\s+đoạn|nhiệm\s+kỳ)\s+\d+/giu,
  /\d+\s+tháng\s+(?:đầu|cuối)(?:\s+năm)?/giu,
];

function nameSpans(text: string): [number, number][] {
  return NAMES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): [number, number] => [match.index, match.index + match[0].length]),
  );
}

/** "1.200" → 1200, "99,5" → 99.5, "02" → 2, "99.5" → 99.5. */
export function parseNumber(printed: string): number {
  const thousands = /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(printed);
  return Number((thousands ? printed.replace(/\./g, '') : printed).replace(',', '.'));
}

export interface NumberFound {
  /** The number with its unit: [start, end). */
  start: number;
  end: number;
  low: string;
  high: string | null;
  unit: string | null;
  kind: 'percent' | 'count' | 'measure' | 'rank';
}

let ranked: RegExp | null = null;

function rankedThing(): RegExp {
  ranked ??= new RegExp(
    `${START}(?!chỉ\\s+(?:số|tiêu)|tiêu\\s+chí)(${anyOf(indicatorWords().countNouns)})(?:\\s+(?:nằm|đứng|lọt))?\\s*$`,
    'iu',
  );
  return ranked;
}

let numberPatterns: [RegExp, NumberFound['kind']][] | null = null;

function numberPatternsOf(): [RegExp, NumberFound['kind']][] {
  if (numberPatterns) return numberPatterns;
  const words = indicatorWords();
  const measure = anyOf(words.measureNouns);
  const nouns = anyOf(words.countNouns);
  const number = `(?<![\\d.,/\\p{L}])(${NUMBER})`;
  numberPatterns = [
    [new RegExp(`${number}\\s*%?${RANGE_MARK}(${NUMBER})\\s*(${PERCENT})`, 'giu'), 'percent'],
    [new RegExp(`${number}\\s*(${PERCENT})`, 'giu'), 'percent'],
    [
      new RegExp(
        `${START}một\\s+trong\\s+(?:số\\s+)?(?:các\\s+|những\\s+|nhóm\\s+|tốp\\s+)?(${NUMBER})\\s+((?:${nouns})|\\p{L}+(?:\\s+\\p{L}+)?)${END}`,
        'giu',
      ),
      'rank',
    ],
    [
      new RegExp(
        `${START}(?:trong|thuộc|vào)\\s+(?:nhóm|tốp|top)\\s+(${NUMBER})\\s+(${nouns})${END}(?=[^;.]{0,60}(?:cao\\s+nhất|tốt\\s+nhất|dẫn\\s+đầu|đứng\\s+đầu|hàng\\s+đầu))`,
        'giu',
      ),
      'rank',
    ],
    [
      new RegExp(
        `${START}(?:xếp|đứng|giữ)(?:\\s+ở)?\\s+(?:vị\\s+trí|thứ\\s+hạng|hạng|vị\\s+thứ|thứ)(?:\\s+thứ)?\\s+(\\d{1,3})(?![\\d.,/%])`,
        'giu',
      ),
      'rank',
    ],
    [new RegExp(`${number}\\s*\\/\\s*10{1,3}\\s+(điểm)${END}`, 'giu'), 'count'],
    [
      new RegExp(
        `${number}(?:${RANGE_MARK}(${NUMBER}))?\\s+(${SCALE}(?:${measure})(?:\\s*\\/\\s*(?:\\d+\\s+)?(?:lượt\\s+giao\\s+dịch|giao\\s+dịch|bộ\\s+hồ\\s+sơ|hồ\\s+sơ|thủ\\s+tục|trường\\s+hợp|ngày\\s+làm\\s+việc|\\p{L}+)){0,2})${END}`,
        'giu',
      ),
      'measure',
    ],
    [
      new RegExp(
        `${START}(?:[Tt]rong|[Tt]huộc|[Vv]ào)\\s+(?:nhóm\\s+)?(?:[Tt]ốp|[Tt][Oo][Pp])\\s+(${NUMBER})(?:\\s+(${nouns})(?!\\s+\\p{Lu}))?(?!\\p{L}|[\\d%])`,
        'gu',
      ),
      'rank',
    ],
    [new RegExp(`${number}(?:${RANGE_MARK}(${NUMBER}))?\\s+(${SCALE}(?:${nouns})${PER})${END}`, 'giu'), 'count'],
    [
      new RegExp(
        `(?<![\\d.,/\\p{L}-])(0\\d)\\s+((?!tuổi|năm|tháng|ngày|cấp|lần|trong)\\p{Ll}[\\p{L}-]*${PER})${END}`,
        'gu',
      ),
      'count',
    ],
    [
      new RegExp(`${FLOOR}${number}(?:${RANGE_MARK}(${NUMBER}))?\\s+((?!tuổi|năm|tháng|ngày)\\p{Ll}+)${END}`, 'gu'),
      'count',
    ],
  ];
  return numberPatterns;
}

/** Whether the text can hold a number at all: the cheap question first. */
export function mayHoldNumber(text: string): boolean {
  return /\d|phần\s+trăm|ít\s+nhất|tối\s+thiểu|tối\s+đa|không\s+quá|không\s+dưới/iu.test(text);
}

/** Numbers that are no names, in reading order. */
export const findNumbers: (text: string) => readonly NumberFound[] = memo(readNumbers, 2048, 2000);

function readNumbers(text: string): NumberFound[] {
  if (!mayHoldNumber(text)) return [];
  const found = allNumbers(text);
  if (found.length === 0) return found;
  const names = nameSpans(text);
  return found.filter(
    (item) => item.kind === 'rank' || !names.some(([start, end]) => item.start < end && start < item.end),
  );
}

function allNumbers(text: string): NumberFound[] {
  const found: NumberFound[] = [];
  const percent = /%|phần/iu.test(text);
  for (const [pattern, kind] of numberPatternsOf()) {
    if (kind === 'percent' && !percent) continue;
    for (const match of text.matchAll(pattern)) {
      const groups = match.slice(1).filter((group) => group !== undefined);
      const last = groups.length > 1 ? (groups.at(-1) ?? null) : null;
      const ranged = groups.length === 3;
      const item: NumberFound = {
        start: match.index,
        end: match.index + match[0].length,
        low: groups[0] ?? '',
        high: ranged ? (groups[1] ?? null) : null,
        unit: kind === 'percent' ? percentUnit(last ?? '%') : last,
        kind,
      };
      // "là xã thuộc top 10 của tỉnh": what is ranked stands before.
      if (kind === 'rank' && item.unit === null && /^(?:trong|thuộc|vào)/iu.test(match[0]))
        item.unit = rankedThing().exec(text.slice(0, item.start))?.[1] ?? null;
      if (!found.some((other) => item.start < other.end && other.start < item.end)) found.push(item);
    }
  }
  return [...found, ...speltNumbers(text, found)].sort((a, b) => a.start - b.start);
}

/** "%" or "%/năm". */
const percentUnit = (printed: string): string => (printed.startsWith('%') ? printed.replace(/\s/g, '') : '%');
