import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import { compact, type RasterImage } from '../../pipeline/ocr/raster.ts';

/** Fonts with Vietnamese that systems have, the likeliest first. */
const FONTS = ['Liberation Serif', 'Times New Roman', 'DejaVu Serif', 'Noto Serif', 'Arial', 'DejaVu Sans'];

/** An installed font for Vietnamese text, or undefined. */
export function vietnameseFont(): string | undefined {
  return FONTS.find((name) => GlobalFonts.has(name) && glyph(name, 'ễ') !== glyph(name, '\u{F0000}'));
}

/** The pixels of a letter: a face that lacks it draws the same as for one that no face has. */
function glyph(name: string, letter: string): string {
  const canvas = createCanvas(40, 40);
  const context = canvas.getContext('2d');
  context.font = `24px "${name}"`;
  context.fillText(letter, 4, 30);
  return canvas.toBuffer('image/png').toString('base64');
}

/** A white page drawn on; sizes in pixels. */
export function drawn(width: number, height: number, dpi: number, draw: (context: SKRSContext2D) => void): RasterImage {
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#000';
  context.strokeStyle = '#000';
  draw(context);
  return compact({ width, height, channels: 4, data: context.getImageData(0, 0, width, height).data, dpi });
}

/** Rows of short black bars, as lines of print look from afar, leaning by `degrees`. */
export function bars(context: SKRSContext2D, width: number, height: number, degrees: number): void {
  context.translate(width / 2, height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.translate(-width / 2, -height / 2);
  for (let y = 200; y < height - 200; y += 40)
    for (let x = 150; x < width - 150; x += 60) context.fillRect(x, y, 20 + ((x * 7 + y) % 30), 14);
}
