import type { Rect, Ruling, Size } from '../layout/geometry.ts';
import { OPS, Util } from './pdfjs.ts';
import type { View } from './words.ts';

/** A raster image on the page. `upright`: neither turned nor mirrored. Pixels; rect in points. */
export interface PlacedImage {
  id: string;
  rect: Rect;
  width: number;
  height: number;
  upright: boolean;
}

export interface Drawing {
  rulings: Ruling[];
  images: PlacedImage[];
  /** Number of painted paths. */
  paths: number;
}

export interface OperatorList {
  fnArray: number[];
  // biome-ignore lint/suspicious/noExplicitAny: pdf.js gives each operator arguments of its own
  argsArray: any[];
}

type Matrix = number[];
type Point = [number, number];

/** Points: a filled strip is a line up to this thickness; a slant is straight up to this. */
const THIN = 3;
const STRAIGHT = 1;

const STROKES: number[] = [OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke];
const FILLS: number[] = [OPS.fill, OPS.eoFill];

/** The ruling lines and images of a page from pdf.js's list of operators; annotations are left out. */
export function readDrawing(list: OperatorList, view: View, size: Size): Drawing {
  const drawing: Drawing = { rulings: [], images: [], paths: 0 };
  let matrix: Matrix = view.transform;
  const stack: Matrix[] = [];
  let annotations = 0;
  list.fnArray.forEach((operator, index) => {
    const args = list.argsArray[index];
    if (operator === OPS.beginAnnotation) annotations++;
    else if (operator === OPS.endAnnotation) annotations--;
    if (annotations > 0) return;
    switch (operator) {
      case OPS.save:
        stack.push(matrix);
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        matrix = stack.pop() ?? matrix;
        break;
      case OPS.transform:
        matrix = Util.transform(matrix, args);
        break;
      case OPS.paintFormXObjectBegin:
        stack.push(matrix);
        if (args[0]) matrix = Util.transform(matrix, args[0]);
        break;
      case OPS.constructPath:
        addPath(drawing, args[0], args[1]?.[0], matrix, size);
        break;
      case OPS.paintImageXObject:
        drawing.images.push(placedImage(args[0], args[1], args[2], matrix));
        break;
      case OPS.paintImageXObjectRepeat:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
        drawing.images.push(placedImage('', args[0]?.width ?? 0, args[0]?.height ?? 0, matrix));
        break;
    }
  });
  return drawing;
}

function placedImage(id: string, width: number, height: number, matrix: Matrix): PlacedImage {
  const corners = [apply(matrix, 0, 0), apply(matrix, 1, 0), apply(matrix, 0, 1), apply(matrix, 1, 1)];
  const [a = 0, b = 0, c = 0, d = 0] = matrix;
  const slant = Math.abs(a) * 0.01;
  return { id, rect: boundsOf(corners), width, height, upright: a > 0 && d < 0 && Math.abs(b) + Math.abs(c) < slant };
}

function addPath(drawing: Drawing, paint: number, data: ArrayLike<number> | null, matrix: Matrix, size: Size): void {
  const stroked = STROKES.includes(paint);
  if (!data || (!stroked && !FILLS.includes(paint))) return;
  drawing.paths++;
  for (const line of subpaths(data, matrix)) {
    const rulings = stroked ? strokeRulings(line) : rulingsOf(boundsOf(line), THIN);
    for (const ruling of rulings) {
      const clipped = clip(ruling, size);
      if (clipped) drawing.rulings.push(clipped);
    }
  }
}

/** Path commands of pdf.js: moveTo 0, lineTo 1, curveTo 2, quadraticCurveTo 3, closePath 4, each followed by its coordinates. */
const COORDINATES = [2, 2, 6, 4, 0];

/** Corner points of each subpath, on the page; a curve counts as a break. */
function subpaths(data: ArrayLike<number>, matrix: Matrix): Point[][] {
  const lines: Point[][] = [];
  let line: Point[] = [];
  const begin = (points: Point[]) => {
    if (line.length > 1) lines.push(line);
    line = points;
  };
  for (let index = 0; index < data.length; ) {
    const command = data[index] ?? 0;
    const count = COORDINATES[command] ?? 0;
    const end = index + 1 + count;
    const point = count > 0 ? apply(matrix, data[end - 2] ?? 0, data[end - 1] ?? 0) : undefined;
    if (command === 1 && point) line.push(point);
    else if (command === 4) line.push(...line.slice(0, 1));
    else begin(point ? [point] : []);
    index = end;
  }
  begin([]);
  return lines;
}

function strokeRulings(line: Point[]): Ruling[] {
  return line.slice(1).flatMap((point, index) => rulingsOf(boundsOf([line[index] ?? point, point]), STRAIGHT));
}

/** A thin strip is a ruling; a dot may belong to a dotted one of either direction. */
function rulingsOf({ x0, y0, x1, y1 }: Rect, thickness: number): Ruling[] {
  const [width, height] = [x1 - x0, y1 - y0];
  const across: Ruling = { horizontal: true, at: (y0 + y1) / 2, from: x0, to: x1 };
  const down: Ruling = { horizontal: false, at: (x0 + x1) / 2, from: y0, to: y1 };
  if (Math.max(width, height) <= thickness) return [across, down];
  if (Math.min(width, height) > thickness) return [];
  return [width > height ? across : down];
}

/** The part on the page. */
function clip(ruling: Ruling, size: Size): Ruling | null {
  const [across, along] = ruling.horizontal ? [size.height, size.width] : [size.width, size.height];
  const from = Math.max(ruling.from, 0);
  const to = Math.min(ruling.to, along);
  return ruling.at >= 0 && ruling.at <= across && to > from ? { ...ruling, from, to } : null;
}

function apply([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix, x: number, y: number): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

function boundsOf(points: Point[]): Rect {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}
