import type { Box } from '../../output/record.ts';
import type { Size } from '../layout/geometry.ts';
import { type Page, pageLines } from '../page.ts';
import { unrotate } from './gray.ts';

/**
 * Boxes found on a page that was turned upright, put where they lie on the page as it was, in place. `angle`: degrees the page
 * leans. A box keeps its size: the lean is small.
 */
export function leanBack(page: Page, angle: number, size: Size): void {
  if (angle === 0) return;
  const moved = (box: Box): Box => {
    const [x0, y0, x1, y1] = box;
    const x = ((x0 + x1) / 2) * size.width;
    const y = ((y0 + y1) / 2) * size.height;
    const [toX, toY] = unrotate(x, y, -angle, size);
    const dx = (toX - x) / size.width;
    const dy = (toY - y) / size.height;
    return [clamped(x0 + dx), clamped(y0 + dy), clamped(x1 + dx), clamped(y1 + dy)];
  };
  for (const line of pageLines(page)) {
    if (line.box) line.box = moved(line.box);
    for (const word of line.words) if (word.box) word.box = moved(word.box);
  }
  for (const item of page.items)
    if (item.kind === 'table') {
      if (item.box) item.box = moved(item.box);
      for (const cell of item.cells) if (cell.box) cell.box = moved(cell.box);
    }
  for (const region of page.regions) region.box = moved(region.box);
}

/** Within the page, 4 decimals. */
function clamped(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
}
