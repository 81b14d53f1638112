import type { SKRSContext2D } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridsFromRulings } from '../../pipeline/layout/grid.ts';
import { binarize } from '../../pipeline/ocr/bitmap.ts';
import { cleanPage } from '../../pipeline/ocr/clean.ts';
import { pageRulings } from '../../pipeline/ocr/faint-rulings.ts';
import { stampFrames } from '../../pipeline/ocr/frames.ts';
import { rotate, toGray, unrotate } from '../../pipeline/ocr/gray.ts';
import { positive } from '../../pipeline/ocr/negative.ts';
import type { RasterImage } from '../../pipeline/ocr/raster.ts';
import { eraseRulings, findRulings, rulingsInPoints } from '../../pipeline/ocr/rulings.ts';
import { skewAngle } from '../../pipeline/ocr/skew.ts';
import { bars, drawn } from './draw.ts';

const WIDTH = 1240;
const HEIGHT = 1754;
const DPI = 150;

describe('skew', () => {
  it.each([0, 0.3, -0.75, 2.4, -2.9])('of %s° is found', (degrees) => {
    const image = toGray(drawn(WIDTH, HEIGHT, DPI, (context) => bars(context, WIDTH, HEIGHT, degrees)));
    expect(Math.abs(skewAngle(image) - degrees)).toBeLessThanOrEqual(0.1);
  });

  it('of a page with next to nothing on it is none', () => {
    expect(skewAngle(toGray(drawn(WIDTH, HEIGHT, DPI, (context) => context.fillRect(600, 600, 10, 3))))).toBe(0);
  });

  it('is taken away', () => {
    const page = cleanPage(drawn(WIDTH, HEIGHT, DPI, (context) => bars(context, WIDTH, HEIGHT, 1.5)));
    expect(page.angle).toBeCloseTo(1.5, 1);
    expect(Math.abs(skewAngle(page.image))).toBeLessThanOrEqual(0.1);
  });

  it('a turned point turns back', () => {
    const angles = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(angles, fc.nat(600), fc.nat(800), (angle, x, y) => {
        const size = { width: 600, height: 800 };
        const there = unrotate(x, y, angle, size);
        const [backX, backY] = unrotate(...there, -angle, size);
        expect(backX).toBeCloseTo(x, 6);
        expect(backY).toBeCloseTo(y, 6);
      }),
    );
  });

  it('a dark spot goes where `rotate` puts it', () => {
    const image = toGray(drawn(600, 800, 100, (context) => context.fillRect(498, 98, 5, 5)));
    const turned = rotate(image, 2);
    let at = 0;
    for (let i = 0; i < turned.data.length; i++) if ((turned.data[i] ?? 255) < (turned.data[at] ?? 255)) at = i;
    const [x, y] = unrotate((at % 600) + 0.5, Math.floor(at / 600) + 0.5, 2, image);
    expect(Math.abs(x - 500.5)).toBeLessThan(3);
    expect(Math.abs(y - 100.5)).toBeLessThan(3);
  });
});

