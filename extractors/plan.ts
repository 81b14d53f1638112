import type { SectionStyle } from '../output/record.ts';

/** A cell of a table row inside its paragraph's text: [start, end) character offsets. */
export interface CellRange {
  column: number;
  columnSpan: number;
  start: number;
  end: number;
}

/** One paragraph: one line of text.txt. */
export interface Paragraph {
  text: string;
  kind: 'text' | 'row';
  region: 'body' | 'left' | 'right' | 'footnote';
  /** Page where it begins. */
  page: number;
  /** Mark-up or bold type says that it is a heading. */
  marked: boolean;
  centered: boolean;
  /** For rows: the table's number in the document, the number of its columns, and the cells. */
  table: number | null;
  columns: number;
  cells: CellRange[];
}

/** A stretch of one paragraph: [start, end) character offsets of its text. */
export interface Anchor {
  paragraph: number;
  start: number;
  end: number;
}

export type Role =
  | 'letterhead'
  | 'type'
  | 'title'
  | 'preamble'
  | 'heading'
  | 'bullet'
  | 'text'
  | 'remark'
  | 'row'
  | 'recipients'
  | 'signature'
  | 'closing'
  | 'footnote';

/** What a paragraph is in the plan, and under which headings it stands. */
export interface Block {
  paragraph: number;
  role: Role;
  /** Indexes into `headings`, from the top; a heading's own block includes itself. */
  path: number[];
  /** "-", "+", "•" … of a bullet. */
  mark: string | null;
  /** Offset of the first character after the mark or number. */
  start: number;
}

export interface Heading {
  number: string | null;
  style: SectionStyle;
  level: number;
  title: string;
  runIn: boolean;
  anchor: Anchor;
  /** Index of the enclosing heading, or null. */
  parent: number | null;
}

/** A plan as the extractors see it: paragraphs with their roles, and the outline. */
export interface Plan {
  paragraphs: Paragraph[];
  blocks: Block[];
  headings: Heading[];
}

/** Printed numbers of the enclosing headings from the top: "*" for a star label, "appendix" for an appendix. */
export function sectionPath(plan: Plan, path: readonly number[]): string[] {
  return path.map((index) => {
    const heading = plan.headings[index];
    if (!heading) return '?';
    if (heading.style === 'star') return '*';
    if (heading.style === 'appendix') return 'appendix';
    return heading.number ?? '?';
  });
}
