import type { Box, Engine } from '../output/record.ts';

/** A word of a page. `raw` is what the reader gave, `text` what restoration made of it (equal until the restore stage). */
export interface Word {
  raw: string;
  text: string;
  /** Fractions of the page; null for plain text. */
  box: Box | null;
  /** 0..1; 1 for text layers and plain text. */
  confidence: number;
  /** How surely it was read, where restoration changed it: `confidence` is then that of the change as well. */
  read?: number;
  bold?: boolean;
  italic?: boolean;
  /** Another reading of its number that is as likely. */
  doubt?: string;
}

/** Where a line stands when the page has columns there; a change of region always ends a paragraph. */
export type LineRegion = 'body' | 'left' | 'right' | 'footnote';

export interface Line {
  kind: 'line';
  words: Word[];
  box: Box | null;
  region: LineRegion;
  /** Height of the letters in points (font size of a text layer, x-height based estimate of a scan); null for plain text. */
  size: number | null;
  /** Empty lines before it; plain text only. */
  blankBefore: number;
  /** The first word behind wide white, as of a second column; plain text only. */
  gap?: number;
  /** The mark-up told that it is a heading (Markdown `#`, or a line all in `**`). */
  markedHeading?: boolean;
  /**
   * What the file itself says of paragraphs (Word): the line begins one, stands behind a line break in one, or goes on
   * the one that the page's end cut.
   */
  paragraph?: 'starts' | 'breaks' | 'continues';
  /** The file says that it is centred; pages with boxes tell it by them. */
  centered?: boolean;
}

export interface TableCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  box: Box | null;
  lines: Line[];
}

/** A table whose cells are known: from ruling lines, or from pipes. `columns` and `rows` count grid tracks. */
export interface Table {
  kind: 'table';
  box: Box | null;
  rows: number;
  columns: number;
  cells: TableCell[];
  /** The file says that it goes on the table before it: its first row is a row of its own. */
  continued?: boolean;
}

/** What is on the page but no part of its text: kept for the reviewer. */
export interface Region {
  kind: 'page-number' | 'running-head' | 'footer' | 'seal' | 'stamp' | 'signature' | 'image';
  box: Box;
  text?: string;
}

/** One page as read or recognised: lines and tables in reading order. */
export interface Page {
  /** From 1. */
  number: number;
  /** Points; null for plain text. */
  width: number | null;
  height: number | null;
  textSource: 'text-layer' | 'ocr' | 'plain';
  /** 0..1: share of the page's words that look like words. */
  quality: number;
  engine: Engine | null;
  /** Degrees clockwise by which it was turned to be read: size and boxes are those of the turned page. */
  turned?: 90 | 180 | 270;
  /** Two pages were scanned side by side: the share of the width at which they part. Their items come one page after the other. */
  fold?: number;
  items: (Line | Table)[];
  regions: Region[];
}

/** All lines of a page in reading order, those in table cells too. */
export function* pageLines(page: Page): Generator<Line> {
  for (const item of page.items) {
    if (item.kind === 'line') yield item;
    else for (const cell of item.cells) yield* cell.lines;
  }
}

/** The line's words joined by single spaces. */
export function lineText(line: Line): string {
  return line.words.flatMap((word) => (word.text === '' ? [] : [word.text])).join(' ');
}