describe('ruling lines', () => {
  const table = drawn(WIDTH, HEIGHT, DPI, (context) => {
    context.lineWidth = 2;
    for (const y of [300, 400, 600]) line(context, 150, y, 1090, y + 2);
    for (const x of [150, 300, 800, 1090]) line(context, x, 300, x, 602);
    for (let y = 320; y < 390; y += 30) for (let x = 170; x < 1070; x += 24) context.fillRect(x, y, 12, 16);
    context.fillRect(340, 590, 4, 20);
  });

  it('are found with a slant and told from print', () => {
    const rulings = findRulings(binarize(toGray(table)), DPI);
    const level = rulings.filter((ruling) => ruling.horizontal);
    expect(level.map((ruling) => ruling.rows[0])).toEqual([300, 400, 600].map((y) => expect.closeTo(y, -0.5)));
    const upright = rulings.filter((ruling) => !ruling.horizontal);
    expect(upright.map((ruling) => ruling.rows[0])).toEqual([150, 300, 800, 1090].map((x) => expect.closeTo(x, -0.5)));
  });

  it('with gaps are found whole', () => {
    const broken = drawn(WIDTH, HEIGHT, DPI, (context) => {
      for (let x = 100; x < 1100; x += 60) context.fillRect(x, 500, 56, 2);
    });
    const [ruling, ...others] = findRulings(binarize(toGray(broken)), DPI);
    expect(others).toEqual([]);
    expect(ruling).toMatchObject({ horizontal: true, from: 100, to: 1116 });
  });

  it('in light gray or with wide gaps are found where they make a table', () => {
    const table = (gray: string, dash: number[]) =>
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.fillRect(100, 100, 400, 30);
        context.strokeStyle = gray;
        context.lineWidth = 2;
        context.setLineDash(dash);
        for (const y of [300, 400, 600]) line(context, 150, y, 1090, y);
        for (const x of [150, 300, 800, 1090]) line(context, x, 300, x, 600);
      });
    const size = (page: RasterImage) => {
      const image = toGray(page);
      const [grid] = gridsFromRulings(rulingsInPoints(pageRulings(image, binarize(image), []), DPI));
      return grid && [grid.rows, grid.columns, grid.cells.length];
    };
    expect(size(table('#c8c8c8', []))).toEqual([2, 3, 6]);
    expect(size(table('#000', [21, 7]))).toEqual([2, 3, 6]);
    expect(size(table('#f0f0f0', []))).toBeUndefined();
    expect(size(table('#000', [7, 21]))).toBeUndefined();
  });

  describe('in patterns', () => {
    const [top, left] = [300, 150];
    const table = (line: (context: SKRSContext2D, from: [number, number], to: [number, number]) => void) =>
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        for (let row = 0; row <= 4; row++) line(context, [left, top + row * 80], [left + 900, top + row * 80]);
        for (let column = 0; column <= 3; column++)
          line(context, [left + column * 300, top], [left + column * 300, top + 320]);
        context.font = '24px serif';
        for (let row = 0; row < 4; row++) context.fillText('Sửa đường', left + 40, top + 50 + row * 80);
      });
    const strokes = (wide: number, dash: number[], ...off: number[]) =>
      table((context, [x0, y0], [x1, y1]) => {
        context.lineWidth = wide;
        context.setLineDash(dash);
        for (const by of off) {
          const [dx, dy] = y0 === y1 ? [0, by] : [by, 0];
          context.beginPath();
          context.moveTo(x0 + dx, y0 + dy);
          context.lineTo(x1 + dx, y1 + dy);
          context.stroke();
        }
      });
    const gridsOf = (page: RasterImage) =>
      gridsFromRulings(rulingsInPoints(cleanPage(page).rulings, DPI)).map(({ rows, columns, cells }) => [
        ...[rows, columns, cells.length],
      ]);

    it.each([
      ['dots', strokes(2, [2, 2], 0)],
      ['dashes', strokes(2, [6, 3], 0)],
      ['double lines', strokes(2, [], -2, 2)],
    ])('of %s make one table', (_, page) => {
      expect(gridsOf(page)).toEqual([[4, 3, 12]]);
    });

    it('a black border makes none', () => {
      const bordered = drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.fillRect(0, 0, WIDTH, 120);
        context.fillRect(0, 0, 90, HEIGHT);
        context.fillRect(WIDTH - 60, 0, 60, HEIGHT);
        context.fillRect(0, HEIGHT - 80, WIDTH, 80);
      });
      expect(gridsOf(bordered)).toEqual([]);
    });

    it('leaders of dots make none', () => {
      const leaders = drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.setLineDash([2, 2]);
        for (let y = 300; y < 900; y += 60) {
          context.beginPath();
          context.moveTo(300, y);
          context.lineTo(1100, y);
          context.stroke();
        }
      });
      expect(gridsOf(leaders)).toEqual([]);
    });
  });

  it('are erased, and the print that crosses them is not', () => {
    const image = toGray(table);
    const ink = binarize(image);
    eraseRulings(image, ink, findRulings(ink, DPI));
    expect([image.data[450 * WIDTH + 150], image.data[300 * WIDTH + 500]]).toEqual([255, 255]);
    expect(image.data[330 * WIDTH + 172]).toBe(0);
    expect([596, 600, 604].map((y) => image.data[y * WIDTH + 342])).toEqual([0, 0, 0]);
  });
});

it('a small frame is a stamp, a table is none', () => {
  const page = drawn(WIDTH, HEIGHT, DPI, (context) => {
    context.lineWidth = 3;
    context.strokeRect(200, 200, 220, 70);
    context.strokeRect(150, 500, 900, 70);
    context.strokeRect(150, 800, 300, 60);
    context.strokeRect(150, 860, 300, 60);
  });
  const rulings = findRulings(binarize(toGray(page)), DPI);
  const near = (value: number) => expect.closeTo(value, -0.8);
  expect(stampFrames(rulings, DPI)).toEqual([{ x0: near(200), y0: near(200), x1: near(420), y1: near(270) }]);
});

