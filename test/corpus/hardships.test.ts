import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import UTIF from 'utif2';
import { describe, expect, it } from 'vitest';
import { caseFile, readCases } from '../../corpus/make/cases.ts';
import { leaveBlanks } from '../../corpus/make/hand.ts';
import { beside, breakRulings, darkBorder, mirror, shadow, squeeze, turn } from '../../corpus/make/hardships.ts';
import { bilevelPdf } from '../../corpus/make/jbig2.ts';
import { typeLegacy } from '../../corpus/make/legacy.ts';
import { rasterise } from '../../corpus/make/raster.ts';
import { bilevel, encodeTiff } from '../../corpus/make/tiff.ts';
import type { Picture } from '../../corpus/make/wear.ts';

const SCANS = fileURLToPath(new URL('../../corpus/scans/', import.meta.url));

const pictures = fc
  .record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 12 }), seed: fc.nat(1e6) })
  .chain(({ width, height }) =>
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }).map((runs): Picture => {
      const plane = new Float32Array(width * height).fill(255);
      let [at, black] = [0, false];
      for (let i = 0; at < plane.length; i++, black = !black) {
        const length = runs[i % runs.length] ?? 1;
        if (black) plane.fill(0, at, Math.min(plane.length, at + length));
        at += length;
      }
      return { width, height, planes: [plane] };
    }),
  );

const [WIDTH, HEIGHT] = [120, 90];
const picture = (draw: (x: number, y: number) => boolean): Picture => {
  const plane = new Float32Array(WIDTH * HEIGHT).fill(255);
  for (let i = 0; i < plane.length; i++) if (draw(i % WIDTH, Math.floor(i / WIDTH))) plane[i] = 0;
  return { width: WIDTH, height: HEIGHT, planes: [plane] };
};
const darkness = ({ planes }: Picture): number => planes[0]?.reduce((sum, value) => sum + 255 - value, 0) ?? 0;

