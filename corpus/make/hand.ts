import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from './random.ts';
import type { RasterPage } from './raster.ts';

type Point = readonly [x: number, y: number];

/** Digits as strokes of a pen in a box of 1 by 1, y downwards. */
const DIGITS: readonly (readonly Point[])[][] = [
  [
    [
      [0.5, 0],
      [0.15, 0.3],
      [0.15, 0.75],
      [0.5, 1],
      [0.85, 0.7],
      [0.85, 0.25],
      [0.5, 0],
    ],
  ],
  [
    [
      [0.3, 0.25],
      [0.55, 0],
      [0.5, 0.5],
      [0.5, 1],
    ],
  ],
  [
    [
      [0.15, 0.25],
      [0.45, 0],
      [0.8, 0.2],
      [0.6, 0.55],
      [0.15, 1],
      [0.5, 0.95],
      [0.9, 1],
    ],
  ],
  [
    [
      [0.2, 0.1],
      [0.6, 0],
      [0.8, 0.25],
      [0.45, 0.48],
      [0.85, 0.7],
      [0.6, 1],
      [0.15, 0.9],
    ],
  ],
  [
    [
      [0.6, 0],
      [0.15, 0.65],
      [0.9, 0.65],
    ],
    [
      [0.65, 0.35],
      [0.62, 1],
    ],
  ],
  [
    [
      [0.8, 0.02],
      [0.3, 0],
      [0.22, 0.42],
      [0.65, 0.4],
      [0.85, 0.7],
      [0.55, 1],
      [0.15, 0.92],
    ],
  ],
  [
    [
      [0.7, 0],
      [0.3, 0.35],
      [0.18, 0.75],
      [0.5, 1],
      [0.82, 0.75],
      [0.55, 0.5],
      [0.22, 0.7],
    ],
  ],
  [
    [
      [0.12, 0.05],
      [0.5, 0.03],
      [0.88, 0],
      [0.6, 0.5],
      [0.4, 1],
    ],
    [
      [0.3, 0.5],
      [0.75, 0.48],
    ],
  ],
  [
    [
      [0.8, 0.12],
      [0.45, 0],
      [0.25, 0.25],
      [0.75, 0.7],
      [0.5, 1],
      [0.2, 0.75],
      [0.7, 0.3],
      [0.8, 0.12],
    ],
  ],
  [
    [
      [0.8, 0.25],
      [0.5, 0],
      [0.2, 0.25],
      [0.45, 0.5],
      [0.8, 0.25],
      [0.75, 0.7],
      [0.5, 1],
    ],
  ],
];

/** A curve through the middles between points, as a pen goes. */
function stroke(context: SKRSContext2D, points: readonly Point[]): void {
  const [first = [0, 0], ...rest] = points;
  context.beginPath();
  context.moveTo(first[0], first[1]);
  for (const [i, [x, y]] of rest.entries()) {
    const next = rest[i + 1];
    if (next) context.quadraticCurveTo(x, y, (x + next[0]) / 2, (y + next[1]) / 2);
    else context.lineTo(x, y);
  }
  context.stroke();
}

/** A number written by hand with its right end at `x` on the baseline `y`; `size`: the height of a digit in pixels. */
function write(context: SKRSContext2D, text: string, x: number, y: number, size: number, rng: Random): void {
  context.save();
  context.strokeStyle = 'rgba(24, 40, 130, 0.9)';
  context.lineWidth = size * 0.09;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const width = size * 0.62;
  for (const [index, digit] of [...text].entries()) {
    const left = x - (text.length - index) * width * 1.12;
    const lean = rng.between(0.05, 0.2);
    const at = ([px, py]: Point): Point => [
      left + (px + lean * (1 - py) + rng.between(-0.04, 0.04)) * width,
      y - size * (1.02 - py + rng.between(-0.04, 0.04)),
    ];
    for (const points of DIGITS[Number(digit)] ?? []) stroke(context, points.map(at));
  }
  context.restore();
}

/** The number and the day in the letterhead. */
export interface Blanks {
  number: string;
  day: string;
}

/** The letterhead with the number and the day left blank, and what belongs into the blanks. */
export function leaveBlanks(html: string): { html: string; blanks: Blanks } {
  const blanks: Blanks = { number: '', day: '' };
  const gap = '<span style="display:inline-block;width:26pt"></span>';
  const out = html
    .replace(/(Số: )(\d+)(?=\/)/, (_, before: string, number: string) => {
      blanks.number = number;
      return `${before}${gap}`;
    })
    .replace(/(ngày )(\d+)(?= tháng)/, (_, before: string, day: string) => {
      blanks.day = day;
      return `${before}${gap}`;
    });
  return { html: out, blanks };
}

/** Writes into the blanks of a page that has them. */
export function fillBlanks({ canvas, words, scale }: RasterPage, blanks: Blanks, rng: Random): void {
  const context = canvas.getContext('2d');
  const number = words.find((word) => word.text.startsWith('/KH'));
  const day = words.find((word) => word.text.trim().startsWith('tháng'));
  const size = 12 * scale;
  if (number) write(context, blanks.number, number.x - 3 * scale, number.y + 2 * scale, size, rng);
  if (day) write(context, blanks.day, day.x - 3 * scale, day.y + scale, size, rng);
}
