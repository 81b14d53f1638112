import { expect, it } from 'vitest';
import type { OcrEngine, OcrRegion, OcrWord } from '../../pipeline/ocr/engine.ts';
import { lookAgain } from '../../pipeline/ocr/second-look.ts';

const PAGE = { width: 2000, height: 300, data: new Uint8Array(2000 * 300).fill(255), dpi: 200 };
const WIDTH = 90;
const GAP = 10;

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

/** An engine that reads every word of a region as it is asked to, and notes the regions. */
function engineReading(fresh: OcrWord[]) {
  const asked: OcrRegion[] = [];
  const engine: OcrEngine = {
    info: { name: 'tesseract', version: '0', data: 'none' },
    async recognize(_, regions) {
      asked.push(...regions);
      return regions.map(({ rect }) =>
        fresh.filter((word) => word.rect.x0 * LARGER >= rect.x0 && word.rect.x1 * LARGER <= rect.x1).map(enlarged),
      );
    },
    close: async () => undefined,
  };
  return { engine, asked };
}

/** How much larger a second look sees the page. */
const LARGER = 1.5;
const enlarged = (word: OcrWord): OcrWord => ({
  ...word,
  rect: { x0: word.rect.x0 * LARGER, y0: word.rect.y0 * LARGER, x1: word.rect.x1 * LARGER, y1: word.rect.y1 * LARGER },
});

const LONG = 'Thôn Hạ có tất cả bảy Sxo? nhà nay đã sửa xong cả năm rồi';

it('reads a word in doubt again with three words on either side, and no part of another', async () => {
  const { engine, asked } = engineReading(lineOf(LONG.replace('Sxo?', 'Sáu')));
  const [words] = await lookAgain(PAGE, [lineOf(LONG)], [], 1, engine);
  expect(words?.map(({ text }) => text).join(' ')).toBe(LONG.replace('Sxo?', 'Sáu'));
  expect(asked).toHaveLength(1);
  const [left, right] = [lineOf(LONG)[2], lineOf(LONG)[10]].map((word) => word?.rect);
  expect(asked[0]?.rect.x0).toBeGreaterThanOrEqual((left?.x1 ?? 0) * LARGER);
  expect(asked[0]?.rect.x0).toBeLessThanOrEqual((lineOf(LONG)[3]?.rect.x0 ?? 0) * LARGER);
  expect(asked[0]?.rect.x1).toBeLessThanOrEqual((right?.x0 ?? 0) * LARGER);
});

it('reads a short line again as a whole, and words apart from each other apart', async () => {
  const short = engineReading(lineOf('Sxo? nhà nay đã sửa xong'));
  await lookAgain(PAGE, [lineOf('Sxo? nhà nay đã sửa xong')], [], 1, short.engine);
  expect(short.asked[0]?.rect.x1).toBeGreaterThanOrEqual((lineOf('a b c d e f')[5]?.rect.x1 ?? 0) * LARGER);
  const far = 'Sxo? nhà nay đã sửa xong cả năm rồi mà thôn chưa nhận Tzz?';
  const apart = engineReading(lineOf(far.replaceAll('?', '')));
  await lookAgain(PAGE, [lineOf(far)], [], 1, apart.engine);
  expect(apart.asked).toHaveLength(2);
});

it('changes no word that is sure, whatever the second reading says', async () => {
  const { engine } = engineReading(lineOf('một hai ba bốn năm Sáu bảy tám chín mười nữa'));
  const [words] = await lookAgain(PAGE, [lineOf('Một Hai Ba Bốn Năm Sxu? Bảy Tám Chín Mười Nữa')], [], 1, engine);
  expect(words?.map(({ text }) => text).join(' ')).toBe('Một Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười Nữa');
});
