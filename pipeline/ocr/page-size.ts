import { PlanError } from '../../output/issues.ts';

/** Pixels of one page above which it is not decoded: an A3 page at 600 dpi has 70 million. */
export const MOST_PIXELS = 100_000_000;
/** Inches: shorter side of a page, from A5 to A3 with some room. */
const SHORTER_SIDE = { least: 5, most: 13 };
const A4_SHORTER_SIDE = 8.27;

export function checkSize(width: number, height: number, page: number): void {
  if (width < 1 || height < 1)
    throw new PlanError('read', 'damaged', `The image of page ${page} says it has no pixels (${width} × ${height}).`, {
      page,
    });
  if (width * height > MOST_PIXELS)
    throw new PlanError(
      'read',
      'too-large',
      `Page ${page} is ${width} × ${height} pixels; the limit is ${MOST_PIXELS / 1e6} million. Scan it again at 200-300 dpi.`,
      { page },
    );
}

/** The dpi written in the file, if the page it makes is the size of paper; otherwise that of an A4 page. */
export function likelyDpi(written: number | null, width: number, height: number): number {
  const shorter = Math.min(width, height);
  if (written !== null && shorter / written >= SHORTER_SIDE.least && shorter / written <= SHORTER_SIDE.most)
    return written;
  return shorter / A4_SHORTER_SIDE;
}
