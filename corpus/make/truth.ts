import type { Block, Plan } from './source.ts';
import { isGroupRow } from './source.ts';

function blockLines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.map((cells) => (isGroupRow(cells) ? (cells[0] ?? '') : cells.join(' | ')))
      : [block.text],
  );
}

/**
 * The text that a reader of the plan should end up with, one paragraph a line: left letterhead, right letterhead, title, body, recipients,
 * signature, appendix. A table row is one line, its cells joined by " | "; the row of a group is just its words.
 */
export function truth(plan: Plan): string {
  const lines = [
    ...plan.left,
    ...plan.right,
    plan.type,
    plan.title.join(' '),
    ...blockLines(plan.body),
    ...plan.recipients,
    ...plan.sign,
    ...blockLines(plan.appendix),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
