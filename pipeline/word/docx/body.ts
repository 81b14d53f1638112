import {
  PAGE_BREAK,
  type TextRun,
  type WordBlock,
  type WordCell,
  type WordParagraph,
  type WordTable,
} from '../blocks.ts';
import { withSymbols } from '../symbols.ts';
import { child, elements, number, value, wholeNumber, type XmlElement } from '../xml.ts';
import type { DocxContext } from './context.ts';
import { readInline } from './inline.ts';
import { merged, paragraphProperties, type RunProperties, runProperties } from './styles.ts';

/** Twips: width of a grid column in a file that gives none. */
const SOME_WIDTH = 1000;
/** Content that was deleted or moved away, and properties. */
const NOT_PRINTED = new Set(['w:del', 'w:moveFrom', 'w:sectPr', 'w:sdtPr', 'w:tblPr', 'w:tblGrid', 'w:trPr', 'w:tcPr']);

/** The paragraphs, tables and sections of a body, cell, text box or note, in reading order. */
export function readBlocks(parent: XmlElement, context: DocxContext): WordBlock[] {
  const blocks: WordBlock[] = [];
  /** A paragraph whose end was deleted: it goes on in the next one. */
  let unended: WordParagraph | null = null;
  for (const element of unwrapped(parent, ['w:p', 'w:tbl'])) {
    if (element.name === 'w:tbl') {
      blocks.push(readTable(element, context));
      continue;
    }
    const { paragraph, boxes } = readParagraph(element, context);
    if (unended) {
      unended.runs.push(...paragraph.runs);
      unended.notes.push(...paragraph.notes);
    } else blocks.push(paragraph);
    unended = endDeleted(element) ? (unended ?? paragraph) : null;
    for (const box of boxes) blocks.push(...readBlocks(box, context));
    const section = child(child(element, 'w:pPr'), 'w:sectPr') && context.sections.shift();
    if (section) blocks.push(section);
  }
  return blocks;
}

/** The elements of these names, also where controls, insertions and the like stand around them. */
function* unwrapped(parent: XmlElement, names: readonly string[]): Generator<XmlElement> {
  for (const element of elements(parent)) {
    if (names.includes(element.name)) yield element;
    else if (element.name === 'mc:AlternateContent') yield* unwrapped(child(element, 'mc:Choice') ?? element, names);
    else if (!NOT_PRINTED.has(element.name)) yield* unwrapped(element, names);
  }
}

function endDeleted(paragraph: XmlElement): boolean {
  const mark = child(child(paragraph, 'w:pPr'), 'w:rPr');
  return child(mark, 'w:del') !== undefined || child(mark, 'w:moveFrom') !== undefined;
}

function readParagraph(element: XmlElement, context: DocxContext): { paragraph: WordParagraph; boxes: XmlElement[] } {
  // A field's code ends in its own paragraph; one left open would swallow the rest of the document.
  context.fields = context.fields.filter((state) => state === 'result');
  const own = child(element, 'w:pPr');
  const styleId = value(own, 'w:pStyle');
  const style = context.styles.paragraph(styleId);
  const direct = paragraphProperties(own);
  const properties = merged(style.paragraph, direct);
  const { runs, notes, boxes } = readInline(element, style.run, context);
  if (properties.turnsPage) runs.unshift({ text: PAGE_BREAK, font: null, bold: false, italic: false, size: null });
  const list = properties.list ?? '0';
  const tied = style.chain.map((id) => context.lists.levelOfStyle(list, id)).find((level) => level !== undefined);
  const level = direct.level ?? (direct.list === undefined ? tied : undefined) ?? properties.level ?? 0;
  const mark = merged(style.run, runProperties(child(own, 'w:rPr')));
  return {
    paragraph: {
      kind: 'paragraph',
      label: list === '0' || endDeleted(element) ? null : labelOf(context.count(list, level), mark),
      runs,
      centered: properties.centered ?? false,
      notes,
    },
    boxes,
  };
}

function labelOf(counted: ReturnType<DocxContext['count']>, mark: RunProperties): TextRun | null {
  if (!counted || counted.text.trim() === '') return null;
  const { text, level } = counted;
  const font = level.font ?? mark.font ?? null;
  return {
    text: withSymbols(text, font),
    font,
    bold: level.bold ?? mark.bold ?? false,
    italic: mark.italic ?? false,
    size: mark.size ?? null,
  };
}

function readTable(table: XmlElement, context: DocxContext): WordTable {
  const widths = [...elements(child(table, 'w:tblGrid'), 'w:gridCol')].map(
    (column) => wholeNumber(column.attributes.w) ?? 0,
  );
  const rows: WordCell[][] = [];
  for (const row of unwrapped(table, ['w:tr'])) {
    const properties = child(row, 'w:trPr');
    if (child(properties, 'w:del')) continue;
    const cells: WordCell[] = [];
    let column = number(properties, 'w:gridBefore') ?? 0;
    for (const cell of unwrapped(row, ['w:tc'])) {
      const own = child(cell, 'w:tcPr');
      const span = Math.max(1, number(own, 'w:gridSpan') ?? 1);
      const left = edge(widths, column);
      const right = edge(widths, column + span);
      column += span;
      const blocks = readBlocks(cell, context);
      const before = cells.at(-1);
      if (value(own, 'w:hMerge') !== 'restart' && child(own, 'w:hMerge') && before) before.right = right;
      else cells.push({ left, right, covers: coversOf(child(own, 'w:vMerge')), blocks });
    }
    rows.push(cells);
  }
  return { kind: 'table', rows };
}

function coversOf(merge: XmlElement | undefined): WordCell['covers'] {
  if (!merge) return null;
  return merge.attributes.val === 'restart' ? 'first' : 'more';
}

/** Twips to a grid line; every column has some width, whatever the file says. */
function edge(widths: readonly number[], column: number): number {
  let total = 0;
  const given = widths.every((width) => width > 0);
  for (let at = 0; at < column; at++) total += (given ? widths[at] : undefined) ?? SOME_WIDTH;
  return total;
}
