import { parseDate, parsePeriod } from '../dates.ts';

/** A time said in a clause: its stretch, and what it sets. Offsets are into the text given. */
export interface TimeSpan {
  start: number;
  end: number;
  kind: 'deadline' | 'period' | 'baseline' | 'none';
  value: string | null;
}

const DATE =
  '(?:ngày\\s+\\d{1,2}\\s*(?:/\\s*\\d{1,2}\\s*/\\s*\\d{4}|tháng\\s+\\d{1,2}\\s+năm\\s+\\d{4})|\\d{1,2}/\\d{1,2}/\\d{4}|(?:tháng\\s+)?\\d{1,2}/\\d{4}|tháng\\s+\\d{1,2}\\s+năm\\s+\\d{4}|quý\\s+(?:IV|III|II|I|[1-4])\\s*(?:/|năm|-)?\\s*(?:năm\\s+)?\\d{4}|năm\\s+(?:19|20)\\d{2}|(?:19|20)\\d{2}(?!\\d))';
const BASELINE = /so\s+với\s+(?:[^,;.()\d]{0,40}?)năm\s+((?:19|20)\d{2})/giu;
const BASE_PERIOD =
  /so\s+với\s+(?:[^,;.()\d]{0,40}?)giai\s+đoạn\s+((?:19|20)\d{2}\s*(?:[-–—]|đến(?:\s+năm)?)\s*(?:19|20)\d{2})/giu;
const PERIOD =
  /(?:trong\s+)?giai\s+đoạn\s+(?:từ\s+năm\s+)?(?:19|20)\d{2}\s*(?:[-–—]|đến(?:\s+năm)?)\s*(?:19|20)\d{2}/giu;
const DEADLINE = new RegExp(
  `(?<![\\p{L}])(?:(?:hoàn\\s+thành\\s+)?(?:trước|chậm\\s+nhất|muộn\\s+nhất)(?:\\s+(?:là|vào|đến))?\\s+|(?:tính\\s+)?(?:đến|tới)\\s+(?:hết\\s+|cuối\\s+)?|hết\\s+|(?:vào\\s+)?cuối\\s+|vào\\s+(?:hết\\s+|đầu\\s+)?|từ\\s+|trong\\s+(?=quý|tháng))?${DATE}`,
  'giu',
);
/** Behind these a year belongs to the name of a document, programme or index. */
const NAMED =
  /(?:kế\s+hoạch|chương\s+trình|quyết\s+định|nghị\s+quyết|nghị\s+định|thông\s+tư|chỉ\s+thị|luật|đề\s+án|dự\s+án|chỉ\s+số|chiến\s+lược|dự\s+toán|(?<!từ\s+)ngân\s+sách|công\s+văn|văn\s+bản|bộ\s+tiêu\s+chí|chủ\s+đề)\s[^,;:.()]*$/iu;

/** "Kế hoạch số 12/KH-UBND … về khoa học, công nghệ …": the title behind a number runs to the year, commas in it too. */
const TITLED =
  /(?:kế\s+hoạch|chương\s+trình|quyết\s+định|nghị\s+quyết|chỉ\s+thị|đề\s+án)\s+(?:số\s+)?\d[^;:]*?\s(?:về|ban\s+hành|phê\s+duyệt|thực\s+hiện|triển\s+khai)\s(?:(?!phấn\s+đấu|bảo\s+đảm|đảm\s+bảo|\sđạt\s)[^;:])*[^,;:\s]\s+$/iu;
/** What stands in quotation marks is one name. */
const QUOTED = /“[^“”]*”/gu;

/** Whether the year behind these words is a name's: "Thực hiện Kế hoạch của tỉnh đạt 80% …", no name goes on over a share. */
function isNamed(before: string): boolean {
  const words = before.replace(/^.*\d\s*%/su, '').replace(QUOTED, (name) => '_'.repeat(name.length));
  return NAMED.test(words) || TITLED.test(words);
}
/** "từ 55% năm 2025 lên …", "từ 30 phút (năm 2025) xuống …": the year of the value left behind. */
const LEFT = /(?<!\p{L})từ\s+(?:mức\s+)?\d[^,;]{0,20}?\s\(?$/iu;
const LEVEL_BEHIND = /^\)?\s*(?:xuống|lên)(?!\p{L})/iu;

