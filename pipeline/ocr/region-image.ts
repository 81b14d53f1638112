import type { OcrRegion, OcrWord } from './engine.ts';
import { crop, type GrayImage } from './gray.ts';

/** White pixels put around a region: engines read letters at the very edge badly. */
const MARGIN = 12;

/** A region as an image of its own. */
export function regionImage(image: GrayImage, region: OcrRegion): GrayImage {
  return crop(image, region.rect, MARGIN);
}

/** Words of `regionImage` in the pixels of the page. */
export function toPage(words: OcrWord[], region: OcrRegion): OcrWord[] {
  const dx = region.rect.x0 - MARGIN;
  const dy = region.rect.y0 - MARGIN;
  return words.map((word) => ({
    ...word,
    rect: { x0: word.rect.x0 + dx, y0: word.rect.y0 + dy, x1: word.rect.x1 + dx, y1: word.rect.y1 + dy },
    baseline: word.baseline + dy,
  }));
}

/** Engines’ page segmentation mode (`--psm`, `tessedit_pageseg_mode`) for each mode of region. */
export const SEGMENTATION: Record<OcrRegion['mode'], string> = { page: '3', column: '4', block: '6', line: '7' };

/** Variables both engines are given: nothing is learnt from what was read, no second image is tried, no type is taken for a typewriter's. */
export const VARIABLES: Record<string, string> = {
  classify_enable_learning: '0',
  classify_enable_adaptive_matcher: '0',
  tessedit_enable_doc_dict: '0',
  tessedit_do_invert: '0',
  thresholding_method: '0',
  textord_all_prop: '1',
};
