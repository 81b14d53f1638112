import type { WordParagraph, WordSection } from '../blocks.ts';
import type { ListLabel } from '../numbering.ts';
import type { DocxLists } from './lists.ts';
import type { Styles } from './styles.ts';

/** What reading a DOCX's body needs to know, and how far it has come. */
export interface DocxContext {
  styles: Styles;
  lists: DocxLists;
  count(list: string, level: number): ListLabel | null;
  /** The text of a footnote or endnote, with its printed number. */
  note(kind: 'footnote' | 'endnote', id: string): WordParagraph[];
  /** The sections still to come, the next one first. */
  sections: WordSection[];
  /** Fields that are open: in their code, which is not printed, or in their result. */
  fields: ('code' | 'result')[];
}
