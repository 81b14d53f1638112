import type { Paragraph } from './plan.ts';
import type { ColumnRole, OpenTable } from './task-tables.ts';
import { capitalShare } from './text.ts';

export const cellText = (paragraph: Paragraph, column: number): string => {
  const cell = paragraph.cells.find((c) => c.column === column);
  return cell ? paragraph.text.slice(cell.start, cell.end) : '';
};

const GROUP_NUMBER = /^(?:[IVX]+|[A-ZĐ])\.?$/u;

/** A group row has text in its first cells only: "I. Chỉ đạo điều hành", or "I" and its title. `next` is the row below. */
export function groupOf(
  paragraph: Paragraph,
  next: Paragraph | undefined,
  roles: ReadonlyMap<ColumnRole, number>,
): string | null {
  const filled = paragraph.cells.filter((cell) => cell.end > cell.start);
  if (filled.length === 1 || paragraph.cells.length === 1) {
    const text = filled[0] ? paragraph.text.slice(filled[0].start, filled[0].end) : paragraph.text;
    const column = filled[0]?.column ?? 0;
    const spans = (filled[0]?.columnSpan ?? 1) > 1 || column === 0;
    return spans || /^(?:[IVX]+|[A-ZĐ])[.)]\s|^\d+\.\s/u.test(text) || capitalShare(text) > 0.8 ? text : null;
  }
  const texts = filled.map((cell) => paragraph.text.slice(cell.start, cell.end).trim());
  // Two group rows that a converter set in one: "A | NỀN MÓNG | I | Thể chế". The last one goes for what follows.
  if (texts.length >= 4 && texts.length % 2 === 0 && texts.every((text, at) => at % 2 === 1 || GROUP_NUMBER.test(text)))
    return `${(texts.at(-2) ?? '').replace(/\.?$/, '.')} ${texts.at(-1)}`;
  const [no, content] = [roles.get('no'), roles.get('content')];
  if (filled.length === 2 && no !== undefined && content !== undefined) {
    const number = cellText(paragraph, no).trim();
    const title = cellText(paragraph, content);
    // "5.1 | Thương mại" above "5.1.1 | …".
    const holdsNext = number !== '' && next?.text.startsWith(`${number.replace(/\.$/, '')}.`) === true;
    if ((GROUP_NUMBER.test(number) || holdsNext) && title !== '') return `${number.replace(/\.?$/, '.')} ${title}`;
  }
  return null;
}

const NUMBERS = 'I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX'.split(' ');
/** What engines make of a roman number: "1l", "VH", "vu". */
const LIKE_ROMAN = /^[IVXLHNUTYijlvxuhyụư1!|]{1,5}[.,]?$/iu;

/**
 * A group row whose roman number was misread: it says only what, the rows' numbers go on without it, and its title is
 * written as that of the group before. Its number is the one that follows that group's.
 */
export function misreadGroup(
  paragraph: Paragraph,
  next: Paragraph | undefined,
  { roles, table, group, groups }: OpenTable,
): string | null {
  const [no, content] = [roles.get('no'), roles.get('content')];
  const filled = paragraph.cells.filter((cell) => cell.end > cell.start).map((cell) => cell.column);
  if (no === undefined || content === undefined || filled.join() !== [no, content].join()) return null;
  const [number, title] = [cellText(paragraph, no).trim(), cellText(paragraph, content)];
  const [, before, titleBefore = ''] = /^(?:([IVX]+)\. )?(.*)$/su.exec(group) ?? [];
  if (!LIKE_ROMAN.test(number) || !isWrittenLike(title, titleBefore)) return null;
  const due = Number(table.rows.at(-1)?.no ?? 0) + 1;
  const below = next?.table === paragraph.table ? Number(cellText(next, no).replace(/\.$/, '')) : Number.NaN;
  if (Number(number) === due && below !== due && below !== 1) return null;
  const place = before === undefined ? groups : NUMBERS.indexOf(before) + 1;
  return `${(NUMBERS[place] ?? number).replace(/\.?$/, '.')} ${title}`;
}

/** In capitals as the title before; without one, capitals tell. */
function isWrittenLike(title: string, before: string): boolean {
  const inCapitals = capitalShare(title) > 0.8;
  return before === '' ? inCapitals : inCapitals === capitalShare(before) > 0.8;
}
