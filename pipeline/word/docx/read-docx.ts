import type { WordBlock, WordParagraph, WordSection } from '../blocks.ts';
import { listCounter } from '../numbering.ts';
import { child, elements, parseXml, value, wholeNumber, type XmlElement } from '../xml.ts';
import { damagedWord, unzip, type ZipLimits } from '../zip.ts';
import { readBlocks } from './body.ts';
import type { DocxContext } from './context.ts';
import { readLists } from './lists.ts';
import { readStyles } from './styles.ts';

const PARTS = /(?:^|\/)(?:_rels\/\.rels|(?:document|styles|numbering|footnotes|endnotes)\d*\.xml)$/;
const OFFICE_DOCUMENT = /\/officeDocument$/;
const A4 = { w: 11906, h: 16838 };

/** Reads a DOCX. Throws a PlanError `damaged` or `too-large`. */
export async function readDocx(path: string, limits?: ZipLimits): Promise<WordBlock[]> {
  const files = await unzip(path, (name) => PARTS.test(name), limits);
  try {
    return readParts(files);
  } catch (cause) {
    throw damagedWord(cause);
  }
}

function readParts(files: ReadonlyMap<string, Buffer>): WordBlock[] {
  const main = mainPart(files);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const part = (name: string): XmlElement | undefined => {
    const found = [...files.keys()].find(
      (key) => key.startsWith(folder) && new RegExp(`^${name}\\d*\\.xml$`).test(key.slice(folder.length)),
    );
    return found === undefined ? undefined : parse(files.get(found));
  };
  const body = child(child(parse(files.get(main)), 'w:document'), 'w:body');
  if (!body) throw new Error('the document has no body');
  const styles = readStyles(part('styles'));
  const lists = readLists(part('numbering'), styles);
  const sections = [...sectionsOf(body)];
  const first = sections.shift();
  const context: DocxContext = {
    styles,
    lists,
    count: listCounter(lists.lists),
    note: noteReader({ footnote: part('footnotes'), endnote: part('endnotes') }, () => context),
    sections,
    fields: [],
  };
  const blocks = readBlocks(body, context);
  return first ? [{ ...first, turnsPage: false }, ...blocks] : blocks;
}

function mainPart(files: ReadonlyMap<string, Buffer>): string {
  const relations = files.get('_rels/.rels');
  if (relations) {
    for (const relation of elements(child(parse(relations), 'x:Relationships'))) {
      const target = (relation.attributes.Target ?? '').replace(/^\//, '');
      if (OFFICE_DOCUMENT.test(relation.attributes.Type ?? '') && files.has(target)) return target;
    }
  }
  return 'word/document.xml';
}

function parse(bytes: Buffer | undefined): XmlElement {
  if (!bytes) throw new Error('a part of the document is missing');
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return parseXml(new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes));
}

/** The properties of the sections in order; each is told at its section's end. */
function* sectionsOf(parent: XmlElement): Generator<WordSection> {
  for (const element of elements(parent)) {
    if (element.name === 'w:sectPr') yield sectionOf(element);
    else if (
      element.name === 'w:p' ||
      element.name === 'w:pPr' ||
      element.name === 'w:sdt' ||
      element.name === 'w:sdtContent'
    )
      yield* sectionsOf(element);
  }
}

function sectionOf(element: XmlElement): WordSection {
  const size = child(element, 'w:pgSz')?.attributes;
  const type = value(element, 'w:type');
  return {
    kind: 'section',
    width: (wholeNumber(size?.w) || A4.w) / 20,
    height: (wholeNumber(size?.h) || A4.h) / 20,
    turnsPage: type !== 'continuous' && type !== 'nextColumn',
  };
}

type NoteKind = 'footnote' | 'endnote';

/** Notes are numbered in the order in which the text refers to them. */
function noteReader(parts: Record<NoteKind, XmlElement | undefined>, context: () => DocxContext): DocxContext['note'] {
  const counts: Record<NoteKind, number> = { footnote: 0, endnote: 0 };
  return (kind, id) => {
    const all = child(parts[kind], kind === 'footnote' ? 'w:footnotes' : 'w:endnotes');
    const note = [...elements(all)].find((one) => one.attributes.id === id);
    if (!note) return [];
    const number = String(++counts[kind]);
    const { fields } = context();
    const paragraphs = readBlocks(note, { ...context(), fields: [], sections: [] }).filter(
      (block) => block.kind === 'paragraph',
    );
    context().fields = fields;
    return paragraphs.map((paragraph, index): WordParagraph => {
      const label = { text: number, font: null, bold: false, italic: false, size: null };
      return index === 0 && paragraph.label === null ? { ...paragraph, label } : paragraph;
    });
  };
}
