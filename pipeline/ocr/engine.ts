import type { Engine } from '../../output/record.ts';
import type { GrayImage, PixelRect } from './gray.ts';
import { findNative, nativeEngine } from './native.ts';

/** What a region holds: a page with columns of its own, one column, one block of lines, one line. */
export type RegionMode = 'page' | 'column' | 'block' | 'line';

export interface OcrRegion {
  rect: PixelRect;
  mode: RegionMode;
}

/** A word as an engine read it, in pixels of the image given. */
export interface OcrWord {
  text: string;
  rect: PixelRect;
  /** Height at which the line's letters stand, at the word's middle. */
  baseline: number;
  /** From the top of b to the bottom of p in the word's line. */
  lineHeight: number;
  /** The line within its region, counted from 0. */
  line: number;
  /** 0..1 */
  confidence: number;
  /** Not the engine's finding: set from the width of the strokes. */
  bold?: boolean;
  /** Another reading of the word's number that is as likely. */
  doubt?: string;
}

/**
 * A reader of print. The same image and regions give the same words, whatever was read before. `recognize` gives the words
 * of each region in the order of the regions; it is called again only when it has answered.
 */
export interface OcrEngine {
  readonly info: Engine;
  recognize(image: GrayImage, regions: OcrRegion[]): Promise<OcrWord[][]>;
  close(): Promise<void>;
}

export const ENGINE_OPTIONS = ['auto', 'tesseract.js', 'native'] as const;
export type EngineOption = (typeof ENGINE_OPTIONS)[number];

/** `auto` takes the native engine where it is installed, for its speed. `signal` ends what the native engine has under way. */
export async function chooseEngine(option: EngineOption, signal?: AbortSignal): Promise<OcrEngine> {
  if (option === 'tesseract.js') return embedded();
  const native = await findNative();
  if (native !== null) return nativeEngine(native, signal);
  if (option === 'auto') return embedded();
  throw new Error(
    '--engine native: no program "tesseract" on the PATH. Install it (Debian: apt install tesseract-ocr; Windows: UB Mannheim’s ' +
      'installer, then add its folder to PATH), or use --engine tesseract.js, which needs nothing installed.',
  );
}

async function embedded(): Promise<OcrEngine> {
  const { tesseractJsEngine } = await import('./tesseract-js.ts');
  return tesseractJsEngine();
}
