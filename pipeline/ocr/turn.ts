import { binarize } from './bitmap.ts';
import type { OcrEngine, OcrWord } from './engine.ts';
import { crop, type GrayImage } from './gray.ts';
import { turned } from './raster.ts';
import { stacked } from './stacked.ts';

/** Degrees clockwise that make a page upright. */
export type Turn = 0 | 90 | 180 | 270;
const TURNS: Turn[] = [0, 90, 180, 270];

/** The same as the tag Orientation says it. */
export const ORIENTATION: Record<Turn, number> = { 0: 1, 90: 6, 180: 3, 270: 8 };

/** A page that lies wrong is read badly: the mean confidence of its letters below which it is tried otherwise. */
const BADLY = 0.6;
/** Letters that tell; letters of a word that is wider than high when it stands upright. */
const TELLING = 12;
const WORD = 3;
/** Inches of the strip of the page that is read in each direction. */
const STRIP = 1.5;
/** Another direction must be read better than this one by a half, and by as many sure letters. */
const BETTER = 1.5;
const MORE = 6;

/** Whether a page's words are read so badly, or stand so, that it may lie on its side or its head. */
export function mayLieWrong(words: OcrWord[]): boolean {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  if (letters < TELLING) return false;
  const mean = words.reduce((sum, word) => sum + word.text.length * word.confidence, 0) / letters;
  const long = words.filter((word) => word.text.length >= WORD);
  const upright = long.filter(({ rect }) => rect.x1 - rect.x0 >= rect.y1 - rect.y0);
  return mean < BADLY || (long.length >= WORD && upright.length < long.length / 2);
}

/** The turn under which the page's fullest strip is read best; 0 where it is not clear. */
export async function uprightTurn(image: GrayImage, engine: OcrEngine): Promise<Turn> {
  const strips = TURNS.map((turn) => fullestStrip(quarterTurned(image, turn)));
  const { sheet, places } = stacked(strips);
  const regions = places.map((rect) => ({ rect, mode: 'block' as const }));
  const worths = (await engine.recognize(sheet, regions)).map(sureLetters);
  const best = worths.indexOf(Math.max(...worths));
  return worths[best]! > Math.max(0, worths[0]!) * BETTER + MORE ? TURNS[best]! : 0;
}

function quarterTurned(image: GrayImage, turn: Turn): GrayImage {
  const { width, height, data } = turned({ ...image, channels: 1 }, ORIENTATION[turn]);
  return { width, height, data: Uint8Array.from(data), dpi: image.dpi };
}

/** The stretch of the page, as wide as it is, with the most ink. */
function fullestStrip(image: GrayImage): GrayImage {
  const { width, height, data } = binarize(image);
  const strip = Math.min(height, Math.round(STRIP * image.dpi));
  const ink = Array.from({ length: height }, (_, y) =>
    data.subarray(y * width, (y + 1) * width).reduce((sum, pixel) => sum + pixel, 0),
  );
  let best = { top: 0, ink: -1 };
  for (let top = 0; top + strip <= height; top += Math.max(1, strip >> 2)) {
    const own = ink.slice(top, top + strip).reduce((sum, row) => sum + row, 0);
    if (own > best.ink) best = { top, ink: own };
  }
  return crop(image, { x0: 0, y0: best.top, x1: width, y1: best.top + strip });
}

/** Letters in words of two and more, by how sure they are; junk counts against them. */
function sureLetters(words: OcrWord[]): number {
  return words
    .filter((word) => word.text.length > 1)
    .reduce((sum, { text, confidence }) => sum + text.length * (2 * confidence - 1), 0);
}
