import type { OcrWord } from './engine.ts';

const TABLE_RULE = /^[|¦‖│┃[\]{}_]+$/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Marks that may stand alone: bullets, dashes, comparisons, per cent, brackets and what closes a sentence. */
const MARK = /^[-–—−~+*•·▪●○◦«»≥≤<>=%&()./:;,!?"'“”…]+$/u;
const BULLET = /^[-–—−~+*•«]$/u;
/** A document number with handwriting in it ("sốz(84/KH-SYT"): read badly, but wanted. */
const DOCUMENT_NUMBER = /^s[ốôổóo]\s*:|\/\p{Lu}{2}/iu;

/** Words less sure than this are strokes, not words, unless they stand among sure ones. */
const STROKE = 0.1;
const SURE = 0.6;

/** Without what was read off rules, specks and single accents. `dpi` of the image that the words' pixels belong to. */
export function withoutSpecks(words: OcrWord[], dpi: number): OcrWord[] {
  const kept = words.filter((word) => !TABLE_RULE.test(word.text) && hasSize(word, dpi));
  const letters = kept.filter((word) => LETTER_OR_DIGIT.test(word.text));
  const isMark = (mark: OcrWord) => {
    if (!MARK.test(mark.text)) return false;
    const line = letters.filter((word) => word.line === mark.line);
    if (line.length > 0) return isBullet(mark, line) || !line.some((word) => isAccentOf(mark, word));
    const beside = letters.filter((word) => onOneLine(mark, word));
    return beside.length > 0 && (isBullet(mark, beside) || !letters.some((word) => isAccentOf(mark, word)));
  };
  const isAlone = (word: OcrWord) => !kept.some((other) => other !== word && other.line === word.line);
  const isLetter = (word: OcrWord) =>
    LETTER_OR_DIGIT.test(word.text) &&
    !(isAlone(word) && (isTinyNumber(word, dpi) || letters.some((other) => isHook(word, other))));
  return kept.filter((word) => isLetter(word) || isMark(word));
}

/** Without words that the engine does not believe itself, but for those in a line of sure ones. */
export function withoutStrokes(words: OcrWord[]): OcrWord[] {
  return words.filter(
    (word) =>
      word.confidence >= STROKE ||
      DOCUMENT_NUMBER.test(word.text) ||
      words.some((other) => other.line === word.line && other.confidence >= SURE && alike(word, other)),
  );
}

/** Letters are at least 3 points high; a lone mark is at least a point wide. */
function hasSize(word: OcrWord, dpi: number): boolean {
  const point = dpi / 72;
  const height = word.rect.y1 - word.rect.y0;
  const width = word.rect.x1 - word.rect.x0;
  return LETTER_OR_DIGIT.test(word.text) ? height >= 3 * point : Math.max(width, height) >= point;
}

/** Dirt that looks like a figure: figures of the smallest print are 5 points high. */
function isTinyNumber({ text, rect }: OcrWord, dpi: number): boolean {
  return /^\d{1,2}$/.test(text) && rect.y1 - rect.y0 < (5 * dpi) / 72;
}

/** Print on the same line, within eight letters' heights: what a mark belongs to. */
function onOneLine(mark: OcrWord, other: OcrWord): boolean {
  const height = other.rect.y1 - other.rect.y0;
  const middle = (mark.rect.y0 + mark.rect.y1) / 2;
  const gap = Math.max(other.rect.x0 - mark.rect.x1, mark.rect.x0 - other.rect.x1);
  return middle > other.rect.y0 - height / 2 && middle < other.rect.y1 + height / 2 && gap < 8 * height;
}

/** A sure dash before all words beside it. */
function isBullet(mark: OcrWord, beside: OcrWord[]): boolean {
  return BULLET.test(mark.text) && mark.confidence >= SURE && beside.every((other) => other.rect.x1 > mark.rect.x1);
}

/** Over, in or under the other word, touching it: the hook of its Ủ, the dot of its Ị. */
function isAccentOf(mark: OcrWord, other: OcrWord): boolean {
  const room = (other.rect.y1 - other.rect.y0) * 0.1;
  const within = Math.min(mark.rect.x1, other.rect.x1) - Math.max(mark.rect.x0, other.rect.x0);
  return (
    within >= 0.8 * (mark.rect.x1 - mark.rect.x0) &&
    mark.rect.y1 > other.rect.y0 - room &&
    mark.rect.y0 < other.rect.y1 + room
  );
}

/** An accent taken for a letter or a figure in a line of its own ("5" for the hook of ả). */
function isHook(word: OcrWord, other: OcrWord): boolean {
  const height = word.rect.y1 - word.rect.y0;
  const isSmall = word.text.length <= 2 && height * 1.6 < other.rect.y1 - other.rect.y0;
  return isSmall && isAccentOf(word, other);
}

/** Of about the same height. */
function alike(word: OcrWord, other: OcrWord): boolean {
  const ratio = (word.rect.y1 - word.rect.y0) / (other.rect.y1 - other.rect.y0);
  return LETTER_OR_DIGIT.test(word.text) && ratio > 0.6 && ratio < 1.7;
}
