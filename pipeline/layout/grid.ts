import { type Grid, type GridCell, overlap, type Ruling } from './geometry.ts';
import { joinRulings } from './rulings.ts';

/** Points: rulings end this near to the one they meet; tracks nearer than this are one. */
const REACH = 4;
const SNAP = 3;
/** Points: a table whose rules overhang the outermost crossing rule by this much lacks its outer edge. */
const OVERHANG = 10;
/** Share of a cell's side that must be drawn. */
const DRAWN = 0.6;

/** Tables among a page's ruling lines, from top to bottom. A frame without inner lines or a lone rule is none. */
export function gridsFromRulings(rulings: Ruling[]): Grid[] {
  const grids: Grid[] = [];
  for (const lattice of lattices(joinRulings(rulings))) {
    const grid = gridFrom(lattice);
    if (grid) grids.push(grid);
  }
  return grids.sort((a, b) => a.rect.y0 - b.rect.y0 || a.rect.x0 - b.rect.x0);
}

interface Lattice {
  across: Ruling[];
  down: Ruling[];
}

/** Sets of rulings connected by crossings. */
function lattices(rulings: Ruling[]): Lattice[] {
  const across = rulings.filter((ruling) => ruling.horizontal);
  const down = rulings.filter((ruling) => !ruling.horizontal);
  const seen = new Set<Ruling>();
  const found: Lattice[] = [];
  for (const start of across) {
    if (seen.has(start)) continue;
    const lattice: Lattice = { across: [], down: [] };
    const queue = [start];
    seen.add(start);
    for (let next = queue.pop(); next; next = queue.pop()) {
      const current = next;
      (current.horizontal ? lattice.across : lattice.down).push(current);
      for (const other of current.horizontal ? down : across) {
        if (seen.has(other) || !meet(current, other)) continue;
        seen.add(other);
        queue.push(other);
      }
    }
    if (lattice.down.length > 0 && lattice.across.length + lattice.down.length > 2) found.push(lattice);
  }
  return found;
}

function meet(a: Ruling, b: Ruling): boolean {
  return a.at >= b.from - REACH && a.at <= b.to + REACH && b.at >= a.from - REACH && b.at <= a.to + REACH;
}

function gridFrom({ across, down }: Lattice): Grid | null {
  const [left, right] = outerEdges(across, down);
  const [top, bottom] = outerEdges(down, across);
  const xs = tracks([...down.map((ruling) => ruling.at), ...left, ...right]);
  const ys = tracks([...across.map((ruling) => ruling.at), ...top, ...bottom]);
  if (xs.length < 2 || ys.length < 2) return null;
  const edges = (at: number, tracksOf: number[], drawn: Ruling[]) =>
    drawn.filter((ruling) => nearest(tracksOf, ruling.at) === at);
  const downAt = xs.map((_, index) => edges(index, xs, down));
  const acrossAt = ys.map((_, index) => edges(index, ys, across));
  const areas = mergeAreas(
    ys.length - 1,
    xs.length - 1,
    (row, column) => isDrawn(downAt[column + 1], ys[row], ys[row + 1]),
    (row, column) => isDrawn(acrossAt[row + 1], xs[column], xs[column + 1]),
  );
  return compact(areas, xs, ys);
}

/** Positions of edges that are missing: where at least two rules (all, if there are fewer) overhang the outermost crossing rule. */
function outerEdges(rules: Ruling[], crossing: Ruling[]): [number[], number[]] {
  const first = Math.min(...crossing.map((ruling) => ruling.at));
  const last = Math.max(...crossing.map((ruling) => ruling.at));
  const before = rules.map((rule) => rule.from).filter((from) => from < first - OVERHANG);
  const after = rules.map((rule) => rule.to).filter((to) => to > last + OVERHANG);
  const enough = Math.min(2, rules.length);
  return [before.length >= enough ? [Math.min(...before)] : [], after.length >= enough ? [Math.max(...after)] : []];
}