describe('hardships', () => {
  it('two halves, four quarters of a turn and two mirrors give the page back', () => {
    fc.assert(
      fc.property(pictures, (page) => {
        expect(turn(turn(page, 180), 180)).toEqual(page);
        expect(turn(turn(page, 90), 270)).toEqual(page);
        expect(turn(turn(page, 90), 90)).toEqual(turn(page, 180));
        expect(mirror(mirror(page))).toEqual(page);
      }),
      { numRuns: 30 },
    );
  });

  it('a quarter of a turn goes clockwise', () => {
    const turned = turn(
      picture((x, y) => x === 0 && y === 0),
      90,
    );
    expect([turned.width, turned.height]).toEqual([HEIGHT, WIDTH]);
    expect(turned.planes[0]?.[HEIGHT - 1]).toBe(0);
  });

  it('the lid is dark at the edges alone, the shadow deepest at the lower right', () => {
    const [lid, dim] = [
      darkBorder(
        picture(() => false),
        0.05,
      ).planes[0],
      shadow(
        picture(() => false),
        0.5,
      ).planes[0],
    ];
    expect([lid?.[0], lid?.[45 * WIDTH + 60]]).toEqual([expect.closeTo(30, -1.3), 255]);
    expect(dim?.[0]).toBe(255);
    expect(dim?.at(-1)).toBeLessThan(dim?.[WIDTH - 1] ?? 0);
  });

  it('breaks rulings and leaves letters', () => {
    const ruled = breakRulings(
      picture((x, y) => y === 20 || x === 60 || (y > 70 && x % 9 < 5)),
      60,
      4,
    );
    const row = [...(ruled.planes[0]?.slice(20 * WIDTH, 21 * WIDTH) ?? [])];
    const gaps = row.filter((value) => value === 255).length;
    expect(gaps).toBeGreaterThan(WIDTH / 6);
    expect(gaps).toBeLessThan(WIDTH / 2);
    expect(ruled.planes[0]?.[80 * WIDTH + 1]).toBe(0);
  });

  it('a fax keeps the width and the ink of the rows it has', () => {
    const page = picture((x, y) => x > 20 && x < 40 && y > 10 && y < 70);
    const faxed = squeeze(page, 200, 100);
    expect([faxed.width, faxed.height]).toEqual([WIDTH, HEIGHT / 2]);
    expect(darkness(faxed) / darkness(page)).toBeCloseTo(0.5, 1);
  });

  it('writes CCITT Group 4 that another program reads pixel for pixel, with its resolutions and its orientation', () => {
    fc.assert(
      fc.property(pictures, (page) => {
        const bytes = Buffer.from(encodeTiff(page, { across: 204, down: 98, orientation: 2 }));
        const [directory] = UTIF.decode(bytes);
        if (!directory) throw new Error('a TIFF without a page');
        UTIF.decodeImage(bytes, directory);
        const rgba = UTIF.toRGBA8(directory);
        expect(bilevel(page)).toEqual(Uint8Array.from({ length: rgba.length / 4 }, (_, i) => (rgba[4 * i] ? 0 : 1)));
        expect([directory.t282, directory.t283, directory.t274]).toEqual([[[204, 1]], [[98, 1]], [2]]);
      }),
      { numRuns: 60 },
    );
  });

  it('writes JBIG2 in a PDF that pdf.js shows pixel for pixel', async () => {
    const page = picture((x, y) => y < HEIGHT - 1 && ((x * 7 + y * y) % 11 < 3 || (x > 20 && x < 40)));
    const pdf = await bilevelPdf([{ picture: page, width: WIDTH, height: HEIGHT }]);
    for await (const { canvas } of rasterise(pdf, 72)) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, WIDTH, HEIGHT);
      expect(Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (data[4 * i] ? 0 : 1))).toEqual(bilevel(page));
    }
  });

  it('two pages lie side by side', () => {
    const both = beside(
      picture((x) => x === 3),
      picture((x) => x === 5),
    );
    const row = both.planes[0]?.subarray(0, 2 * WIDTH) ?? [];
    expect([...row].flatMap((value, x) => (value === 0 ? [x] : []))).toEqual([3, WIDTH + 5]);
  });

  it('leaves the number and the day of a letterhead blank', () => {
    const { html, blanks } = leaveBlanks('<td>Số: 27/KH-UBND</td><td>Sơn Huân, ngày 18 tháng 5 năm 2026</td>');
    expect(blanks).toEqual({ number: '27', day: '18' });
    expect(html).not.toMatch(/27|18/);
    expect(html).toContain('/KH-UBND');
  });

  it('types TCVN3: capitals that it lacks in the font of capitals, ư where the browser shows it', () => {
    const typed = typeLegacy('<body class=""><p>NHIỆM VỤ của Ủy ban xã Đức</p>');
    expect(typed).toContain('>nhiÖm</span> <span style="font-family:\'.VnTimeH\'">vô</span> cña');
    expect(typed).toContain("'.VnTimeH'\">ñ</span>y ban x· §øc");
    expect(typeLegacy('<body><p>tư</p>')).toContain('t\ue0ad');
  });
});

describe('scans of hard cases', () => {
  const cases = readCases(SCANS);

  it('lie in folders of their names, and nothing else does', () => {
    const folders = readdirSync(SCANS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(cases.map(({ name }) => name).sort());
    for (const one of cases) expect(readFileSync(join(SCANS, caseFile(one))).length).toBeGreaterThan(10_000);
  });

  it('the page in the font of the nineties has words of no language in its text layer', async () => {
    for await (const { words } of rasterise(readFileSync(join(SCANS, 'tcvn3', 'son-huan.pdf')), 36)) {
      const text = words.map((word) => word.text).join(' ');
      expect(text).toContain('§éc lËp - Tù do - H¹nh phóc');
      expect(text).not.toMatch(/[ạ-ỹ]/u);
    }
  });
});
