import { readFile, stat } from 'node:fs/promises';
import { PlanError } from '../../../output/issues.ts';
import type { WordBlock, WordParagraph } from '../blocks.ts';
import { listCounter } from '../numbering.ts';
import { damagedWord } from '../zip.ts';
import { openDoc } from './container.ts';
import { type IndexBlock, readIndexBlock, readStretches } from './index-block.ts';
import { readLists } from './lists.ts';
import { type DocParagraph, paragraphReader } from './paragraphs.ts';
import { readSections } from './sections.ts';
import { tableBuilder } from './tables.ts';

/** Bytes; an old Word file with many pictures has some ten million. */
const MAX_BYTES = 300_000_000;

/** Reads an old Word file. Throws a PlanError: `damaged`, `encrypted`, `too-large`, `unsupported-format`, `unknown-format`. */
export async function readDoc(path: string): Promise<WordBlock[]> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) {
    const message = `The Word file has more than ${MAX_BYTES / 1_000_000} MB. Open it in Word, save it as a Word document (.docx) and import that.`;
    throw new PlanError('read', 'too-large', message);
  }
  const streams = openDoc(await readFile(path));
  try {
    return readStreams(streams);
  } catch (cause) {
    throw damagedWord(cause);
  }
}

function readStreams(streams: ReturnType<typeof openDoc>): WordBlock[] {
  const index = readIndexBlock(streams.main, streams.table);
  const read = paragraphReader(streams, index);
  const count = listCounter(readLists(index, read.fonts));
  const { lengths, starts } = index;
  const notes = new Map([
    ...readNotes(index, 'footnoteReferences', 'footnoteTexts', starts.footnotes),
    ...readNotes(index, 'endnoteReferences', 'endnoteTexts', starts.endnotes),
  ]);
  const sections = readSections(streams.main, index);
  const ends = new Set(sections.map((section) => section.end - 1));
  const blocks: WordBlock[] = [];
  const [first] = sections;
  if (first) blocks.push({ ...first.section, turnsPage: false });

  const labelled = (paragraph: DocParagraph): WordParagraph => {
    const counted = paragraph.list === 0 ? null : count(String(paragraph.list), paragraph.level);
    const label = counted && counted.text.trim() !== '' ? paragraph.label(counted) : null;
    const own = paragraph.references.flatMap((at) => noteParagraphs(notes.get(at)));
    return { kind: 'paragraph', label, runs: paragraph.runs, centered: paragraph.centered, notes: own };
  };
  const noteParagraphs = (note: Note | undefined): WordParagraph[] =>
    note === undefined
      ? []
      : read.between(note.from, note.to).map((one, at) => (at === 0 ? numbered(labelled(one), note) : labelled(one)));

  const tables = tableBuilder(blocks);
  for (const paragraph of read.between(0, lengths.main, ends)) {
    tables.add(paragraph, labelled(paragraph));
    const at = sections.findIndex((section) => section.end - 1 === paragraph.end);
    const next = at < 0 ? undefined : sections[at + 1];
    if (next) blocks.push(next.section);
  }
  tables.close();
  // Where a text box stands is told by the drawings, which are not read: its text is not lost, but comes last.
  for (const paragraph of read.between(starts.textBoxes, starts.textBoxes + lengths.textBoxes))
    blocks.push(labelled(paragraph));
  return blocks;
}

interface Note {
  number: number;
  from: number;
  to: number;
}

/** Notes by the place in the text that refers to them. */
function readNotes(
  index: IndexBlock,
  references: 'footnoteReferences' | 'endnoteReferences',
  texts: 'footnoteTexts' | 'endnoteTexts',
  start: number,
): [number, Note][] {
  const stretches = readStretches(index.part(texts), 0);
  return readStretches(index.part(references), 2).flatMap(({ from }, at): [number, Note][] => {
    const text = stretches[at];
    return text ? [[from, { number: at + 1, from: start + text.from, to: start + text.to }]] : [];
  });
}

function numbered(paragraph: WordParagraph, { number }: Note): WordParagraph {
  if (paragraph.label) return paragraph;
  return { ...paragraph, label: { text: String(number), font: null, bold: false, italic: false, size: null } };
}
