import type { Size } from '../layout/geometry.ts';
import { inflated, type ObjectFile, openObjects } from './object-file.ts';
import { type PdfDict, PdfName, type PdfObject, PdfReader } from './objects.ts';

/** Bytes of a page's content that does no more than place a picture. */
const LONGEST = 2000;
const MOST_PAGES = 100_000;
const DEEPEST = 50;

/** A page that is one JPEG picture and nothing else, as scanners make them; its size in points. */
export interface ScanPage {
  size: Size;
  /** Where the picture lies on it, points from the left and the bottom. */
  rect: { x0: number; y0: number; x1: number; y1: number };
  /** Pixels, and bytes of one. */
  width: number;
  height: number;
  channels: 1 | 3;
  /** The picture's file. */
  jpeg(): Buffer;
}

/** The pages of a PDF file that are scans, told from the few bytes that say so. */
export interface ScanFile {
  pageCount: number;
  /** Null where the page is no such scan or cannot be read so. */
  page(number: number): ScanPage | null;
  close(): void;
}

/** Null for a file that must be read otherwise. */
export function openScans(path: string): ScanFile | null {
  let file: ObjectFile | undefined;
  try {
    file = openObjects(path);
    const objects = file;
    const pages = pagesOf(objects);
    if (pages.length === 0) throw new Error('there is no page');
    return {
      pageCount: pages.length,
      page(number) {
        try {
          const page = pages[number - 1]?.();
          return page ? scanOf(objects, page) : null;
        } catch {
          return null;
        }
      },
      close: () => objects.close(),
    };
  } catch {
    file?.close();
    return null;
  }
}

/** Entries of a page that it may have from the nodes above it. */
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

/** What reads the dictionaries of the pages, with what they inherit: not before they are wanted. */
function pagesOf(file: ObjectFile): (() => PdfDict)[] {
  const pages: (() => PdfDict)[] = [];
  const seen = new Set<PdfObject>();
  const inherited = (node: PdfDict, above: PdfDict): [string, PdfObject][] =>
    INHERITED.flatMap((key): [string, PdfObject][] => {
      const value = node.get(key) ?? above.get(key);
      return value === undefined ? [] : [[key, value]];
    });
  const leaf = (kid: PdfObject, above: PdfDict) => () => {
    const page = file.resolve(kid);
    if (!(page instanceof Map) || !isName(page.get('Type'), 'Page')) throw new Error('the list of pages is damaged');
    return new Map([...page, ...inherited(page, above)]);
  };
  const walk = (kid: PdfObject | undefined, above: PdfDict, depth: number) => {
    const node = file.resolve(kid);
    if (!(node instanceof Map) || depth > DEEPEST || seen.has(node)) throw new Error('the list of pages is damaged');
    seen.add(node);
    const kids = file.resolve(node.get('Kids'));
    const passed: PdfDict = new Map(inherited(node, above));
    if (!Array.isArray(kids)) pages.push(leaf(node, above));
    else if (file.resolve(node.get('Count')) === kids.length) pages.push(...kids.map((page) => leaf(page, passed)));
    else for (const child of kids) walk(child, passed, depth + 1);
    if (pages.length > MOST_PAGES) throw new Error('the list of pages is damaged');
  };
  const root = file.resolve(file.trailer.get('Root'));
  if (root instanceof Map) walk(root.get('Pages'), new Map(), 0);
  return pages;
}

const isName = (object: PdfObject | undefined, ...names: string[]): boolean =>
  object instanceof PdfName && names.includes(object.name);

