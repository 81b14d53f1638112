/** A document cited by its title without a number: offsets are into the text given. */
export interface TitledCitation {
  start: number;
  end: number;
  type: string;
  title: string;
  /** Where the words about the issuer begin: "của …". */
  behind: number;
}

/** "Đề án “Một hệ thống …” của Bộ Nội vụ". */
const QUOTED = /(?<!\p{L})(Đề\s+án|Chương\s+trình|Chiến\s+lược)\s+[“"](\p{Lu}[^“”"]{20,300})[”"]/gu;
/** "kèm theo Kế hoạch … năm 2025 của …": a plan of another year than this one's. */
const OF_A_YEAR =
  /(?<=(?:kèm\s+theo|thực\s+hiện|theo|tại|kết\s+quả)\s+)((Kế\s+hoạch|Chương\s+trình)\s+(?:(?!được|này|các\s)[\p{Ll}\d]+\s+){2,16}?(?:giai\s+đoạn\s+(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}|năm\s+(?:19|20)\d{2}))(?=\s+của\s)/gu;
/** Still to be made, or the subject of a decision that is listed itself. */
const NOT_CITED =
  /(?:phê\s+duyệt|ban\s+hành|xây\s+dựng|lập|trình|tham\s+mưu|đề\s+xuất|nghiên\s+cứu|về\s+việc|về|hoàn\s+thiện)\s*$/iu;

/** Schemes, programmes and plans with a proper title and an issuer. `ownYears` are the plan's own: its title is no reference. */
export function titledCitations(text: string, ownYears: readonly number[]): TitledCitation[] {
  const found: TitledCitation[] = [];
  for (const match of text.matchAll(QUOTED)) {
    const behind = match.index + match[0].length;
    if (NOT_CITED.test(text.slice(0, match.index)) || !/^\s+của\s/u.test(text.slice(behind))) continue;
    found.push({
      start: match.index,
      end: behind,
      type: (match[1] ?? '').replace(/\s+/g, ' '),
      title: (match[2] ?? '').trim(),
      behind,
    });
  }
  for (const match of text.matchAll(OF_A_YEAR)) {
    const years = [...(match[1] ?? '').matchAll(/(?:19|20)\d{2}/g)].map((year) => Number(year[0]));
    if (years.some((year) => ownYears.includes(year))) continue;
    const behind = match.index + match[0].length;
    found.push({
      start: match.index,
      end: behind,
      type: (match[2] ?? '').replace(/\s+/g, ' '),
      title: (match[1] ?? '').replace(/\s+/g, ' '),
      behind,
    });
  }
  return found;
}
