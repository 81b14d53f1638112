import type { Block, Plan } from './source.ts';
import { isGroupRow } from './source.ts';

/** The lines of blocks, a row of a table as one line. */
export function blockLines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.map((cells) => (isGroupRow(cells) ? (cells[0] ?? '') : cells.join(' | ').trimEnd()))
      : [block.text],
  );
}

/**
 * The text that a reader of the plan should end up with, one paragraph a line: left letterhead, right letterhead, title, body, recipients,
 * signature, appendix; a decision before its plan has the recipients and the signature. A table row is one line, its cells joined by " | "; the row of a group that is one cell is just its words.
 */
export function truth(plan: Plan): string {
  const lines = [
    ...plan.left,
    ...plan.right,
    ...(plan.deed.length > 0
      ? [
          plan.deed[0] ?? '',
          plan.deed.slice(1).join(' '),
          ...blockLines(plan.deedBody),
          ...plan.recipients,
          ...plan.sign,
        ]
      : []),
    plan.type,
    plan.title.join(' '),
    plan.note,
    ...blockLines(plan.body),
    ...(plan.deed.length > 0 ? [] : [...plan.recipients, ...plan.sign]),
    ...blockLines(plan.appendix),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