function scanOf(file: ObjectFile, page: PdfDict): ScanPage | null {
  const entry = (dictionary: PdfDict, key: string) => file.resolve(dictionary.get(key));
  const notes = entry(page, 'Annots');
  if (Array.isArray(notes) && notes.length > 0) return null;
  if ((entry(page, 'Rotate') ?? 0) !== 0 || (entry(page, 'UserUnit') ?? 1) !== 1) return null;
  const media = boxOf(file, page, 'MediaBox');
  const crop = boxOf(file, page, 'CropBox') ?? media;
  if (!media || !crop) return null;
  const view = {
    x0: Math.max(media.x0, crop.x0),
    y0: Math.max(media.y0, crop.y0),
    x1: Math.min(media.x1, crop.x1),
    y1: Math.min(media.y1, crop.y1),
  };
  const placed = placedPicture(contentOf(file, page));
  const resources = entry(page, 'Resources');
  if (!placed || !(resources instanceof Map) || !(view.x1 > view.x0 && view.y1 > view.y0)) return null;
  const pictures = entry(resources, 'XObject');
  const reference = pictures instanceof Map ? pictures.get(placed.name) : undefined;
  const picture = file.resolve(reference);
  if (!(picture instanceof Map) || !isPlainJpeg(file, picture)) return null;
  const [a = 0, , , d = 0, e = 0, f = 0] = placed.matrix;
  return {
    size: { width: view.x1 - view.x0, height: view.y1 - view.y0 },
    rect: { x0: e - view.x0, y0: f - view.y0, x1: e + a - view.x0, y1: f + d - view.y0 },
    width: Number(entry(picture, 'Width')),
    height: Number(entry(picture, 'Height')),
    channels: isName(entry(picture, 'ColorSpace'), 'DeviceGray') ? 1 : 3,
    jpeg: () => file.stream(reference).bytes,
  };
}

function boxOf(file: ObjectFile, page: PdfDict, key: string): ScanPage['rect'] | null {
  const box = file.resolve(page.get(key));
  if (!Array.isArray(box)) return null;
  const [a, b, c, d] = box.map((side) => file.resolve(side));
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return null;
  return { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
}

/** What draws the page; empty where it is long. */
function contentOf(file: ObjectFile, page: PdfDict): string {
  const contents = page.get('Contents');
  const own = file.resolve(contents);
  const parts = (Array.isArray(own) ? own : [contents]).map((part) => {
    const length = file.resolve((file.resolve(part) as PdfDict).get('Length'));
    if (typeof length !== 'number' || length > LONGEST) throw new Error('the page has more than a picture');
    const { dictionary, bytes } = file.stream(part);
    return inflated(dictionary, bytes).toString('latin1');
  });
  return parts.join('\n');
}

/** The one picture that the content places, upright and not mirrored; null where it does anything else. */
function placedPicture(content: string): { name: string; matrix: number[] } | null {
  if (content.length > LONGEST) return null;
  const reader = new PdfReader(`${content} `);
  let matrix = [1, 0, 0, 1, 0, 0];
  const kept: number[][] = [];
  let found: { name: string; matrix: number[] } | null = null;
  while (!reader.isAtEnd()) {
    const operands: PdfObject[] = [];
    let operator = reader.word();
    for (; operator === null; operator = reader.word()) operands.push(reader.object());
    if (operator === 'q') kept.push(matrix);
    else if (operator === 'Q') matrix = kept.pop() ?? matrix;
    else if (operator === 'cm' && operands.length === 6 && operands.every((value) => typeof value === 'number'))
      matrix = product(operands, matrix);
    else if (operator === 'Do' && operands[0] instanceof PdfName && found === null)
      found = { name: operands[0].name, matrix };
    else return null;
  }
  const [a = 0, b = 0, c = 0, d = 0] = found?.matrix ?? [];
  return a > 0 && d > 0 && Math.abs(b) + Math.abs(c) < a * 0.01 ? found : null;
}

function product(inner: number[], outer: number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = inner;
  const [A = 0, B = 0, C = 0, D = 0, E = 0, F = 0] = outer;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** A JPEG in gray or RGB whose pixels are taken as they are: no mask, no other colours. */
function isPlainJpeg(file: ObjectFile, picture: PdfDict): boolean {
  const entry = (key: string) => file.resolve(picture.get(key));
  const filter = entry('Filter');
  const filters = Array.isArray(filter) ? filter.map((one) => file.resolve(one)) : [filter];
  const parameters = entry('DecodeParms');
  const isAsItIs = parameters === null || (Array.isArray(parameters) && parameters.every((one) => one === null));
  return (
    isName(entry('Subtype'), 'Image') &&
    filters.length === 1 &&
    isName(filters[0], 'DCTDecode') &&
    isAsItIs &&
    ['SMask', 'Mask', 'ImageMask', 'Decode', 'OC', 'Alternates'].every((key) => !picture.has(key)) &&
    entry('BitsPerComponent') === 8 &&
    isName(entry('ColorSpace'), 'DeviceGray', 'DeviceRGB')
  );
}