/** Deadline, period and baseline said in the words of a clause. */
export function findTimes(text: string): TimeSpan[] {
  const spans: TimeSpan[] = [];
  const free = (start: number, end: number) => !spans.some((span) => start < span.end && span.start < end);
  for (const match of text.matchAll(BASELINE)) {
    spans.push({ start: match.index, end: match.index + match[0].length, kind: 'baseline', value: match[1] ?? null });
  }
  for (const match of text.matchAll(BASE_PERIOD)) {
    const value = parsePeriod(match[0]);
    spans.push({ start: match.index, end: match.index + match[0].length, kind: 'baseline', value });
  }
  for (const match of text.matchAll(PERIOD)) {
    const end = match.index + match[0].length;
    if (!free(match.index, end)) continue;
    const named = isNamed(text.slice(0, match.index));
    spans.push({ start: match.index, end, kind: named ? 'none' : 'period', value: parsePeriod(match[0]) });
  }
  for (const match of text.matchAll(DEADLINE)) {
    const end = match.index + match[0].length;
    if (!free(match.index, end)) continue;
    const bareYear = /^(?:19|20)\d{2}$/.test(match[0].trim());
    const slash = /[/\d]$/.test(text.slice(0, match.index).trimEnd().slice(-1)) && bareYear;
    if (slash || (bareYear && !/(?:năm|đến|tới)\s*$/iu.test(text.slice(0, match.index)))) continue;
    const before = text.slice(0, match.index);
    // "trước ngày …" says when, no name has it in it.
    const until = /^(?:hoàn\s+thành|trước|chậm|muộn)/iu.test(match[0]);
    const named = (!until && isNamed(before)) || /(?:số|ngày)\s+\S*[\d/]\S*\s*$/iu.test(before);
    const left = LEFT.test(before) && LEVEL_BEHIND.test(text.slice(end));
    spans.push({ start: match.index, end, kind: named || left ? 'none' : 'deadline', value: parseDate(match[0]) });
  }
  const base = spans.find((span) => span.kind === 'baseline')?.value;
  return spans
    .filter((span) => span.value !== null && !(span.kind === 'deadline' && span.value === base))
    .sort((a, b) => a.start - b.start);
}

/** What a heading's title or a lead-in sets: "đến năm X" a deadline, "năm X" and "giai đoạn X - Y" a period. */
export function leadTimes(text: string): { deadline: string | null; period: string | null } {
  const period = parsePeriod(text);
  if (period) return { deadline: null, period };
  const until = /(?:đến|hết|cuối|tới)\s+(?:(?:hết|cuối)\s+)?năm\s+((?:19|20)\d{2})/iu.exec(text);
  if (until && !isNamed(text.slice(0, until.index))) return { deadline: until[1] ?? null, period: null };
  const year = /năm\s+((?:19|20)\d{2})/iu.exec(text);
  if (year && !isNamed(text.slice(0, year.index))) return { deadline: null, period: year[1] ?? null };
  return { deadline: null, period: null };
}

const CLOSING =
  /[.;]\s*(?:(?:Hoàn\s+thành(?:\s+xong)?|Thực\s+hiện\s+xong)\s+(?:trước|trong|vào|chậm\s+nhất)|Xong\s+(?:trước|trong)|Thời\s+(?:gian|hạn|điểm)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?\s*:?\s+(?!gian|hạn)\S)[^.;]*$/iu;

/** "Hoàn thành trước ngày 20/7/2025": a sentence of its own at the end goes for all targets of the item. */
export function closingDeadline(text: string): string | null {
  const match = CLOSING.exec(text.replace(/[.;]\s*$/, ''));
  return match ? (findTimes(match[0]).find((span) => span.kind === 'deadline')?.value ?? null) : null;
}
