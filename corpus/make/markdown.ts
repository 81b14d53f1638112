import type { Block, Plan } from './source.ts';

function tableLines(rows: readonly string[][]): string[] {
  const [header = [], ...rest] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rest.map(line)];
}

function blockText(block: Block): string {
  if (block.kind === 'table') return tableLines(block.rows).join('\n');
  if (block.kind === 'paragraph') return block.text;
  return `${'#'.repeat(block.level + 2)} ${block.level % 2 === 1 ? block.text : `**${block.text}**`}`;
}

/** The plan as Markdown: headings with number signs, every second level in bold as well, two blanks where a title goes on in the next line. */
export function markdown(plan: Plan): string {
  const signature = [plan.recipients.join('\n'), ...plan.sign.map((line) => `**${line}**`)];
  const parts = [
    ...plan.left,
    ...plan.right,
    `## ${plan.type}`,
    [`**${plan.title.join(' ')}**`, plan.note].filter((line) => line !== '').join('  \n'),
    ...plan.body.map(blockText),
    ...(plan.sign.length > 0 ? signature : []),
    ...plan.appendix.map(blockText),
  ];
  return `${parts.join('\n\n')}\n`;
}
