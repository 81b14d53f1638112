import type { OcrWord } from './engine.ts';
import type { GrayImage } from './gray.ts';

/** Bold strokes are about 1.6 times as wide as those of the same face; between the two. */
const WIDER = 1.32;
/** Darkness from which a pixel belongs to a stroke, and darkness in pixels that makes one. */
const DARK = 40;
const STROKE = 0.8;
/** Words of fewer letters tell little by themselves; a page of fewer words has no measure. */
const TELLING = 3;
const LEAST_WORDS = 20;
/** Line heights between words of one line at most. */
const GAP = 2;

/**
 * Sets `bold` on words whose strokes are wider than is usual on the page; short words go with their line. In place.
 * `regions`: the words of each region of the page.
 */
export function markBold(image: GrayImage, regions: OcrWord[][]): void {
  const telling = regions.flat().filter((word) => (word.text.match(/\p{L}/gu)?.length ?? 0) >= TELLING);
  if (telling.length < LEAST_WORDS) return;
  const widths = new Map(telling.map((word) => [word, strokeWidth(image, word)]));
  const usual = [...widths.values()].sort((a, b) => a - b)[telling.length >> 1] ?? 0;
  const isBold = new Map(telling.map((word) => [word, (widths.get(word) ?? 0) > usual * WIDER]));
  for (const words of regions) agree(words, isBold);
}

function agree(words: OcrWord[], isBold: Map<OcrWord, boolean>): void {
  words.forEach((word, i) => {
    const before = nearest(words, i, -1, isBold);
    const after = nearest(words, i, 1, isBold);
    const own = isBold.get(word);
    const agreed = before === after ? (before ?? own) : (own ?? after ?? before);
    if (agreed) word.bold = true;
  });
}

/** What the next telling word of the line in one direction is; a wide gap ends the line. */
function nearest(words: OcrWord[], i: number, step: 1 | -1, isBold: Map<OcrWord, boolean>): boolean | undefined {
  for (let k = i; ; k += step) {
    const [word, next] = [words[k], words[k + step]];
    if (word === undefined || next === undefined || next.line !== word.line) return undefined;
    const gap = step === 1 ? next.rect.x0 - word.rect.x1 : word.rect.x0 - next.rect.x1;
    if (gap > GAP * word.lineHeight) return undefined;
    const found = isBold.get(next);
    if (found !== undefined) return found;
  }
}

/** Pixels: mean of the middle strokes met going across the word from left to right, gray edges counted by their darkness. */
function strokeWidth(image: GrayImage, word: OcrWord): number {
  const { x0, y0, x1, y1 } = word.rect;
  const runs: number[] = [];
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(image.height, Math.ceil(y1)); y++) {
    let darkness = 0;
    for (let x = Math.max(0, Math.floor(x0)); x <= Math.min(image.width - 1, Math.ceil(x1)); x++) {
      const dark = 255 - image.data[y * image.width + x]!;
      if (dark > DARK) darkness += dark / 255;
      else {
        if (darkness > STROKE) runs.push(darkness);
        darkness = 0;
      }
    }
  }
  const sorted = new Float64Array(runs).sort();
  const middle = sorted.subarray(Math.floor(runs.length * 0.35), Math.ceil(runs.length * 0.75));
  return middle.reduce((sum, run) => sum + run, 0) / Math.max(1, middle.length);
}