function tracks(positions: number[]): number[] {
  const groups: number[][] = [];
  for (const position of positions.sort((a, b) => a - b)) {
    const group = groups.at(-1);
    if (group && position - (group[0] ?? 0) <= SNAP) group.push(position);
    else groups.push([position]);
  }
  return groups.map((group) => group.reduce((sum, position) => sum + position, 0) / group.length);
}

function nearest(positions: number[], at: number): number {
  let best = 0;
  positions.forEach((position, index) => {
    if (Math.abs(position - at) < Math.abs((positions[best] ?? 0) - at)) best = index;
  });
  return best;
}

function isDrawn(rulings: Ruling[] = [], from = 0, to = 0): boolean {
  const drawn = rulings.reduce((sum, ruling) => sum + Math.max(0, overlap(ruling.from, ruling.to, from, to)), 0);
  return drawn >= (to - from) * DRAWN;
}

interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Track cells without a line between them are one cell; what is not a rectangle then is made one. */
function mergeAreas(
  rows: number,
  columns: number,
  lineRight: (row: number, column: number) => boolean,
  lineBelow: (row: number, column: number) => boolean,
): Area[] {
  const owner: Area[][] = [];
  for (let row = 0; row < rows; row++)
    owner.push(
      Array.from({ length: columns }, (_, column) => ({ top: row, left: column, bottom: row, right: column })),
    );
  const claim = (area: Area): void => {
    for (let row = area.top; row <= area.bottom; row++) {
      for (let column = area.left; column <= area.right; column++) {
        const other = owner[row]?.[column];
        if (!other || other === area) continue;
        area.top = Math.min(area.top, other.top);
        area.left = Math.min(area.left, other.left);
        area.bottom = Math.max(area.bottom, other.bottom);
        area.right = Math.max(area.right, other.right);
        for (let y = other.top; y <= other.bottom; y++) owner[y]?.fill(area, other.left, other.right + 1);
        claim(area);
        return;
      }
    }
  };
  const merge = (area: Area | undefined, row: number, column: number): void => {
    const other = owner[row]?.[column];
    if (!area || !other || area === other) return;
    area.bottom = Math.max(area.bottom, other.bottom);
    area.right = Math.max(area.right, other.right);
    area.top = Math.min(area.top, other.top);
    area.left = Math.min(area.left, other.left);
    claim(area);
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (column + 1 < columns && !lineRight(row, column)) merge(owner[row]?.[column], row, column + 1);
      if (row + 1 < rows && !lineBelow(row, column)) merge(owner[row]?.[column], row + 1, column);
    }
  }
  return [...new Set(owner.flat())];
}

/** Tracks at which no cell begins are left out (they come from strokes that divide nothing). */
function compact(areas: Area[], xs: number[], ys: number[]): Grid | null {
  const rowStarts = [...new Set(areas.map((area) => area.top))].sort((a, b) => a - b);
  const columnStarts = [...new Set(areas.map((area) => area.left))].sort((a, b) => a - b);
  if (rowStarts.length < 2 && columnStarts.length < 2) return null;
  const span = (starts: number[], from: number, to: number) =>
    starts.filter((start) => start >= from && start <= to).length;
  const at = (positions: number[], index: number) => positions[index] ?? 0;
  const cells: GridCell[] = areas
    .map((area) => ({
      row: rowStarts.indexOf(area.top),
      column: columnStarts.indexOf(area.left),
      rowSpan: span(rowStarts, area.top, area.bottom),
      columnSpan: span(columnStarts, area.left, area.right),
      rect: { x0: at(xs, area.left), y0: at(ys, area.top), x1: at(xs, area.right + 1), y1: at(ys, area.bottom + 1) },
    }))
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    rect: { x0: at(xs, 0), y0: at(ys, 0), x1: at(xs, xs.length - 1), y1: at(ys, ys.length - 1) },
    rows: rowStarts.length,
    columns: columnStarts.length,
    cells,
  };
}
