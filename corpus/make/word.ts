import { cell, docx, p, run, table } from '../../test/word/make-docx.ts';
import type { Block, Plan } from './source.ts';
import { isGroupRow } from './source.ts';

const BOLD = '<w:b/>';
const CENTRED = '<w:jc w:val="center"/>';
const PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
/** Twentieths of a point between the margins of an A4 page. */
const WIDTH = 9200;

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

const plain = (text: string): string => p(run(escapeXml(text)));
const bold = (text: string, place = ''): string => p(run(escapeXml(text), BOLD), place);

function gridOf(count: number): number[] {
  return Array.from({ length: count }, (_, column) => (column === 0 ? 700 : Math.floor((WIDTH - 700) / (count - 1))));
}

function tableXml(rows: readonly string[][]): string {
  const columns = rows[0]?.length ?? 1;
  const cells = rows.map((row) =>
    isGroupRow(row)
      ? [cell(bold(row[0] ?? ''), `<w:gridSpan w:val="${columns}"/>`)]
      : row.map((text) => cell(plain(text))),
  );
  return table(gridOf(columns), ...cells);
}

function blocksXml(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'table') return tableXml(block.rows);
      return block.kind === 'heading' ? bold(block.text) : plain(block.text);
    })
    .join('');
}

/** Two columns side by side, as letterheads and signatures are set: a table without rulings. */
function besides(left: readonly string[], right: readonly string[]): string {
  const column = (lines: readonly string[]): string => cell(lines.map((line) => bold(line, CENTRED)).join(''));
  return table([WIDTH / 2, WIDTH / 2], [column(left), column(right)]);
}

/** The plan as a Word file. */
export function word(plan: Plan): Uint8Array {
  const title = (lines: readonly string[]): string => lines.map((line) => bold(line, CENTRED)).join('');
  const signature = plan.sign.length > 0 ? besides(plan.recipients, plan.sign) : '';
  const body = [
    plan.left.length > 0 ? besides(plan.left, plan.right) : '',
    plan.deed.length > 0 ? title(plan.deed) + blocksXml(plan.deedBody) + signature + PAGE_BREAK : '',
    title([plan.type, ...plan.title]),
    plan.note === '' ? '' : p(run(escapeXml(plan.note), '<w:i/>'), CENTRED),
    blocksXml(plan.body),
    plan.deed.length > 0 ? '' : signature,
    plan.appendix.length > 0 ? PAGE_BREAK + blocksXml(plan.appendix) : '',
  ];
  return docx({ body: body.join('') });
}
