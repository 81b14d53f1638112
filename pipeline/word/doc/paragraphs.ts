import { LINE_BREAK, PAGE_BREAK, type TextRun } from '../blocks.ts';
import type { ListLabel } from '../numbering.ts';
import { symbolOf, withSymbols } from '../symbols.ts';
import type { DocStreams } from './container.ts';
import { readCharacterFormatting, readParagraphFormatting, type Stretch, stretchFinder } from './formatting.ts';
import type { IndexBlock } from './index-block.ts';
import { type CharacterProperties, changeCharacter, changeParagraph, type RowDefinition } from './properties.ts';
import { readFonts, readStyles } from './styles.ts';
import { readText } from './text.ts';

export interface DocParagraph {
  runs: TextRun[];
  /** Place of the mark that ends it. */
  end: number;
  centered: boolean;
  list: number;
  level: number;
  inTable: boolean;
  endsCell: boolean;
  endsRow: boolean;
  row: RowDefinition | null;
  /** Places of its references to notes. */
  references: number[];
  /** The list's label in the type it is printed in. */
  label(counted: ListLabel): TextRun;
}

export interface ParagraphReader {
  fonts: string[];
  /** The paragraphs of a stretch of the text; `sectionEnds`: places of marks that end a section. */
  between(from: number, to: number, sectionEnds?: ReadonlySet<number>): DocParagraph[];
}

const PARAGRAPH_END = '\r';
const CELL_END = '\u0007';
const BREAK = '\f';
/** What characters below the blank mean; those that are not here print nothing. */
const CONTROLS: Record<string, string> = {
  '\t': '\t',
  '\u000b': LINE_BREAK,
  '\u000e': LINE_BREAK,
  '\f': PAGE_BREAK,
  '\u001e': '-',
  // Left out in the end, but a letter in TCVN3.
  '\u001f': '\u00AD',
};
const FIELD_BEGIN = '\u0013';
const FIELD_RESULT = '\u0014';
const FIELD_END = '\u0015';
const NOTE = '\u0002';

export function paragraphReader({ main, data }: DocStreams, index: IndexBlock): ParagraphReader {
  const { text, offsets, changes } = readText(main, index);
  const styles = readStyles(index.part('styles'));
  const fonts = readFonts(index.part('fonts'));
  const paragraphAt = stretchFinder(readParagraphFormatting(main, index));
  const characterAt = stretchFinder(readCharacterFormatting(main, index));

  const changesAt = (place: number): Buffer | null =>
    changes.find(({ from, to }) => place >= from && place < to)?.list ?? null;

  function characterReader(style: number): (place: number) => CharacterProperties {
    const base = styles.paragraph(style).character;
    const known = new Map<Stretch | null, CharacterProperties>();
    return (place) => {
      const stretch = characterAt(offsets[place] ?? 0);
      let properties = known.get(stretch);
      if (!properties) {
        properties = stretch ? changeCharacter(base, stretch.list, styles.characterChanges) : base;
        known.set(stretch, properties);
      }
      const later = changes.length > 0 ? changesAt(place) : null;
      return later ? changeCharacter(properties, later, styles.characterChanges) : properties;
    };
  }
  const readers = new Map<number, ReturnType<typeof characterReader>>();
  const readerOf = (style: number): ReturnType<typeof characterReader> => {
    const known = readers.get(style) ?? characterReader(style);
    readers.set(style, known);
    return known;
  };

  function between(from: number, to: number, sectionEnds: ReadonlySet<number> = new Set()): DocParagraph[] {
    const paragraphs: DocParagraph[] = [];
    const fields: ('code' | 'result')[] = [];
    let start = from;
    for (let place = from; place < Math.min(to, text.length); place++) {
      const mark = text[place] ?? '';
      const ends = mark === PARAGRAPH_END || mark === CELL_END || (mark === BREAK && sectionEnds.has(place));
      if (!ends && place !== to - 1) continue;
      const paragraph = read(start, place, fields);
      // A paragraph whose mark was deleted goes on in the next one.
      if (paragraph === null) continue;
      paragraphs.push(paragraph);
      start = place + 1;
    }
    return paragraphs;
  }

  function read(start: number, end: number, fields: ('code' | 'result')[]): DocParagraph | null {
    const stretch = paragraphAt(offsets[end] ?? 0);
    const style = stretch?.style ?? 0;
    const characters = readerOf(style);
    const mark = characters(end);
    if (mark.deleted && text[end] === PARAGRAPH_END) return null;
    const base = styles.paragraph(style).paragraph;
    let properties = stretch ? changeParagraph(base, stretch.list, data) : base;
    const later = changesAt(end);
    if (later) properties = changeParagraph(properties, later, data);
    const isText = ![PARAGRAPH_END, CELL_END, BREAK].includes(text[end] ?? '');
    // A field's code ends in its own paragraph; one left open would swallow the rest.
    while (fields.includes('code')) fields.splice(fields.indexOf('code'), 1);
    const { runs, references } = readRuns(start, isText ? end + 1 : end, characters, fields);
    if (properties.turnsPage) runs.unshift(runOf(PAGE_BREAK, mark));
    return {
      runs,
      end,
      centered: properties.centered,
      list: properties.list,
      level: properties.level,
      inTable: properties.inTable,
      endsCell: text[end] === CELL_END,
      endsRow: properties.endsRow,
      row: properties.row,
      references,
      label: ({ text: label, level }) => {
        const font = level.font ?? fontOf(mark.font);
        return { ...runOf(withSymbols(label, font), mark), font, bold: level.bold ?? mark.bold };
      },
    };
  }

  function readRuns(
    start: number,
    end: number,
    characters: (place: number) => CharacterProperties,
    fields: ('code' | 'result')[],
  ): { runs: TextRun[]; references: number[] } {
    const runs: TextRun[] = [];
    const references: number[] = [];
    let last: CharacterProperties | null = null;
    for (let place = start; place < end; place++) {
      const character = text[place] ?? '';
      const properties = characters(place);
      if (character === FIELD_BEGIN) fields.push('code');
      else if (character === FIELD_RESULT && fields.length > 0) fields[fields.length - 1] = 'result';
      else if (character === FIELD_END) fields.pop();
      if (properties.deleted || properties.hidden || fields.includes('code')) continue;
      if (character === NOTE) references.push(place);
      const printed = printedAs(character, properties);
      if (printed === '') continue;
      const run = runs.at(-1);
      if (run && last === properties) run.text += printed;
      else runs.push(runOf(printed, properties));
      last = properties;
    }
    for (const run of runs) run.text = withSymbols(run.text, run.font);
    return { runs, references };
  }

  function printedAs(character: string, { symbol }: CharacterProperties): string {
    if (symbol && character === '(') return symbolOf(fontOf(symbol.font) ?? '', symbol.code);
    return character < ' ' ? (CONTROLS[character] ?? '') : character;
  }

  const fontOf = (font: number | null): string | null => (font === null ? null : (fonts[font] ?? null));

  function runOf(printed: string, { font, bold, italic, size, capitals }: CharacterProperties): TextRun {
    return { text: printed, font: fontOf(font), bold, italic, size, ...(capitals ? { capitals: true } : {}) };
  }

  return { fonts, between };
}
