import { expect, it } from 'vitest';
import type { OcrEngine, OcrRegion, OcrWord } from '../../pipeline/ocr/engine.ts';
import type { GrayImage, PixelRect } from '../../pipeline/ocr/gray.ts';
import { lookAgain } from '../../pipeline/ocr/second-look.ts';

const WIDTH = 90;
const GAP = 10;

/** A line of print: each word a bar in a gray of its own. */
const PAGE = { width: 2000, height: 300, data: new Uint8Array(2000 * 300).fill(255), dpi: 200 };
const BARS = 19;
const grayOf = (word: number): number => 10 + 12 * word;
for (let word = 0; word < BARS; word++)
  for (let y = 100; y < 130; y++) {
    const left = y * PAGE.width + word * (WIDTH + GAP) + 20;
    PAGE.data.fill(grayOf(word), left, left + WIDTH);
  }

/** Words of equal width in one line; a "?" behind a word says that it is in doubt. */
function lineOf(text: string): OcrWord[] {
  return text.split(' ').map((word, i) => ({
    text: word.replace('?', ''),
    confidence: word.endsWith('?') ? 0.3 : 0.97,
    rect: { x0: i * (WIDTH + GAP) + 20, y0: 100, x1: i * (WIDTH + GAP) + 20 + WIDTH, y1: 130 },
    baseline: 125,
    lineHeight: 40,
    line: 1,
  }));
}

/** An engine that reads every word that a region shows whole as it is asked to, and notes which those are. */
function engineReading(fresh: OcrWord[]) {
  const asked: number[][] = [];
  const engine: OcrEngine = {
    info: { name: 'tesseract', version: '0', data: 'none' },
    async recognize(image, regions) {
      return regions.map((region) => {
        const seen = barsOf(image, region);
        asked.push(seen.map(({ word }) => word));
        return seen.flatMap(({ word, rect }) => (fresh[word] ? [{ ...fresh[word], rect }] : []));
      });
    },
    close: async () => undefined,
  };
  return { engine, asked };
}

/** How much larger a second look sees the page. */
const LARGER = 1.5;

/** The words whose bars stand whole in a region; parts of others are an error. */
function barsOf({ width, data }: GrayImage, { rect }: OcrRegion): { word: number; rect: PixelRect }[] {
  const row = Math.floor((rect.y0 + rect.y1) / 2) * width;
  return Array.from({ length: BARS }, (_, word) => word).flatMap((word) => {
    const columns: number[] = [];
    for (let x = rect.x0; x < rect.x1; x++) if (data[row + x] === grayOf(word)) columns.push(x);
    const [first, last] = [columns[0], columns.at(-1)];
    if (first === undefined || last === undefined || columns.length < 5) return [];
    if (columns.length < WIDTH * LARGER - 4) throw new Error(`only a part of word ${word} is shown`);
    return [{ word, rect: { x0: first, y0: rect.y0, x1: last + 1, y1: rect.y1 } }];
  });
}

const LONG = 'Thôn Hạ có tất cả bảy Sxo? nhà nay đã sửa xong cả năm rồi';

it('reads a word in doubt again with three words on either side, and no part of another', async () => {
  const { engine, asked } = engineReading(lineOf(LONG.replace('Sxo?', 'Sáu')));
  const [words] = await lookAgain(PAGE, [lineOf(LONG)], [], 1, engine);
  expect(words?.map(({ text }) => text).join(' ')).toBe(LONG.replace('Sxo?', 'Sáu'));
  expect(asked).toEqual([[3, 4, 5, 6, 7, 8, 9]]);
});

it('reads a short line again as a whole, and words apart from each other apart', async () => {
  const short = engineReading(lineOf('Sxo? nhà nay đã sửa xong'));
  await lookAgain(PAGE, [lineOf('Sxo? nhà nay đã sửa xong')], [], 1, short.engine);
  expect(short.asked).toEqual([[0, 1, 2, 3, 4, 5]]);
  const far = 'Sxo? nhà nay đã sửa xong cả năm rồi mà thôn chưa nhận Tzz?';
  const apart = engineReading(lineOf(far.replaceAll('?', '')));
  await lookAgain(PAGE, [lineOf(far)], [], 1, apart.engine);
  expect(apart.asked).toEqual([
    [0, 1, 2, 3],
    [10, 11, 12, 13],
  ]);
});

it('changes no word that is sure, whatever the second reading says', async () => {
  const { engine } = engineReading(lineOf('một hai ba bốn năm Sáu bảy tám chín mười nữa'));
  const [words] = await lookAgain(PAGE, [lineOf('Một Hai Ba Bốn Năm Sxu? Bảy Tám Chín Mười Nữa')], [], 1, engine);
  expect(words?.map(({ text }) => text).join(' ')).toBe('Một Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười Nữa');
});
