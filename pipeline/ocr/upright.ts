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
  moveBoxes(page, (box) => {
    const [x0, y0, x1, y1] = box;
    const x = ((x0 + x1) / 2) * size.width;
    const y = ((y0 + y1) / 2) * size.height;
    const [toX, toY] = unrotate(x, y, -angle, size);
    const dx = (toX - x) / size.width;
    const dy = (toY - y) / size.height;
    return [clamped(x0 + dx), clamped(y0 + dy), clamped(x1 + dx), clamped(y1 + dy)];
  });
}

/** Where a box of a page that was turned by quarters lies on the page as it was. Fractions in both. */
export function turnBack([x0, y0, x1, y1]: Box, turned: 90 | 180 | 270): Box {
  switch (turned) {
    case 90:
      return [clamped(y0), clamped(1 - x1), clamped(y1), clamped(1 - x0)];
    case 180:
      return [clamped(1 - x1), clamped(1 - y1), clamped(1 - x0), clamped(1 - y0)];
    case 270:
      return [clamped(1 - y1), clamped(x0), clamped(1 - y0), clamped(x1)];
  }
}

/** A page that was turned by quarters to be read, as it lies: its size and all its boxes. The page given is not changed. */
export function asItLies(page: Page): Page {
  const { turned } = page;
  if (turned === undefined) return page;
  const { turned: _, ...back } = structuredClone(page);
  moveBoxes(back, (box) => turnBack(box, turned));
  return turned === 180 ? back : { ...back, width: page.height, height: page.width };
}

/** Changes every box of a page, in place. */
export function moveBoxes(page: Page, moved: (box: Box) => Box): void {
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
