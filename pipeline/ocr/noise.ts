import type { OcrWord } from './engine.ts';

/** Words less sure than this are strokes, not words. */
const LEAST_SURE = 0.1;
const TABLE_RULE = /^[|¦‖│┃[\]{}_]+$/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Marks that may stand alone: bullets, dashes, comparisons, per cent, brackets and what closes a sentence. */
const MARK = /^[-–—−~+*•·▪●○◦«»≥≤<>=%&()./:;,!?"'“”…]+$/u;

/** What was read off rules, specks, edges and single accents is left out. `dpi` of the image the words' pixels belong to. */
export function withoutNoise(words: OcrWord[], dpi: number): OcrWord[] {
  const kept = words.filter(
    (word) => word.confidence >= LEAST_SURE && !TABLE_RULE.test(word.text) && hasSize(word, dpi),
  );
  const sure = kept.filter((word) => LETTER_OR_DIGIT.test(word.text));
  const isMark = (word: OcrWord) =>
    MARK.test(word.text) &&
    sure.some((other) => onOneLine(word, other)) &&
    !sure.some((other) => isAccentOf(word, other));
  return kept.filter((word) => LETTER_OR_DIGIT.test(word.text) || isMark(word));
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

/** Letters are at least 3 points high; a lone mark is at least a point wide. */
function hasSize(word: OcrWord, dpi: number): boolean {
  const point = dpi / 72;
  const height = word.rect.y1 - word.rect.y0;
  const width = word.rect.x1 - word.rect.x0;
  return LETTER_OR_DIGIT.test(word.text) ? height >= 3 * point : Math.max(width, height) >= point;
}

/** Print on the same line, within eight letters' heights: what a mark belongs to. */
function onOneLine(mark: OcrWord, other: OcrWord): boolean {
  const height = other.rect.y1 - other.rect.y0;
  const middle = (mark.rect.y0 + mark.rect.y1) / 2;
  const gap = Math.max(other.rect.x0 - mark.rect.x1, mark.rect.x0 - other.rect.x1);
  return middle > other.rect.y0 - height / 2 && middle < other.rect.y1 + height / 2 && gap < 8 * height;
}
