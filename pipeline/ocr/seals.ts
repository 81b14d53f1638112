import type { Bitmap } from './bitmap.ts';
import type { Component, Components } from './components.ts';

/** Pixels. */
export interface Circle {
  x: number;
  y: number;
  radius: number;
}

/** Inches: radius of round seals, from those of offices to the State's. */
const RADIUS = { least: 0.42, most: 0.9 };
/** Pixels an inch at which circles are looked for. */
const COARSE_DPI = 50;
/** Share of a ring that must be inked for a circle to be looked at closely, and to be one. */
const LIKELY = 0.4;
const SURE = 0.6;
/** Directions from the centre that are looked along, and inches by which a ring may miss its circle. */
const DIRECTIONS = 120;
const MISS = 0.02;
/** Circles are looked for on one page this often. */
const MOST = 4;

/** Round seals among what was drawn, the outermost ring of each. */
export function roundSeals(drawn: Component[], found: Components, bitmap: Bitmap, dpi: number): Circle[] {
  const seals: Circle[] = [];
  let left = drawn;
  for (let i = 0; i < MOST && left.length > 0; i++) {
    const circle = bestCircle(left, found, bitmap, dpi);
    if (circle === null) break;
    seals.push(circle);
    left = left.filter((component) => !isWithin(component, circle, dpi));
  }
  return seals;
}

/** Whether the greater part of the component's bounds lies in the circle or on it. */
function isWithin({ x0, y0, x1, y1 }: Component, { x, y, radius }: Circle, dpi: number): boolean {
  const reach = radius + MISS * dpi;
  return x0 < x + reach && x1 > x - reach && y0 < y + reach && y1 > y - reach;
}

function bestCircle(drawn: Component[], { runs, next }: Components, bitmap: Bitmap, dpi: number): Circle | null {
  const cell = dpi / COARSE_DPI;
  const pad = Math.ceil(RADIUS.most * COARSE_DPI);
  const left = Math.floor(Math.min(...drawn.map((component) => component.x0)) / cell) - pad;
  const top = Math.floor(Math.min(...drawn.map((component) => component.y0)) / cell) - pad;
  const columns = Math.ceil(Math.max(...drawn.map((component) => component.x1)) / cell) + pad + 1 - left;
  const rows = Math.ceil(Math.max(...drawn.map((component) => component.y1)) / cell) + pad + 1 - top;
  const points = new Set<number>();
  for (const component of drawn)
    for (let i = component.first; i >= 0; i = next[i]!) {
      const row = Math.floor(runs[3 * i]! / cell) - top;
      for (let x = Math.floor(runs[3 * i + 1]! / cell); x <= Math.floor((runs[3 * i + 2]! - 1) / cell); x++)
        points.add(row * columns + x - left);
    }
  let best: { x: number; y: number; radius: number; share: number } | null = null;
  for (let radius = Math.floor(RADIUS.least * COARSE_DPI); radius <= RADIUS.most * COARSE_DPI; radius++) {
    const ring = ringOf(radius, columns);
    const votes = new Uint16Array(columns * rows);
    for (const point of points)
      for (const step of ring) {
        const at = point + step;
        if (at >= 0 && at < votes.length) votes[at]!++;
      }
    for (let at = 0; at < votes.length; at++) {
      const share = votes[at]! / ring.length;
      if (share >= LIKELY && share > (best?.share ?? 0))
        best = { x: (at % columns) + left, y: Math.floor(at / columns) + top, radius, share };
    }
  }
  if (best === null) return null;
  return outermost({ x: (best.x + 0.5) * cell, y: (best.y + 0.5) * cell, radius: best.radius * cell }, bitmap, dpi);
}

/** Offsets of the cells that a circle about a cell passes, each once. */
function ringOf(radius: number, columns: number): number[] {
  const cells = new Set<number>();
  for (let i = 0; i < 8 * radius; i++) {
    const angle = (i * Math.PI) / (4 * radius);
    cells.add(Math.round(radius * Math.sin(angle)) * columns + Math.round(radius * Math.cos(angle)));
  }
  return [...cells];
}

/** The circle moved to where the ring is, and widened to the outermost ring; null where there is none after all. */
function outermost(about: Circle, bitmap: Bitmap, dpi: number): Circle | null {
  const step = Math.max(1, Math.round(dpi / 150));
  const reach = Math.round(0.04 * dpi);
  let best: (Circle & { share: number }) | null = null;
  for (let dy = -reach; dy <= reach; dy += step)
    for (let dx = -reach; dx <= reach; dx += step)
      for (let radius = about.radius - reach; radius <= about.radius + reach; radius += step) {
        const circle = { x: about.x + dx, y: about.y + dy, radius };
        const share = inkedShare(circle, bitmap, 0);
        if (share > (best?.share ?? 0)) best = { ...circle, share };
      }
  if (best === null || inkedShare(best, bitmap, MISS * dpi) < SURE) return null;
  let { radius } = best;
  for (let wider = radius; wider <= Math.min(RADIUS.most * dpi, radius * 1.7); wider += step)
    if (inkedShare({ ...best, radius: wider }, bitmap, (MISS * dpi) / 2) >= SURE) radius = wider;
  return { x: best.x, y: best.y, radius };
}

/** Share of the directions in which there is ink at the circle, or at most `miss` pixels off it. */
function inkedShare({ x, y, radius }: Circle, { width, height, data }: Bitmap, miss: number): number {
  let inked = 0;
  for (let i = 0; i < DIRECTIONS; i++) {
    const angle = (2 * Math.PI * i) / DIRECTIONS;
    for (let off = -miss; off <= miss; off++) {
      const px = Math.round(x + (radius + off) * Math.cos(angle));
      const py = Math.round(y + (radius + off) * Math.sin(angle));
      if (px < 0 || py < 0 || px >= width || py >= height || !data[py * width + px]) continue;
      inked++;
      break;
    }
  }
  return inked / DIRECTIONS;
}
