import type { SKRSContext2D } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { cleanPage } from '../../pipeline/ocr/clean.ts';
import { drawn } from './draw.ts';

const WIDTH = 1240;
const HEIGHT = 900;
const DPI = 150;
const LETTER = { width: 10, height: 14 };

/** Blocks of a letter's size, as a line of print looks from afar. */
function letters(context: SKRSContext2D, x: number, y: number, count: number): void {
  for (let i = 0; i < count; i++) context.fillRect(x + i * 16, y, LETTER.width, LETTER.height);
}

function seal(context: SKRSContext2D, x: number, y: number, colour: string): void {
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 5;
  for (const radius of [104, 74]) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
  for (let i = 0; i < 24; i++)
    context.fillRect(x + 88 * Math.cos((i * Math.PI) / 12) - 5, y + 88 * Math.sin((i * Math.PI) / 12) - 6, 10, 12);
  context.fillRect(x - 20, y - 20, 40, 40);
  context.restore();
}

function signature(context: SKRSContext2D, x: number, y: number): void {
  context.lineWidth = 4;
  context.beginPath();
  context.moveTo(x, y);
  context.bezierCurveTo(x + 60, y - 120, x + 90, y + 60, x + 120, y - 60);
  context.bezierCurveTo(x + 150, y - 130, x + 190, y + 40, x + 420, y - 30);
  context.stroke();
}

describe.each([
  ['gray', '#777'],
  ['black', '#000'],
])('a seal in %s', (_, colour) => {
  const page = cleanPage(
    drawn(WIDTH, HEIGHT, DPI, (context) => {
      for (let y = 100; y < 400; y += 40) letters(context, 100, y, 60);
      letters(context, 560, 545, 30);
      seal(context, 600, 590, colour);
    }),
  );
  const ink = (x: number, y: number) => page.bitmap.data[y * WIDTH + x];

  it('is a mark, and no ink', () => {
    expect(page.marks).toEqual([
      {
        kind: 'seal',
        ...{ x0: expect.closeTo(496, -1), y0: expect.closeTo(486, -1) },
        ...{ x1: expect.closeTo(704, -1), y1: expect.closeTo(694, -1) },
      },
    ]);
    expect([ink(600, 694), ink(496, 590), ink(600, 590), ink(600 + 88, 590)]).toEqual([0, 0, 0, 0]);
  });

  it('leaves the line of print that it crosses, and all others', () => {
    expect([ink(565, 552), ink(613, 552), ink(805, 552), ink(105, 107), ink(1045, 387)]).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a signature', () => {
  const page = cleanPage(
    drawn(WIDTH, HEIGHT, DPI, (context) => {
      for (let y = 100; y < 300; y += 40) letters(context, 100, y, 60);
      signature(context, 500, 500);
      letters(context, 600, 560, 14);
      for (const y of [650, 700, 750]) context.fillRect(100, y, 900, 2);
      for (const x of [100, 400, 700, 998]) context.fillRect(x, 650, 2, 102);
    }),
  );
  const ink = (x: number, y: number) => page.bitmap.data[y * WIDTH + x];

  it('is a mark, and no ink', () => {
    expect(page.marks.map((mark) => mark.kind)).toEqual(['signature']);
    expect(page.marks[0]?.x1).toBeCloseTo(920, -1);
    let left = 0;
    for (let y = 400; y < 550; y++) for (let x = 480; x < 940; x++) left += ink(x, y) ?? 0;
    expect(left).toBe(0);
  });

  it('is told from the name under it and from a table', () => {
    expect([ink(605, 567), ink(813, 567)]).toEqual([1, 1]);
    expect(page.rulings.filter((line) => line.horizontal)).toHaveLength(3);
    expect(page.rulings.filter((line) => !line.horizontal)).toHaveLength(4);
  });
});

it('dark red ink is lifted as bright ink is', () => {
  const page = cleanPage(
    drawn(WIDTH, HEIGHT, DPI, (context) => {
      for (let y = 100; y < 400; y += 40) letters(context, 100, y, 60);
      letters(context, 560, 545, 30);
      context.globalCompositeOperation = 'multiply';
      seal(context, 600, 590, 'rgb(110, 20, 30)');
    }),
  );
  const ink = (x: number, y: number) => page.bitmap.data[y * WIDTH + x];
  expect([ink(600, 694), ink(600, 590), ink(600 + 88, 590)]).toEqual([0, 0, 0]);
  expect([ink(613, 552), ink(805, 552)]).toEqual([1, 1]);
});
