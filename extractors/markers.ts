import type { SectionStyle } from '../output/record.ts';

/** What opens a line: a heading's number, a star label, or a bullet. `rest` is the offset where its text begins. */
export interface Marker {
  kind: 'heading' | 'bullet';
  style: SectionStyle | null;
  /** The number without its punctuation, for headings. */
  number: string | null;
  /** Style with its punctuation ("letter)" against "letter."): siblings share it. */
  key: string;
  mark: string;
  rest: number;
}

const ROMAN = /^([IVXLivxl|1]{1,6})\s*([.):]|\/(?!\s*\d))\s*(?=\S|$)/;
/** A lone l or | before a title in capitals is I; before anything else it is the letter. */
const ROMAN_ONE = /^[l|]\s*\.\s*(?=\p{Lu}{2,}[\p{Lu}\s,-]*$)/u;
/** A scan may lose the stop: then only a title all in capitals tells. */
const ROMAN_BARE = /^([IVX]{1,5})\s+(?=\p{Lu}{2,}[\p{Lu}\s,-]{6,}$)/u;
/** "I - MỤC ĐÍCH", "1- Mục tiêu chung". */
const ROMAN_DASH = /^([IVX]{1,5})\s*[-–—]\s+(?=\p{Lu})/u;
const DECIMAL_DASH = /^(\d{1,2})\s?[-–—]\s+(?=\p{Lu}\p{L}*\s)/u;
const ROMAN_VALUE = /^(?:X{0,3})(?:IX|IV|V?I{0,3})$/;
/** A scan may have a comma for the stop: "4.4, Nền tảng", not "4.4, Phần II". */
const DOTTED =
  /^(\d{1,2}(?:\s?\.\s?[1-9]\d?){1,3})\s*(?:[.)/]?|,(?=\s+(?!Phần|Mục|Chương|Điều|Khoản|Điểm|Phụ)\p{Lu}\p{Ll}*\s))(?:\s+|$)(?=[^\s%]|$)/u;
/** A speck of the scan before a number. */
const SPECK = /^[_|~=¬]\s+(?=(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})\.\s)/;
/** "1. 95% hồ sơ …", "2. 05 thôn …": an item may begin with its amount. */
const DECIMAL = /^(\d{1,2})\s*([.)]|\/(?!\p{Lu}{2}))\s*(?=[\p{L}"“(*]|(?<=\s)(?:\d{1,3}\s*%|0\d\s+\p{L})|$)/u;
const LETTER = /^([a-zđ]\d?)\s?([.)])\s*(?=[\p{L}\d"“(%]|$)/u;
const UPPER = /^([A-HĐ])\s?([.)])\s+(?=\p{Lu})/u;
const NAMED =
  /^(Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+([IVXLC]+|\d{1,3}|(?:thứ|THỨ)\s+\p{L}+)\s*([.:]|\s*$|(?=\s+\p{Lu}{2}))/u;
const APPENDIX = /^(?:PHỤ LỤC|Phụ lục|BIỂU SỐ|DANH MỤC)(?=\s|$|[:.])/u;
const STAR = /^\*\s?(?=[\p{L}])/u;
const BULLET = /^([-–—+•·●▪■○◦→»]|[-–]\s?[-–])\s*(?=[^\s])/u;

/** "(1) Tỷ lệ …": an item of a list within a paragraph's or heading's own. */
const BRACKETED = /^\((\d{1,2})\)\s+(?=\S)/;
/** A mark set in stars of its own ("*- Các sản phẩm: *Tổng …"), or with a speck of the scan before it. */
const STARRED = /^[*~¬`'’]\s?[-–+]\s*(?=\p{L})/u;

const NAMED_STYLE: Record<string, SectionStyle> = {
  phần: 'part',
  chương: 'chapter',
  mục: 'section',
  điều: 'article',
};

/** Roman numerals of an OCR have l, | and 1 for I: "Il." is II, "1I" is II. A digit alone stays a digit. */
export function romanNumber(printed: string): string | null {
  if (/^1+$/.test(printed)) return null;
  const upper = printed
    .replace(/[l|1i]/g, 'I')
    .replace(/v/g, 'V')
    .replace(/x/g, 'X')
    .toUpperCase();
  return upper !== '' && ROMAN_VALUE.test(upper) ? upper : null;
}

/** Reads the marker at the beginning of a paragraph; null where it opens with plain words. */
export function readMarker(text: string): Marker | null {
  const blanks = text.length - text.trimStart().length;
  const lead = blanks + (SPECK.exec(text.slice(blanks))?.[0].length ?? 0);
  const line = text.slice(lead);
  const heading = (style: SectionStyle, number: string | null, length: number, punctuation = ''): Marker => ({
    kind: 'heading',
    style,
    number,
    key: style === 'dotted' ? `dotted${(number ?? '').split('.').length}` : `${style}${punctuation}`,
    mark: line.slice(0, length).trim(),
    rest: lead + length,
  });

  const named = NAMED.exec(line);
  if (named) {
    const style = NAMED_STYLE[(named[1] ?? '').toLowerCase()];
    if (style) return heading(style, named[2] ?? null, named[0].length + spaces(line, named[0].length));
  }
  const dotted = DOTTED.exec(line);
  if (dotted) return heading('dotted', (dotted[1] ?? '').replace(/\s/g, ''), dotted[0].length);
  const decimal = DECIMAL.exec(line);
  if (decimal) return heading('decimal', decimal[1] ?? null, decimal[0].length, decimal[2]);
  const dashed = DECIMAL_DASH.exec(line);
  if (dashed) return heading('decimal', dashed[1] ?? null, dashed[0].length, '-');
  const letter = LETTER.exec(line);
  const roman = ROMAN.exec(line) ?? ROMAN_DASH.exec(line) ?? ROMAN_BARE.exec(line);
  // "i)", "v." and "x)" are letters after h), u), đ): only capitals, or l and | among capitals, are roman numbers.
  if (roman && (!letter || /[IVX]/.test(roman[1] ?? ''))) {
    const number = romanNumber(roman[1] ?? '');
    if (number && /[IVX]/.test(roman[1] ?? '')) return heading('roman', number, roman[0].length, '.');
  }
  const one = ROMAN_ONE.exec(line);
  if (one) return heading('roman', 'I', one[0].length, '.');
  if (letter) return heading('letter', letter[1] ?? null, letter[0].length, letter[2]);
  const upper = UPPER.exec(line);
  if (upper) return heading('upper', upper[1] ?? null, upper[0].length, upper[2]);
  if (APPENDIX.test(line)) return heading('appendix', null, 0);
  const bracketed = BRACKETED.exec(line);
  const starred = bracketed ?? STARRED.exec(line);
  if (starred) {
    const mark = bracketed ? '(1)' : '-';
    return { kind: 'bullet', style: null, number: null, key: mark, mark, rest: lead + starred[0].length };
  }
  const star = STAR.exec(line);
  if (star) return heading('star', null, star[0].length);
  const bullet = BULLET.exec(line);
  if (bullet) {
    return {
      kind: 'bullet',
      style: null,
      number: null,
      key: bullet[1] ?? '-',
      mark: bullet[1] ?? '-',
      rest: lead + bullet[0].length,
    };
  }
  return null;
}

function spaces(text: string, from: number): number {
  return text.slice(from).length - text.slice(from).trimStart().length;
}
