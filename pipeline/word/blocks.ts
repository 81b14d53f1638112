/** A stretch of text in one type. */
export interface TextRun {
  /** With "\t", LINE_BREAK, PAGE_BREAK and TURNED_PAGE as they stand. */
  text: string;
  /** The font's name where it is known. */
  font: string | null;
  bold: boolean;
  italic: boolean;
  /** Points, or null where the file does not say. */
  size: number | null;
  /** Shown in capitals, whatever its letters are. */
  capitals?: boolean;
}

export const LINE_BREAK = '\n';
/** A page break that the writer set. */
export const PAGE_BREAK = '\f';
/** Where the text ran on to the next page when the file was last shown. */
export const TURNED_PAGE = '\v';

export interface WordParagraph {
  kind: 'paragraph';
  /** The automatic number or bullet as printed, or null. */
  label: TextRun | null;
  runs: TextRun[];
  centered: boolean;
  /** Footnotes that its text refers to, in order, each with its printed number. */
  notes: WordParagraph[];
}

/** A cell between two edges; `covers`: it begins a merge over rows, or goes on the one above. */
export interface WordCell {
  /** Twips from the table's left side. */
  left: number;
  right: number;
  covers: 'first' | 'more' | null;
  blocks: WordBlock[];
}

export interface WordTable {
  kind: 'table';
  rows: WordCell[][];
}

/** A new section: pages of this size (points) from here on. */
export interface WordSection {
  kind: 'section';
  width: number;
  height: number;
  /** It begins on a new page. */
  turnsPage: boolean;
}

export type WordBlock = WordParagraph | WordTable | WordSection;

/** All paragraphs in reading order, those in table cells and footnotes too. */
export function* paragraphsOf(blocks: readonly WordBlock[]): Generator<WordParagraph> {
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      yield block;
      yield* block.notes;
    } else if (block.kind === 'table') {
      for (const row of block.rows) for (const cell of row) yield* paragraphsOf(cell.blocks);
    }
  }
}
