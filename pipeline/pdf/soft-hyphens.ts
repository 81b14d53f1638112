import type { PDFOperatorList, TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { OPS } from './pdfjs.ts';

const SOFT_HYPHEN = '\u00AD';
/** Thousandths of the font size: a wider step to the right parts words. */
const GAP = 200;

interface Place {
  /** Index of the item and of the character in it. */
  at: number;
  index: number;
}

/** pdf.js's glyph, or a step to the left. */
type Shown = { unicode: string } | number;

/** Font sizes: letters that stand this near to each other may have one soft hyphen between them, and no other white. */
const WIDEST = 0.9;

/**
 * pdf.js leaves soft hyphens out of a page's text and takes their room for a blank; in TCVN3 they are a letter. Puts them
 * back where the page's operators show them. The content given where the two do not go together.
 */
export function withSoftHyphens(content: TextContent, operators: PDFOperatorList): TextContent {
  const items = content.items.flatMap((item) => ('str' in item ? [{ ...item }] : []));
  const places = items.flatMap((item, at) =>
    item.str.split('').flatMap((text, index) => (text.trim() === '' ? [] : [{ at, index, text }])),
  );
  /** By item: how many soft hyphens stand before a character (its index in the item). */
  const found = items.map(() => new Map<number, number>());
  const joined: [Place, Place][] = [];
  let next = 0;
  let parted = true;
  let hyphened = false;
  for (const shown of glyphs(operators)) {
    if (typeof shown === 'number') parted ||= shown < -GAP;
    else if (shown.unicode === SOFT_HYPHEN) {
      const place = parted ? places[next] : places[next - 1];
      if (!place) continue;
      const index = parted ? place.index : place.index + place.text.length;
      found[place.at]?.set(index, (found[place.at]?.get(index) ?? 0) + 1);
      hyphened = !parted;
    } else {
      const letters = [...shown.unicode].filter((text) => text.trim() !== '');
      parted = letters.length === 0;
      const [before, after] = [places[next - 1], places[next]];
      if (hyphened && letters.length > 0 && before && after) joined.push([before, after]);
      hyphened = false;
      for (const letter of letters) {
        if (places[next]?.text.normalize('NFKC') !== letter.normalize('NFKC')) return content;
        next++;
      }
    }
  }
  for (const [before, after] of joined) closeUp(items, before, after);
  return { ...content, items: items.map((item, at) => ({ ...item, str: inserted(item, found[at] ?? new Map()) })) };
}

/** Two letters of one line with one soft hyphen between: takes the blank between them away, in place. */
function closeUp(items: TextItem[], before: Place, after: Place): void {
  const [first, second] = [items[before.at], items[after.at]];
  if (!first || !second) return;
  if (first === second) {
    first.str = blanked(first.str, before.index + 1, after.index);
    return;
  }
  const [a, b, , , x, y] = first.transform as number[];
  const [, , , , nextX, nextY] = second.transform as number[];
  const size = Math.hypot(a ?? 0, b ?? 0);
  const [right, up] = [(nextX ?? 0) - (x ?? 0), (nextY ?? 0) - (y ?? 0)];
  const along = (right * (a ?? 0) + up * (b ?? 0)) / size;
  const off = Math.abs(up * (a ?? 0) - right * (b ?? 0)) / size;
  if (off > size / 2 || along < first.width || along > first.width + WIDEST * size) return;
  first.str = blanked(first.str, before.index + 1, first.str.length);
  first.width = along;
  for (const item of items.slice(before.at + 1, after.at)) item.str = blanked(item.str, 0, item.str.length);
  second.str = blanked(second.str, 0, after.index);
}

/** Taken out of a text whose places are counted already: no character instead of them. */
const NOTHING = '\u0000';
const blanked = (text: string, from: number, to: number): string =>
  text.slice(0, from) + NOTHING.repeat(Math.max(0, to - from)) + text.slice(to);

function* glyphs({ fnArray, argsArray }: PDFOperatorList): Generator<Shown> {
  for (let at = 0; at < fnArray.length; at++) {
    if (fnArray[at] === OPS.showText) yield* (argsArray[at] as [Shown[]])[0];
  }
}

function inserted({ str }: TextItem, found: Map<number, number>): string {
  let out = '';
  for (let at = 0; at <= str.length; at++) out += SOFT_HYPHEN.repeat(found.get(at) ?? 0) + str.charAt(at);
  return out.replaceAll(NOTHING, '');
}