describe('cleaning', () => {
  it('lifts a red seal off black print and says where it was', () => {
    const page = cleanPage(
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.fillRect(500, 500, 120, 12);
        context.strokeStyle = 'rgb(200, 40, 50)';
        context.lineWidth = 8;
        context.beginPath();
        context.arc(560, 520, 100, 0, 2 * Math.PI);
        context.stroke();
        context.fillStyle = 'rgb(210, 60, 60)';
        context.fillRect(540, 540, 40, 40);
      }),
    );
    expect(page.marks).toHaveLength(1);
    const [seal] = page.marks;
    expect(seal).toMatchObject({ kind: 'seal', x0: expect.closeTo(456, -1.5), y1: expect.closeTo(624, -1.5) });
    expect([page.bitmap.data[560 * WIDTH + 560], page.bitmap.data[424 * WIDTH + 560]]).toEqual([0, 0]);
    expect(page.bitmap.data[506 * WIDTH + 560]).toBe(1);
  });

  it('lifts what a pen of another colour filled in a stamp, not the like beside it', () => {
    const page = cleanPage(
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.strokeStyle = 'rgb(200, 40, 50)';
        context.lineWidth = 6;
        context.strokeRect(400, 400, 300, 140);
        context.fillStyle = 'rgb(30, 40, 160)';
        for (const left of [480, 800]) for (let x = left; x < left + 80; x += 20) context.fillRect(x, 460, 9, 18);
      }),
    );
    expect(page.marks).toHaveLength(1);
    expect([484, 804].map((x) => page.bitmap.data[468 * WIDTH + x])).toEqual([0, 1]);
  });

  it('keeps small coloured print', () => {
    const page = cleanPage(
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.fillStyle = 'rgb(30, 40, 160)';
        for (let x = 300; x < 500; x += 20) context.fillRect(x, 500, 10, 16);
      }),
    );
    expect(page.marks).toEqual([]);
    expect(page.bitmap.data[506 * WIDTH + 305]).toBe(1);
  });

  it('turns white print on black into black on white, a small sheet on black not', () => {
    const negative = drawn(WIDTH, HEIGHT, DPI, (context) => {
      context.fillRect(0, 0, WIDTH, HEIGHT);
      context.fillStyle = '#fff';
      for (let x = 300; x < 900; x += 20) context.fillRect(x, 500, 10, 16);
    });
    const { bitmap } = cleanPage(negative);
    expect([bitmap.data[506 * WIDTH + 305], bitmap.data[506 * WIDTH + 315]]).toEqual([1, 0]);
    const sheet = drawn(WIDTH, HEIGHT, DPI, (context) => {
      context.fillRect(0, 0, WIDTH, HEIGHT);
      context.fillStyle = '#fff';
      context.fillRect(200, 300, 800, 700);
    });
    expect(positive(sheet)).toBe(sheet);
  });

  it('evens out the light', () => {
    const shaded = drawn(WIDTH, HEIGHT, DPI, (context) => {
      const shade = context.createLinearGradient(0, 0, WIDTH, 0);
      shade.addColorStop(0, '#fff');
      shade.addColorStop(1, '#888');
      context.fillStyle = shade;
      context.fillRect(0, 0, WIDTH, HEIGHT);
      context.fillStyle = '#333';
      for (let x = 100; x < 1200; x += 40) context.fillRect(x, 500, 20, 14);
    });
    const page = cleanPage(shaded);
    expect([page.image.data[800 * WIDTH + 40], page.image.data[800 * WIDTH + 1200]]).toEqual([255, 255]);
    expect([page.bitmap.data[507 * WIDTH + 110], page.bitmap.data[507 * WIDTH + 1190]]).toEqual([1, 1]);
  });

  it('erases specks, not full stops', () => {
    const page = cleanPage(
      drawn(WIDTH, HEIGHT, DPI, (context) => {
        context.fillRect(300, 300, 1, 1);
        context.fillRect(600, 600, 3, 3);
        context.fillRect(700, 700, 200, 12);
      }),
    );
    expect([page.bitmap.data[300 * WIDTH + 300], page.bitmap.data[601 * WIDTH + 601]]).toEqual([0, 1]);
  });
});

function line(
  context: {
    beginPath(): void;
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    stroke(): void;
  },
  ...[x0, y0, x1, y1]: [number, number, number, number]
): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
