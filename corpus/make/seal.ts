import type { SKRSContext2D } from '@napi-rs/canvas';
import { FAMILY } from './fonts.ts';
import type { Random } from './random.ts';
import type { RasterPage } from './raster.ts';

const RED = 'rgba(205, 24, 38, 0.78)';
const INK = 'rgba(28, 44, 140, 0.85)';

/** Words around a circle, read from its left over the top (or, turned over, along the bottom). */
function around(context: SKRSContext2D, text: string, radius: number, from: number, to: number): void {
  const letters = [...text];
  for (const [index, letter] of letters.entries()) {
    const angle = from + ((to - from) * (index + 0.5)) / letters.length;
    context.save();
    context.translate(radius * Math.cos(angle), radius * Math.sin(angle));
    context.rotate(angle + (to > from ? Math.PI / 2 : -Math.PI / 2));
    context.fillText(letter, 0, 0);
    context.restore();
  }
}

function star(context: SKRSContext2D, radius: number): void {
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const r = i % 2 === 0 ? radius : radius * 0.4;
    const angle = -Math.PI / 2 + (Math.PI * i) / 5;
    context.lineTo(r * Math.cos(angle), r * Math.sin(angle));
  }
  context.closePath();
  context.fill();
}

/** A round red seal: two rings, a star, the words of the authority above and the unit below. */
function drawSeal(context: SKRSContext2D, unit: string, x: number, y: number, radius: number, turn: number): void {
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.translate(x, y);
  context.rotate(turn);
  context.strokeStyle = RED;
  context.fillStyle = RED;
  for (const [ring, width] of [
    [1, 0.045],
    [0.9, 0.015],
    [0.58, 0.015],
  ] as const) {
    context.lineWidth = width * radius;
    context.beginPath();
    context.arc(0, 0, ring * radius, 0, 2 * Math.PI);
    context.stroke();
  }
  star(context, 0.42 * radius);
  context.font = `bold ${Math.round(0.17 * radius)}px "${FAMILY}"`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  around(context, 'ỦY BAN NHÂN DÂN', 0.74 * radius, 1.05 * Math.PI, 1.95 * Math.PI);
  around(context, unit, 0.74 * radius, 0.8 * Math.PI, 0.2 * Math.PI);
  context.restore();
}

/** A scrawl in blue ink, as a signature. */
function drawScrawl(context: SKRSContext2D, x: number, y: number, width: number, rng: Random): void {
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.strokeStyle = INK;
  context.lineWidth = width * 0.014;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(x, y);
  for (let i = 1; i <= 7; i++) {
    const end = x + (width * i) / 7;
    const up = (i % 2 === 0 ? 1 : -1) * width * rng.between(0.08, 0.24) * (1 - i / 10);
    context.bezierCurveTo(
      end - width * 0.2,
      y + up * 1.6,
      end + width * 0.03,
      y + up,
      end,
      y + up * rng.between(-0.3, 0.3),
    );
  }
  context.lineTo(x + width * 1.18, y - width * rng.between(0.02, 0.1));
  context.stroke();
  context.restore();
}

/**
 * Draws the seal and the scrawl where the signature of the plan stands; false on a page without a signature. As the rule has it, the seal covers
 * about a third of the signature on its left.
 */
export function seal(page: RasterPage, unit: string, sign: readonly string[], rng: Random): boolean {
  const role = sign.at(-2);
  const name = sign.at(-1);
  if (role === undefined || name === undefined) return false;
  const roleAt = page.words.findLast(
    ({ text }) => text.trim().length >= Math.min(8, role.length) && role.startsWith(text.trim()),
  );
  const nameAt = page.words.findLast((word) => word.text.trim() === name);
  if (!roleAt || !nameAt || nameAt.y <= roleAt.y) return false;
  const context = page.canvas.getContext('2d');
  const y = (roleAt.y + nameAt.y) / 2 - 2 * page.scale;
  drawScrawl(context, roleAt.x - 6 * page.scale, y + 4 * page.scale, 110 * page.scale, rng);
  drawSeal(context, unit, roleAt.x - 22 * page.scale, y - 4 * page.scale, 50 * page.scale, rng.between(-0.12, 0.12));
  return true;
}

/** The stamp of a mail room in the top left corner, as incoming papers get it: a frame with its word, a number and a day. */
export function arrivalStamp(page: RasterPage, rng: Random): void {
  const { canvas, scale } = page;
  const context = canvas.getContext('2d');
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.translate(54 * scale, 119 * scale);
  context.rotate(rng.between(-0.09, -0.03));
  context.strokeStyle = RED;
  context.fillStyle = RED;
  context.lineWidth = 1.4 * scale;
  context.strokeRect(0, 0, 104 * scale, 48 * scale);
  context.beginPath();
  context.moveTo(0, 17 * scale);
  context.lineTo(104 * scale, 17 * scale);
  context.stroke();
  context.font = `bold ${11 * scale}px "${FAMILY}"`;
  context.textAlign = 'center';
  context.fillText('CÔNG VĂN ĐẾN', 52 * scale, 13 * scale);
  context.font = `bold ${10 * scale}px "${FAMILY}"`;
  context.textAlign = 'left';
  context.fillText('Số: 1174', 6 * scale, 30 * scale);
  context.fillText('Ngày: 20/5/2026', 6 * scale, 43 * scale);
  context.restore();
}
