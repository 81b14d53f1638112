import { type Line, type LineRegion, lineText, type Table } from '../page.ts';

/** Text whose columns were set side by side on one line of plain text: where the right column begins. */
const RIGHT_OF_LETTERHEAD = /(?<=\S\s)(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]|\p{Lu}[\p{L}\s]{2,30},\s*ngày\s)/u;
const RIGHT_OF_RECIPIENTS =
  /(?<=\S\s)(?=(?:TM|KT|TL|TUQ)\.\s*\p{Lu}{2}|(?<!PHÓ\s)(?<!(?:KT|TL|TUQ|Q)\.\s)CHỦ TỊCH\s*$|PHÓ CHỦ TỊCH\s*$)/u;
/** What goes on a line of the letterhead's right column that was too narrow for it. */
const WRAPS: [RegExp, RegExp][] = [
  [/^CỘNG H(?:ÒA|OÀ) .*VIỆT\s*$/u, /^NAM\s*$/u],
  [/,\s*ngày(?:[\s\d….]|tháng|năm)*$/u, /^(?:tháng|năm|\d)[\s\d….]*(?:năm[\s\d….]*)?$/u],
];
/** A person's name behind the closing mark of a recipient. */
const NAME_AT_END = /(?<=[;.=’']\s)(?=(?:\p{Lu}\p{Ll}+\s){1,4}\p{Lu}\p{Ll}+\s*$)/u;

/** A person's name alone on its line, below the columns. */
const NAME_ALONE = /^(?:\p{Lu}\p{Ll}+\s+){1,4}\p{Lu}\p{Ll}+$/u;

const TYPE_LINE = /^(?:KẾ HOẠCH|CHƯƠNG TRÌNH(?: HÀNH ĐỘNG)?|ĐỀ ÁN|PHƯƠNG ÁN|Kế hoạch\s*$)(?:\s|$)/u;
/** Behind the type line a place or an office goes on the title: "CẢI CÁCH HÀNH CHÍNH" and "XÃ ĐỒNG MÂY NĂM 2026" below it. */
const OF_TITLE = /^(?:[ỦU][YỶ] BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN|HUYỆN|THÀNH PHỐ|TỈNH)\s/u;

/** The word that begins at `at` in the line's text. */
function wordAt(line: Line, at: number): number {
  let length = 0;
  return line.words.findIndex((word) => {
    const before = length;
    length += word.text.length + 1;
    return before >= at;
  });
}

function cut(line: Line, index: number): [Line, Line] {
  const { gap: _, ...rest } = line;
  return [
    { ...rest, words: line.words.slice(0, index), region: 'left' },
    { ...rest, words: line.words.slice(index), region: 'right' },
  ];
}

/** Stray marks that an OCR makes of a signature or seal between the columns. */
const withoutSpecks = (line: Line): Line => ({
  ...line,
  words: line.words.filter((word, index, all) => index < all.length - 1 || !/^[,.’'=~|‘`]+$/.test(word.text)),
});

/**
 * Plain text has no geometry: letterhead and recipients are told by their words. Lines that hold both columns are cut,
 * and each zone's right lines come after its left ones.
 */
export function splitColumns(items: (Line | Table)[]): (Line | Table)[] {
  const out: (Line | Table)[] = [];
  let right: Line[] = [];
  let zone: 'letterhead' | 'recipients' | 'signature' | null = null;
  let titled = false;
  const flush = () => {
    out.push(...right);
    right = [];
  };
  items.forEach((item, index) => {
    if (item.kind === 'table' || item.box !== null || item.region !== 'body') {
      flush();
      zone = null;
      out.push(item);
      return;
    }
    const text = lineText(item);
    if (zone === 'letterhead' && wraps(right.at(-1), text)) {
      right.push(region(item, 'right'));
      return;
    }
    zone = titled && OF_TITLE.test(text) && zone === null ? null : zoneOf(text, zone, index);
    titled ||= TYPE_LINE.test(text);
    if (zone === null) {
      flush();
      out.push(item);
      return;
    }
    const alone = isRightAlone(text);
    const at = alone ? -1 : text.search(zone === 'letterhead' ? RIGHT_OF_LETTERHEAD : RIGHT_OF_RECIPIENTS);
    const name = zone === 'recipients' && right.length > 0 ? text.search(NAME_AT_END) : -1;
    const word = at > 0 || name > 0 ? wordAt(item, at > 0 ? at : name) : zone === 'signature' ? 0 : (item.gap ?? 0);
    if (word > 0) {
      const [leftLine, rightLine] = cut(item, word);
      const left = withoutSpecks(leftLine);
      if (left.words.length > 0) out.push(left);
      right.push(rightLine);
    } else if (zone === 'signature' || alone || (zone === 'recipients' && right.length > 0 && NAME_ALONE.test(text))) {
      if (zone !== 'signature') right.push(region(item, 'right'));
      else {
        flush();
        out.push(region(item, 'right'));
      }
    } else out.push(withoutSpecks(region(item, 'left')));
  });
  flush();
  return out;
}

const region = (line: Line, where: LineRegion): Line => ({ ...line, region: where });

const wraps = (last: Line | undefined, text: string): boolean =>
  last !== undefined && WRAPS.some(([before, behind]) => before.test(lineText(last)) && behind.test(text));

const isRightAlone = (text: string): boolean =>
  /^(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–])|^\p{Lu}[\p{L}\s]{2,30},\s*ngày(?:\s|$)/u.test(text);

function zoneOf(
  text: string,
  zone: 'letterhead' | 'recipients' | 'signature' | null,
  index: number,
): 'letterhead' | 'recipients' | 'signature' | null {
  if (/^Nơi nhận/u.test(text)) return 'recipients';
  if (/^(?:TM|KT|TL|TUQ)\.\s*\p{Lu}{2}|^(?:PHÓ )?CHỦ TỊCH\s*$/u.test(text)) return 'signature';
  if (zone === 'recipients') return isAppendixTitle(text) ? null : zone;
  if (zone === 'signature') return isAppendixTitle(text) || text.length > 60 ? null : zone;
  if (index > 12) return null;
  const letterhead =
    /^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND(?:\s+\p{Lu}{2}|\s*$)|HỘI ĐỒNG NHÂN DÂN|CỘNG H(?:ÒA|OÀ)|Độc lập\s*[-–]|Số\s*:|XÃ\s|PHƯỜNG\s|ĐẶC KHU\s|THÀNH PHỐ\s|TỈNH\s|HUYỆN\s)/u.test(
      text,
    ) || /,\s*ngày(?:\s.*)?\s*tháng.*năm/u.test(text);
  return letterhead ? 'letterhead' : null;
}

const isAppendixTitle = (text: string): boolean => /^(?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|KẾ HOẠCH)/u.test(text);
