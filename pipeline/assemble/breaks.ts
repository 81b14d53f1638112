import { readMarker } from '../../extractors/markers.ts';
import type { Line, Page } from '../page.ts';
import { lineText } from '../page.ts';

/** A line with what the page knows of its place. Lengths in points; null for plain text. */
export interface PlacedLine {
  line: Line;
  text: string;
  page: number;
  x0: number | null;
  x1: number | null;
  y0: number | null;
  y1: number | null;
  pageWidth: number | null;
}

/** What the whole document tells about its lines, to judge single ones by. */
export interface LineHabits {
  /** Plain text whose lines are whole paragraphs (Markdown, or one paragraph a line). */
  unwrapped: boolean;
  /** Characters a full line of plain text has at least, the next line's first word included. */
  fullLength: number;
  /** Empty lines stand between paragraphs only, not between the lines of one. */
  blanksPart: boolean;
  /** They stand before nearly all items: a line without one begins no paragraph unless the line before is short. */
  blanksBetween: boolean;
  /** Left and right edge of the body in points, by page. */
  margins: Map<number, { left: number; right: number }>;
}

const TERMINAL = /[.;:!?…]["”’)\]]*\s*$/;
const OPEN_END =
  /(?:[,(/–-]|(?<!\p{L})(?:số|ngày|tháng|năm|của|và|các|những|tại|về|theo|với|cho|khoản|điểm|Điều|quý|từ|đến|do|là|ở|thứ|cấp|mức))\s*$/u;
/** Behind these only a number goes on: "… Chính phủ số" may well end a title. */
const NUMBER_NEXT = /(?<!\p{L})(?:số|ngày|tháng|năm|khoản|điểm|Điều|quý|thứ|cấp|mức)\s*$/u;
const DOCUMENT_TYPE =
  /^(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|BÁO CÁO|CHỈ THỊ|THÔNG BÁO|CÔNG VĂN|TỜ TRÌNH|NGHỊ QUYẾT|HƯỚNG DẪN|QUY CHẾ|PHƯƠNG ÁN)\s*:?\s*$/u;
const OPENER =
  /^(?:Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Q\.\s|CHỦ TỊCH|PHÓ CHỦ TỊCH|Trên đây là|\((?:Kèm theo|Ban hành kèm theo|Chi tiết|Danh mục|Có danh mục|Có phụ lục)|DANH MỤC|PHỤ LỤC|CỘNG HÒA|CỘNG HOÀ|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|Số\s*:|Độc lập)/u;

/** Wrapped lines of the body are this long at least, beside the long ones: those of titles and cells are shorter. */
const BODY_MEASURE = 0.75;

/** Of the items that stand behind a whole sentence so many have an empty line before them where such lines part all. */
const PARTED_ITEMS = 0.8;

/** A line that begins further to the right than this share of the measure stands aside: a place and day, a name below a seal. */
const ASIDE = 0.45;

/** Words that open the paragraph behind a title; within a sentence they are not written with a capital. */
const PREAMBLE = /^(?:Căn cứ|Thực hiện|Nhằm|Để|Trên cơ sở|Thi hành)\s+\p{L}/u;

/** A heading's number on a line of its own: its title stands on the next one. */
const NUMBER_ALONE =
  /^(?:(?:[IVXLl|]+|\d{1,2}(?:\.\d{1,2})*)[.)/]|[a-zđ][.)]|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+(?:[IVXLC]+|\d{1,3}|(?:thứ|THỨ)\s+\p{L}+)\s*[.:]?)\s*$/u;

/** Whether the sentence cannot end with this line, seeing what stands on the next. */
const leavesOpen = (text: string, next: string): boolean =>
  OPEN_END.test(text) && (!NUMBER_NEXT.test(text) || /^[\d…./]|^[IVX]+(?!\p{L})|^\p{Ll}/u.test(next));

const isCaps = (text: string): boolean => {
  const letters = text.replace(/[^\p{L}]/gu, '');
  return letters.length >= 3 && letters === letters.toUpperCase();
};

/** "- 2030" after "2021", "- NQ/TW" after "45": a dash that ties numbers over a line break is no bullet. */
function dashTies(previous: string, text: string): boolean {
  return /\d\s*$/.test(previous) && /^[-–—]\s*\d/.test(text) && !TERMINAL.test(previous);
}

/** Names with a dash inside: what stands before it, and behind. */
const DASHED_NAMES: [RegExp, RegExp][] = [
  [/(?:văn\s+h(?:óa|oá)|kinh\s+tế)\s*$/iu, /^[-–]\s*xã\s+hội/iu],
  [/tài\s+chính\s*$/iu, /^[-–]\s*kế\s+hoạch/iu],
  [/văn\s+phòng\s*$/iu, /^[-–]\s*thống\s+kê/iu],
  [/tư\s+pháp\s*$/iu, /^[-–]\s*hộ\s+tịch/iu],
  [/địa\s+chính\s*$/iu, /^[-–]\s*(?:xây\s+dựng|nông\s+nghiệp|đô\s+thị)/iu],
  [/lao\s+động\s*$/iu, /^[-–]\s*thương\s+binh/iu],
  [/thông\s+tin\s*$/iu, /^[-–]\s*truyền\s+thông/iu],
];

/** Whether the line opens a paragraph whatever stands before it. */
export function opens(previous: string, text: string): boolean {
  if (DOCUMENT_TYPE.test(text) || OPENER.test(text)) return true;
  if (/^Căn cứ\s/u.test(text) && TERMINAL.test(previous)) return true;
  if (PREAMBLE.test(text) && /[\p{L}\d)]\s*$/u.test(previous) && !OPEN_END.test(previous)) return true;
  const marker = readMarker(text);
  if (!marker) return false;
  if (marker.kind === 'bullet') {
    if (dashTies(previous, text)) return false;
    // "… gồm: (1) …; (2) …" wraps within its paragraph; behind a whole sentence or item it opens one.
    if (marker.mark === '(1)') return previous === '' || /[.;:]\s*$/.test(previous);
    // A dash between words that wrapped ("Văn hóa\n- Xã hội"): the line before is open and no bullet text begins small.
    if (DASHED_NAMES.some(([before, behind]) => before.test(previous) && behind.test(text))) return false;
    const small = marker.mark !== '+' && /^[-–—]\s*\p{Ll}/u.test(text);
    return !(small && previous !== '' && (OPEN_END.test(previous) || !/[.;:!?…,]["”’)\]]*\s*$/.test(previous)));
  }
  if (marker.style === 'article' || marker.style === 'section') {
    return previous === '' || TERMINAL.test(previous) || isCaps(text);
  }
  // "… vào quý / II. Công an xã …": the number is the quarter's.
  if (marker.style === 'roman' && /(?<!\p{L})quý\s*$/iu.test(previous)) return false;
  if (marker.style === 'decimal' || marker.style === 'dotted')
    return !OPEN_END.test(previous) || /(?<!\p{L})số\s*$/u.test(previous);
  return true;
}

function firstWord(text: string): string {
  return text.trimStart().split(/\s/, 1)[0] ?? '';
}

const beginsSmall = (text: string): boolean => /^["“(]?\p{Ll}/u.test(text.trimStart());

/** Reads the habits of a document's lines. `lines` are all of its body lines in reading order. */
export function lineHabits(lines: readonly PlacedLine[]): LineHabits {
  const plain = lines.filter((line) => line.x0 === null);
  const long = plain.filter((line) => line.text.length > 200).length;
  /** Lines that go on in a small letter: their length, and with the word that they had no room for. */
  const certain: { length: number; withNext: number }[] = [];
  let blanksWithin = 0;
  const items = { parted: 0, all: 0 };
  for (let i = 1; i < plain.length; i++) {
    const [a, b] = [plain[i - 1], plain[i]];
    if (!a || !b) continue;
    const marker = readMarker(b.text);
    if (marker?.kind === 'bullet' && a.page === b.page && TERMINAL.test(a.text)) {
      items.all++;
      if (b.line.blankBefore > 0) items.parted++;
    }
    if (marker || !beginsSmall(b.text)) continue;
    certain.push({ length: a.text.length, withNext: a.text.length + 1 + firstWord(b.text).length });
    if (a.page === b.page && b.line.blankBefore > 0) blanksWithin++;
  }
  // Wrapped text has lines that begin in the middle of a sentence; whole paragraphs have none, and long ones.
  const unwrapped =
    plain.length > 0 && (long / plain.length > 0.04 || (plain.length >= 8 && certain.length / plain.length < 0.03));
  const wide = quantile(
    plain.map((line) => line.text.length),
    0.9,
  );
  const body = certain.filter(({ withNext }) => withNext >= BODY_MEASURE * wide);
  const lengths = body.map(({ withNext }) => withNext);
  // A word that the longest wrapped line had no room for had none in any other.
  const longest = Math.max(...body.map(({ length }) => length));
  const fullLength = body.length > 0 ? Math.min(quantile(lengths, 0.1), longest + 1) : 60;

  const blanks = plain.filter((line) => line.line.blankBefore > 0).length;
  const blanksPart = certain.length > 0 ? blanksWithin / certain.length < 0.1 : blanks / plain.length < 0.6;

  const blanksBetween = blanksPart && items.all >= 5 && items.parted / items.all >= PARTED_ITEMS;

  const margins = new Map<number, { left: number; right: number }>();
  for (const page of new Set(lines.map((line) => line.page))) {
    const own = lines.filter((line) => line.page === page && line.x0 !== null && line.x1 !== null);
    if (own.length === 0) continue;
    margins.set(page, {
      left: quantile(
        own.map((line) => line.x0 ?? 0),
        0.1,
      ),
      right: quantile(
        own.map((line) => line.x1 ?? 0),
        0.85,
      ),
    });
  }
  return { unwrapped, fullLength, blanksPart, blanksBetween, margins };
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function isCentered(line: PlacedLine, habits: LineHabits): boolean {
  if (line.line.centered !== undefined) return line.line.centered;
  const margin = habits.margins.get(line.page);
  if (!margin || line.x0 === null || line.x1 === null) return false;
  const [left, right] = [line.x0 - margin.left, margin.right - line.x1];
  return left > 24 && right > 24 && Math.abs(left - right) < 24;
}

/**
 * Whether `next` goes on the paragraph that ends in `previous`. The paragraph's own first line is `first`: an indented
 * line after it begins a paragraph of its own only where the lines between stand at the margin.
 */
export function continues(first: PlacedLine, previous: PlacedLine, next: PlacedLine, habits: LineHabits): boolean {
  if (next.line.paragraph === 'continues') return true;
  if (next.line.region !== previous.line.region) return false;
  const [a, b] = [previous.text.trim(), next.text.trim()];
  if (DOCUMENT_TYPE.test(a)) return false;
  if (/^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:(?:SỐ|số)\s+)?[IVXLC\d]+)?\s*[.:]?\s*$/u.test(a))
    return isCaps(b) && !/^PHỤ LỤC/iu.test(b);
  if (NUMBER_ALONE.test(a)) return !readMarker(b) && !OPENER.test(b) && !isParenthesis(b);
  if (opens(a, b)) return false;
  if (next.line.region === 'left' || next.line.region === 'right') return continuesColumn(first.text.trim(), a, b);
  if (next.line.paragraph) return continuesTold(a, b, previous.line, next.line);
  if (leavesParenthesis(a) && closesParenthesis(b)) return true;
  if (isParenthesis(b) && isParenthesis(firstWordLine(first))) return !TERMINAL.test(a) || beginsSmall(b);
  if (isCaps(a) && !isCaps(b) && !beginsSmall(b) && a.length > 6) return false;
  if (beginsSmall(b)) return !(next.line.markedHeading && !previous.line.markedHeading);
  if (/^[/%\d]/.test(b) && OPEN_END.test(a)) return true;
  if (/^\d+(?:\/\d{4})?\s?[/-]\s?\p{Lu}{2}/u.test(b) && !TERMINAL.test(a)) return true;
  if (DASHED_NAMES.some(([before, behind]) => before.test(a) && behind.test(b))) return true;
  if (/(?:19|20)\d{2}\s*$/.test(a) && /^[-–—]\s*(?:19|20)\d{2}(?!\d)/.test(b)) return true;
  if (isCaps(a) && isCaps(b)) return true;
  if (previous.line.markedHeading !== next.line.markedHeading) return false;
  return previous.x0 === null
    ? continuesPlain(a, b, next, previous.page === next.page, habits)
    : continuesPlaced(first, previous, next, habits);
}

const firstWordLine = (line: PlacedLine): string => line.text.trim();
const isParenthesis = (text: string): boolean => /^\((?:Kèm|Ban hành|Chi tiết|Danh mục|Có )/iu.test(text);

const leavesParenthesis = (text: string): boolean => /\([^()]*$/.test(text);
const closesParenthesis = (text: string): boolean => /^[^()]{0,120}\)/.test(text);

/** In the recipients a line without a dash goes on the one before; letterhead and signature lines stand alone, but for the
 *  long line of the national name and a date that wraps. */
function continuesColumn(first: string, previous: string, next: string): boolean {
  if (/^CỘNG H(?:ÒA|OÀ)/u.test(previous) && !/NAM\s*$/u.test(previous)) return isCaps(next);
  if (/(?<!\p{L})(?:ngày|tháng|năm)[\s\d….]*$/u.test(previous) && /^(?:ngày|tháng|năm|\d)/u.test(next)) return true;
  if (!/^[-–+•]/u.test(first) || isCaps(next)) return false;
  return !/[;.]\s*$/.test(previous) || beginsSmall(next);
}

/** Paragraphs of a file that names them: a title may be set in several, and a line break may stand in one's midst. */
function continuesTold(a: string, b: string, previous: Line, next: Line): boolean {
  if (isParenthesis(b) && !isParenthesis(a)) return false;
  if (previous.centered && next.centered) {
    const alike = isCaps(a) === isCaps(b) || beginsSmall(b);
    return alike && !TERMINAL.test(a) && Math.abs((previous.size ?? 0) - (next.size ?? 0)) < 2;
  }
  return next.paragraph === 'breaks' && !TERMINAL.test(a) && beginsSmall(b);
}

function continuesPlain(a: string, b: string, next: PlacedLine, samePage: boolean, habits: LineHabits): boolean {
  const terminal = TERMINAL.test(a);
  if (habits.unwrapped) return !terminal && (a.length > 120 || leavesOpen(a, b));
  if (habits.blanksPart && samePage && next.line.blankBefore > 0) return !terminal && leavesOpen(a, b);
  const full = a.length + 1 + firstWord(b).length >= habits.fullLength;
  // Where empty lines part all items, a line of the body without one goes on.
  const within = habits.blanksBetween && samePage && a.length >= BODY_MEASURE * habits.fullLength;
  if (terminal) return !/\.\/\.\s*$/.test(a) && (within || (full && !/:\s*$/.test(a)));
  if (next.line.blankBefore > 2) return false;
  return full || within || leavesOpen(a, b);
}

function continuesPlaced(first: PlacedLine, previous: PlacedLine, next: PlacedLine, habits: LineHabits): boolean {
  const margin = habits.margins.get(next.page);
  const previousMargin = habits.margins.get(previous.page);
  if (!margin || !previousMargin || next.x0 === null || previous.x1 === null || next.x1 === null) return false;
  const isAside = (line: PlacedLine, { left, right }: { left: number; right: number }): boolean =>
    (line.x0 ?? left) > left + ASIDE * (right - left) && !isCentered(line, habits);
  if (isAside(previous, previousMargin) !== isAside(next, margin)) return false;
  if (isCentered(previous, habits) && isCentered(next, habits)) {
    return !TERMINAL.test(previous.text) && Math.abs((previous.line.size ?? 0) - (next.line.size ?? 0)) < 2;
  }
  const character = (next.x1 - next.x0) / Math.max(1, next.text.length);
  const room = previousMargin.right - previous.x1;
  const fits = room > (firstWord(next.text).length + 1) * character + 6;
  if (fits) return false;
  // The first line of a centred title may fill the measure.
  if (isBold(previous) && isBold(next) && isCentered(next, habits) && previous.page === next.page)
    return !TERMINAL.test(previous.text) && Math.abs((previous.line.size ?? 0) - (next.line.size ?? 0)) < 2;
  const indent = next.x0 - margin.left;
  const firstIndent = (first.x0 ?? 0) - (habits.margins.get(first.page)?.left ?? 0);
  // Hanging text of a bullet: further in than the margin, but as the lines before it.
  const hanging = previous !== first && Math.abs(next.x0 - (previous.x0 ?? 0)) < 4 && previous.page === next.page;
  if (indent > 10 && !hanging && !(readMarker(first.text) && firstIndent < indent - 4)) return false;
  if (previous.page === next.page && previous.y1 !== null && next.y0 !== null) {
    const height = Math.max(6, (next.y1 ?? 0) - next.y0);
    if (next.y0 - previous.y1 > 1.6 * height) return false;
  }
  return true;
}

const isBold = ({ line }: PlacedLine): boolean => line.words.every((word) => word.bold === true);

export function placeLines(page: Page): PlacedLine[] {
  const placed: PlacedLine[] = [];
  for (const item of page.items) {
    if (item.kind !== 'line') continue;
    placed.push(placeLine(item, page));
  }
  return placed;
}

export function placeLine(line: Line, page: Page): PlacedLine {
  const [width, height] = [page.width, page.height];
  const box = line.box;
  const known = box !== null && width !== null && height !== null;
  return {
    line,
    text: lineText(line),
    page: page.number,
    x0: known ? box[0] * width : null,
    x1: known ? box[2] * width : null,
    y0: known ? box[1] * height : null,
    y1: known ? box[3] * height : null,
    pageWidth: width,
  };
}
