import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Box } from '../../output/record.ts';
import { chooseEngine, type OcrWord } from '../../pipeline/ocr/engine.ts';
import { turned } from '../../pipeline/ocr/raster.ts';
import { recognizePage } from '../../pipeline/ocr/recognize-page.ts';
import { mayLieWrong } from '../../pipeline/ocr/turn.ts';
import { asItLies, turnBack } from '../../pipeline/ocr/upright.ts';
import { lineText, pageLines } from '../../pipeline/page.ts';
import { drawn, vietnameseFont } from './draw.ts';

const font = vietnameseFont();

describe.skipIf(font === undefined)('a page (skipped where no font with Vietnamese is installed)', async () => {
  const engine = await chooseEngine('auto');
  afterAll(() => engine.close());
  const LINES = ['Kế hoạch cải cách hành chính năm 2026', 'Phấn đấu hoàn thành trước ngày 15/01/2026.'];
  const sheet = drawn(1000, 700, 200, (context) => {
    context.font = `32px "${font}"`;
    for (const [i, line] of LINES.entries()) context.fillText(line, 60, 100 + i * 70);
  });
  it.each([
    ['on its left side', 8, 90],
    ['on its head', 3, 180],
    ['on its right side', 6, 270],
  ])('%s is turned upright', async (_, orientation, degrees) => {
    const page = await recognizePage(turned(sheet, orientation), 1, engine);
    expect(page.turned).toBe(degrees);
    expect([...pageLines(page)].map(lineText)).toEqual(LINES);
    expect(page).toMatchObject({ width: 360, height: 252 });
    const lying = asItLies(page);
    expect([lying.width, lying.height]).toEqual(degrees === 180 ? [360, 252] : [252, 360]);
    const [x0, y0, x1, y1] = [...pageLines(lying)][0]?.box ?? [0, 0, 0, 0];
    // The first line stands at the side that is the page's top.
    if (degrees === 90) expect(x1).toBeLessThan(0.2);
    if (degrees === 180) expect(y0).toBeGreaterThan(0.8);
    if (degrees === 270) expect(x0).toBeGreaterThan(0.8);
    expect(y1 - y0 > x1 - x0).toBe(degrees !== 180);
  });

  it('upright stays as it is', async () => {
    const page = await recognizePage(sheet, 1, engine);
    expect(page.turned).toBeUndefined();
    expect(asItLies(page)).toBe(page);
  });
});

it('turning a box back by a quarter four times changes nothing', () => {
  const part = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000);
  fc.assert(
    fc.property(part, part, part, part, fc.constantFrom(90 as const, 270 as const), (a, b, c, d, quarter) => {
      const box: Box = [Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d)];
      let moved = box;
      for (let i = 0; i < 4; i++) moved = turnBack(moved, quarter);
      expect(moved).toEqual(box);
      expect(turnBack(turnBack(box, quarter), quarter)).toEqual(turnBack(box, 180));
    }),
  );
});

const word = (text: string, confidence: number, width: number, height: number): OcrWord => ({
  ...{ text, confidence, rect: { x0: 0, y0: 0, x1: width, y1: height } },
  ...{ baseline: height, lineHeight: height, line: 0 },
});

it('words that are higher than wide, or unsure all over, tell of a page that lies wrong', () => {
  const many = (text: string, confidence: number, width: number, height: number) =>
    Array.from({ length: 5 }, () => word(text, confidence, width, height));
  expect(mayLieWrong(many('hành', 0.95, 60, 20))).toBe(false);
  expect(mayLieWrong(many('hành', 0.95, 20, 60))).toBe(true);
  expect(mayLieWrong(many('uậu4', 0.3, 60, 20))).toBe(true);
  expect(mayLieWrong([word('uậu4', 0.3, 60, 20)])).toBe(false);
});
