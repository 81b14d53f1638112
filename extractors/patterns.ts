/** Words or phrases as one alternation, longest first, blanks matching any white space. */
export function anyOf(phrases: readonly string[]): string {
  return [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+'))
    .join('|');
}

/** "hạn chế tối đa", "tận dụng tối đa": an adverb of the verb, no comparator of a number. */
export const NO_ADVERB =
  '(?<!(?:hạn\\s+chế|tận\\s+dụng|huy\\s+động|khai\\s+thác|phát\\s+huy|rút\\s+gọn|giảm|tạo\\s+điều\\s+kiện|tiết\\s+kiệm|hỗ\\s+trợ)\\s+)';

/** Not inside a word: JavaScript's \b knows only ASCII letters. */
export const START = '(?<![\\p{L}\\p{M}\\d])';
export const END = '(?![\\p{L}\\p{M}\\d])';

/** "Đưa tỷ lệ … lên 80%": a verb of change where something measured follows; "đưa vào sử dụng" is none. */
export const BROUGHT = 'đưa(?=\\s+(?:tỷ|tỉ|mức|tổng|số|chỉ\\s+số|thu\\s+nhập|diện\\s+tích)\\s)';
