import { LINE_BREAK, PAGE_BREAK, type TextRun, TURNED_PAGE, type WordParagraph } from '../blocks.ts';
import { symbolOf, withSymbols } from '../symbols.ts';
import { child, elements, value, type XmlElement } from '../xml.ts';
import type { DocxContext } from './context.ts';
import { merged, type RunProperties, runProperties } from './styles.ts';

/** What a paragraph's runs hold. */
export interface Inline {
  runs: TextRun[];
  notes: WordParagraph[];
  /** Contents of text boxes (`w:txbxContent`). */
  boxes: XmlElement[];
}

/** Deleted text, properties and field codes. */
const NOT_PRINTED = new Set(['w:del', 'w:moveFrom', 'w:pPr', 'w:rPr', 'w:sdtPr', 'w:instrText', 'w:delText', 'w:rt']);

/** Reads what stands in a paragraph: runs, however they are wrapped (hyperlinks, insertions, controls, fields). */
export function readInline(parent: XmlElement, inherited: RunProperties, context: DocxContext): Inline {
  const out: Inline = { runs: [], notes: [], boxes: [] };

  function walk(element: XmlElement, properties: RunProperties): void {
    for (const part of elements(element)) {
      if (NOT_PRINTED.has(part.name)) continue;
      if (part.name === 'w:r') {
        const own = child(part, 'w:rPr');
        walk(part, merged(inherited, context.styles.character(value(own, 'w:rStyle')), runProperties(own)));
      } else if (part.name === 'mc:AlternateContent') walk(alternative(part), properties);
      else if (part.name === 'w:txbxContent') out.boxes.push(part);
      else if (!take(part, properties)) walk(part, properties);
    }
  }

  /** Whether the element is one of text; others may hold some. */
  function take(part: XmlElement, properties: RunProperties): boolean {
    switch (part.name) {
      case 'w:t':
      case 'm:t':
        put(withSymbols(textOf(part), properties.font ?? null), properties);
        return true;
      case 'w:tab':
      case 'w:ptab':
        put('\t', properties);
        return true;
      case 'w:noBreakHyphen':
        put('-', properties);
        return true;
      case 'w:softHyphen':
        // Left out in the end, but a letter in TCVN3.
        put('\u00AD', properties);
        return true;
      case 'w:cr':
        put(LINE_BREAK, properties);
        return true;
      case 'w:br':
        put(part.attributes.type === 'page' ? PAGE_BREAK : LINE_BREAK, properties);
        return true;
      case 'w:lastRenderedPageBreak':
        put(TURNED_PAGE, properties);
        return true;
      case 'w:sym':
        put(symbolOf(part.attributes.font ?? '', Number.parseInt(part.attributes.char ?? '', 16)), properties);
        return true;
      case 'w:fldChar':
        field(part.attributes.fldCharType, context.fields);
        return true;
      case 'w:footnoteReference':
        out.notes.push(...context.note('footnote', part.attributes.id ?? ''));
        return true;
      case 'w:endnoteReference':
        out.notes.push(...context.note('endnote', part.attributes.id ?? ''));
        return true;
      default:
        return false;
    }
  }

  function put(text: string, { font, bold, italic, size, capitals, hidden }: RunProperties): void {
    if (hidden || context.fields.includes('code')) return;
    out.runs.push({
      text,
      font: font ?? null,
      bold: bold ?? false,
      italic: italic ?? false,
      size: size ?? null,
      ...(capitals ? { capitals: true } : {}),
    });
  }

  walk(parent, inherited);
  return out;
}

/** The newer of two forms of one content. */
function alternative(element: XmlElement): XmlElement {
  return child(element, 'mc:Choice') ?? child(element, 'mc:Fallback') ?? element;
}

function textOf(element: XmlElement): string {
  const text = element.children.filter((part) => typeof part === 'string').join('');
  return text.replace(/[\n\r\f\v]/g, ' ');
}

function field(type: string | undefined, fields: DocxContext['fields']): void {
  if (type === 'begin') fields.push('code');
  else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = 'result';
  else if (type === 'end') fields.pop();
}
