import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFOperatorList, TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';

const SOFT_HYPHEN = '\u00AD';
/** Thousandths of the font size: a wider step to the right parts words. */
const GAP = 200;

/** pdf.js's glyph, or a step to the left. */
type Shown = { unicode: string } | number;

/**
 * pdf.js leaves soft hyphens out of a page's text; in TCVN3 they are a letter. Puts them back where the page's operators
 * show them. The content given where the two do not go together.
 */
export function withSoftHyphens(content: TextContent, operators: PDFOperatorList): TextContent {
  const items = content.items.flatMap((item) => ('str' in item ? [{ ...item }] : []));
  const places = items.flatMap((item, at) =>
    item.str.split('').flatMap((text, index) => (text.trim() === '' ? [] : [{ at, index, text }])),
  );
  /** By item: how many soft hyphens stand before a character (its index in the item). */
  const found = items.map(() => new Map<number, number>());
  let next = 0;
  let parted = true;
  for (const shown of glyphs(operators)) {
    if (typeof shown === 'number') parted ||= shown < -GAP;
    else if (shown.unicode === SOFT_HYPHEN) {
      const place = parted ? places[next] : places[next - 1];
      if (!place) continue;
      const index = parted ? place.index : place.index + place.text.length;
      found[place.at]?.set(index, (found[place.at]?.get(index) ?? 0) + 1);
    } else {
      const letters = [...shown.unicode].filter((text) => text.trim() !== '');
      parted = letters.length === 0;
      for (const letter of letters) {
        if (places[next]?.text.normalize('NFKC') !== letter.normalize('NFKC')) return content;
        next++;
      }
    }
  }
  return { ...content, items: items.map((item, at) => ({ ...item, str: inserted(item, found[at] ?? new Map()) })) };
}

function* glyphs({ fnArray, argsArray }: PDFOperatorList): Generator<Shown> {
  for (let at = 0; at < fnArray.length; at++) {
    if (fnArray[at] === OPS.showText) yield* (argsArray[at] as [Shown[]])[0];
  }
}

function inserted({ str }: TextItem, found: Map<number, number>): string {
  if (found.size === 0) return str;
  let out = '';
  for (let at = 0; at <= str.length; at++) out += SOFT_HYPHEN.repeat(found.get(at) ?? 0) + str.charAt(at);
  return out;
}
