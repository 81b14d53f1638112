import type { PixelRect } from './gray.ts';
import type { PixelRuling } from './rulings.ts';

/** Inches: a stamp such as HỎA TỐC is framed; what is larger is a table or a drawing. */
const WIDTH = { least: 0.6, most: 3 };
const HEIGHT = { least: 0.25, most: 1 };
/** Inches that the lines of a frame may miss or pass each other by at a corner. */
const CORNER = 0.08;

/** Small frames of four ruling lines with nothing drawn inside but, maybe, a second frame: stamps, in pixels. */
export function stampFrames(rulings: PixelRuling[], dpi: number): PixelRect[] {
  const corner = CORNER * dpi;
  const level = rulings.filter((line) => line.horizontal).sort((a, b) => middle(a) - middle(b));
  const upright = rulings.filter((line) => !line.horizontal).sort((a, b) => middle(a) - middle(b));
  const frames: PixelRect[] = [];
  for (const top of level) {
    const isBottom = (line: PixelRuling) =>
      middle(line) - middle(top) >= HEIGHT.least * dpi &&
      middle(line) - middle(top) <= HEIGHT.most * dpi &&
      Math.abs(line.from - top.from) <= corner &&
      Math.abs(line.to - top.to) <= corner;
    const bottom = level.findLast(isBottom);
    const width = top.to - top.from;
    if (bottom === undefined || width < WIDTH.least * dpi || width > WIDTH.most * dpi) continue;
    const rect = { x0: top.from, y0: middle(top), x1: top.to, y1: middle(bottom) };
    const isSide = (x: number) => (line: PixelRuling) =>
      Math.abs(middle(line) - x) <= corner &&
      Math.abs(line.from - rect.y0) <= corner &&
      Math.abs(line.to - rect.y1) <= corner;
    const isInner = (line: PixelRuling) =>
      middle(line) > rect.y0 + corner && middle(line) < rect.y1 - corner && Math.abs(line.from - rect.x0) <= corner;
    const isFrame = upright.some(isSide(rect.x0)) && upright.some(isSide(rect.x1)) && !level.some(isInner);
    const isKnown = frames.some(
      (frame) => frame.x1 > rect.x0 && frame.x0 < rect.x1 && frame.y1 > rect.y0 && frame.y0 < rect.y1,
    );
    if (isFrame && !isKnown) frames.push(rect);
  }
  return frames;
}

function middle(line: PixelRuling): number {
  return line.rows[line.rows.length >> 1] ?? 0;
}

/** What an office stamps on papers that come in: ĐẾN, a number and a day to fill in, whom it is handed to. Without marks. */
const INCOMING = /(?<![a-z])den(?![a-z])/;
const FILLED_IN = /(?<![a-z])(?:so|ngay|chuyen|luu ho so)\s*(?:so)?\s*[:.]/;
/** Inches that such a stamp is wide and high at most. */
const STAMP = { width: 3.2, height: 1.7 };

/** Whether a frame with lines in it, `width` and `height` inches, is the stamp of papers that came in, not a table. */
export function isIncomingStamp(text: string, width: number, height: number): boolean {
  if (width > STAMP.width || height > STAMP.height) return false;
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
  return INCOMING.test(plain) && FILLED_IN.test(plain);
}
