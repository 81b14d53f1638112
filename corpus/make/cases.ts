import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTypeface, fontFaces, type Typeface } from './fonts.ts';
import { fillBlanks, leaveBlanks } from './hand.ts';
import { beside, breakRulings, darkBorder, mirror, shadow, squeeze, turn } from './hardships.ts';
import { bilevelPdf } from './jbig2.ts';
import { legacyFaces, restoreHyphen, typeLegacy } from './legacy.ts';
import { page as pageHtml } from './page.ts';
import { imagesToPdf, print } from './print.ts';
import { encodeJpeg, type WornPage, wornPages } from './scan.ts';
import { arrivalStamp, seal } from './seal.ts';
import { type Plan, readSource } from './source.ts';
import { encodeTiff } from './tiff.ts';
import { rotate } from './wear.ts';

/** A scan that shows one hard case; what is not named is as in a clean gray scan of 200 dpi. */
export interface Case {
  /** Its folder. */
  name: string;
  source: string;
  format: 'jpg' | 'pdf' | 'tif' | 'jbig2' | 'legacy';
  shows: string;
  level?: number;
  dpi?: number;
  /** Degrees, clockwise. */
  turn?: number;
  skew?: number;
  /** Share of the width. */
  border?: number;
  /** What the shadow takes away at most, 0 to 1. */
  shadow?: number;
  /** Lines an inch, where a fax has fewer than dots. */
  lines?: number;
  mirror?: boolean;
  seal?: 'colour' | 'gray';
  stamp?: boolean;
  hand?: boolean;
  cut?: boolean;
  rulings?: 'none' | 'light' | 'broken' | 'dotted' | 'double';
  /** Two pages side by side on one image. */
  facing?: boolean;
  /** Pages that are wider than high are turned to stand. */
  turnWide?: boolean;
}

const DPI = 200;
const SEED = 41;
/** Low, for small files; the level of wear is that of an office copy all the same. */
const QUALITY = 40;
/** The table begins where the text ends, so that a page ends inside a row. */
const CUT = '.appendix { break-before: auto !important; padding-top: 50pt; }';
const RULINGS = {
  none: '.tasks th, .tasks td { border: 0 !important; }',
  light: '.tasks th, .tasks td { border: 0.6px solid #b0b0b0 !important; }',
  dotted: '.tasks th, .tasks td { border: 1px dotted #000 !important; }',
  double: '.tasks th, .tasks td { border: 3px double #000 !important; }',
  broken: '',
};

export function readCases(folder: string): Case[] {
  return JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Case[];
}

/** The path of the file of a case below the folder of the scans. */
export function caseFile(one: Case): string {
  return join(one.name, `${one.source}.${one.format === 'legacy' || one.format === 'jbig2' ? 'pdf' : one.format}`);
}

function harden(worn: WornPage, one: Case): WornPage {
  const dpi = one.dpi ?? DPI;
  let { picture } = worn;
  if (one.rulings === 'broken') picture = breakRulings(picture, dpi * 0.3, 4);
  if (one.skew) {
    const { width, height, planes } = picture;
    picture = { width, height, planes: planes.map((plane) => rotate(plane, width, height, one.skew ?? 0)) };
  }
  if (one.shadow) picture = shadow(picture, one.shadow);
  if (one.border) picture = darkBorder(picture, one.border);
  if (one.lines) picture = squeeze(picture, dpi, one.lines);
  if (one.mirror) picture = mirror(picture);
  const degrees = one.turn ?? (one.turnWide && worn.width > worn.height ? 90 : 0);
  const side = degrees % 180 === 90;
  return {
    picture: turn(picture, degrees),
    width: side ? worn.height : worn.width,
    height: side ? worn.width : worn.height,
  };
}

/** Two pages each on one image, the last alone where they are odd. */
function inPairs(pages: readonly WornPage[]): WornPage[] {
  return pages.flatMap((left, i) => {
    if (i % 2 === 1) return [];
    const right = pages[i + 1];
    if (!right) return [left];
    return [{ ...left, picture: beside(left.picture, right.picture), width: left.width + right.width }];
  });
}

async function pagesOf(plan: Plan, one: Case, face: Typeface): Promise<WornPage[]> {
  const rules = `${fontFaces(face)}${one.cut ? CUT : ''}${one.rulings ? RULINGS[one.rulings] : ''}`;
  const printed = pageHtml({ ...plan, cut: one.cut ?? plan.cut }, rules);
  const { html, blanks } = one.hand ? leaveBlanks(printed) : { html: printed, blanks: null };
  const options = { level: one.level ?? 0, dpi: one.dpi ?? DPI, seed: SEED };
  const pages: WornPage[] = [];
  const worn = wornPages(await print(html), options, face, (page, rng) => {
    const first = pages.length === 0;
    const sealed = one.seal !== undefined && seal(page, plan.left[1] ?? '', plan.sign, rng);
    if (one.stamp && first) arrivalStamp(page, rng);
    if (blanks && first) fillBlanks(page, blanks, rng);
    return (sealed && one.seal === 'colour') || ((one.stamp ?? one.hand ?? false) && first);
  });
  for await (const page of worn) pages.push(harden(page, one));
  return one.facing ? inPairs(pages) : pages;
}

/** The bytes of the file of a case. */
async function render(plan: Plan, one: Case, face: Typeface): Promise<Uint8Array> {
  if (one.format === 'legacy') return restoreHyphen(await print(typeLegacy(pageHtml(plan, legacyFaces(face)))));
  const dpi = one.dpi ?? DPI;
  const pages = await pagesOf(plan, one, face);
  if (one.format === 'pdf')
    return imagesToPdf(pages.map((page) => ({ ...page, jpeg: encodeJpeg(page.picture, QUALITY, dpi) })));
  if (one.format === 'jbig2') return bilevelPdf(pages);
  const [page, second] = pages;
  if (!page || second) throw new Error(`${one.name}: a ${one.format} has one page, the plan has ${pages.length}`);
  if (one.format === 'jpg') return encodeJpeg(page.picture, QUALITY, dpi);
  return encodeTiff(page.picture, { across: dpi, down: one.lines ?? dpi, orientation: one.mirror ? 2 : 1 });
}

/** Makes the files of the cases in `folder`, all or those named; `made` hears of each. */
export async function makeCases(
  folder: string,
  sources: string,
  names: readonly string[],
  made: (path: string) => void,
): Promise<void> {
  const face = findTypeface();
  for (const one of readCases(folder)) {
    if (names.length > 0 && !names.includes(one.name)) continue;
    const path = join(folder, caseFile(one));
    mkdirSync(join(folder, one.name), { recursive: true });
    writeFileSync(path, await render(readSource(join(sources, `${one.source}.md`)), one, face));
    made(path);
  }
}
