import { tableColumns, unitWords } from '../dictionaries/administrative/index.ts';
import type { Recurrence, TaskRow } from '../output/record.ts';
import { parseDate } from './dates.ts';
import { cellText, groupOf, misreadGroup } from './group-rows.ts';
import { memo } from './memo.ts';
import { nearestPhrase } from './nearest.ts';
import type { Anchor, Block, Paragraph, Plan } from './plan.ts';
import { fold } from './text.ts';

export interface FoundRow extends Omit<TaskRow, 'id' | 'evidence'> {
  anchor: Anchor;
  /** Cell of each role that is not empty. */
  cells: Partial<Record<ColumnRole, Anchor>>;
}

export interface FoundTable {
  title: string;
  columns: string[];
  rows: FoundRow[];
}

/** A table of which rows are still to come. */
export interface OpenTable {
  roles: Map<ColumnRole, number>;
  table: FoundTable;
  /** The last group row, and how many there were. */
  group: string;
  groups: number;
}

export type ColumnRole = 'no' | 'content' | 'lead' | 'support' | 'deadline' | 'product' | 'note';

/** A longer cell is no column's head. */
const MAX_HEAD_WORDS = 20;

/** The role that a column's head names, or null. */
export const columnRole: (head: string) => ColumnRole | null = memo(readRole, 1024);

function readRole(head: string): ColumnRole | null {
  if (head.split(/\s+/).length > MAX_HEAD_WORDS) return null;
  const words = fold(head);
  let best: { role: ColumnRole; length: number } | null = null;
  for (const [role, wordings] of Object.entries(tableColumns())) {
    for (const wording of wordings) {
      const phrase = fold(wording);
      if (!` ${words} `.includes(` ${phrase} `) || phrase.length <= (best?.length ?? 0)) continue;
      best = { role: role as ColumnRole, length: phrase.length };
    }
  }
  // "Chủ trì/phối hợp": one column for both is the lead's.
  if (best?.role === 'support' && /(?:^| )chủ trì(?: |$)/u.test(words)) return 'lead';
  if (best) return best.role;
  const phrases = Object.entries(tableColumns()).flatMap(([key, wordings]) =>
    wordings.map((phrase) => ({ key, phrase })),
  );
  return (nearestPhrase(head, phrases, 0.9) as ColumnRole | undefined) ?? null;
}

/** Roles of the columns where the row is the head of a table of tasks; null for any other row. */
function readHead(paragraph: Paragraph): Map<ColumnRole, number> | null {
  const roles = new Map<ColumnRole, number>();
  for (const cell of paragraph.cells) {
    const role = columnRole(paragraph.text.slice(cell.start, cell.end));
    if (role && !roles.has(role)) roles.set(role, cell.column);
  }
  // "Đơn v p phối hp": what is left of a head that was misread.
  const lead = paragraph.cells.findIndex((cell) => cell.column === roles.get('lead'));
  const beside = paragraph.cells[lead + 1];
  const read = beside ? fold(paragraph.text.slice(beside.start, beside.end)) : '';
  if (
    lead >= 0 &&
    beside &&
    !roles.has('support') &&
    columnRole(read) === null &&
    /(?:^| )(?:phối|hợp)(?: |$)/u.test(read)
  )
    roles.set('support', beside.column);
  const named = roles.has('lead') || roles.has('deadline') || roles.has('product');
  return roles.has('content') && named && roles.size >= 3 ? roles : null;
}

/** The tables of tasks. Scoring, budget and project tables are none: their heads name other columns. */
export function extractTaskTables(plan: Plan): FoundTable[] {
  const tables: FoundTable[] = [];
  let current: (OpenTable & { number: number }) | null = null;
  const blocks = plan.blocks.filter((block) => block.role === 'row');
  for (const [index, block] of blocks.entries()) {
    const paragraph = plan.paragraphs[block.paragraph];
    if (!paragraph || paragraph.table === null) continue;
    const head = readHead(paragraph);
    if (current === null || current.number !== paragraph.table) {
      current = null;
      if (!head) continue;
      const columns = paragraph.cells.map((cell) => paragraph.text.slice(cell.start, cell.end));
      const table: FoundTable = { title: titleOf(plan, block), columns, rows: [] };
      tables.push(table);
      current = { number: paragraph.table, roles: head, table, group: '', groups: 0 };
      continue;
    }
    if ((head && isHeadAgain(head, current.roles)) || isColumnNumbers(paragraph)) continue;
    const below = secondHead(paragraph, current.roles);
    if (below) {
      if (current.table.rows.length === 0) for (const [role, column] of below) current.roles.set(role, column);
      continue;
    }
    const next = plan.paragraphs[blocks[index + 1]?.paragraph ?? -1];
    const group = groupOf(paragraph, next, current.roles) ?? misreadGroup(paragraph, next, current);
    if (group !== null) {
      current.group = group;
      current.groups++;
    } else {
      const row = readRow(block, paragraph, current.roles, current.group);
      if (row) current.table.rows.push(row);
    }
  }
  return tables.filter((table) => table.rows.length > 0);
}

/** A head in two rows: "Phân công thực hiện" above, "Chủ trì" and "Phối hợp" below it. */
function secondHead(paragraph: Paragraph, roles: ReadonlyMap<ColumnRole, number>): Map<ColumnRole, number> | null {
  const below = new Map<ColumnRole, number>();
  const filled = paragraph.cells.filter((cell) => cell.end > cell.start);
  if (filled.length < 2 || cellText(paragraph, roles.get('content') ?? -1) !== '') return null;
  for (const cell of filled) {
    const text = paragraph.text.slice(cell.start, cell.end);
    const role = text.split(/\s+/).length <= 6 ? columnRole(text) : null;
    if (role === null) return null;
    below.set(role, cell.column);
  }
  return below;
}

/** The head repeated, maybe in other words ("Nội dung" for "Nhiệm vụ"), under a group's title. */
function isHeadAgain(head: ReadonlyMap<ColumnRole, number>, roles: ReadonlyMap<ColumnRole, number>): boolean {
  return [...head].every(([role, column]) => roles.get(role) === column);
}

/** "(1) | (2) | (3)", "A | B | 1 | 2": the row below the head that numbers the columns. */
function isColumnNumbers(paragraph: Paragraph): boolean {
  const marks = paragraph.cells.map((cell) => paragraph.text.slice(cell.start, cell.end).replace(/[()\s]/g, ''));
  const numbers = marks.filter((mark) => !/^[A-Z]$/.test(mark));
  return marks.length > 2 && numbers.length > 0 && numbers.every((mark, index) => mark === String(index + 1));
}

function titleOf(plan: Plan, block: Block): string {
  const heading = plan.headings[block.path.at(-1) ?? -1];
  return heading?.title ?? '';
}

function readRow(
  block: Block,
  paragraph: Paragraph,
  roles: ReadonlyMap<ColumnRole, number>,
  group: string,
): FoundRow | null {
  const cells: Partial<Record<ColumnRole, Anchor>> = {};
  const value = (role: ColumnRole): string => {
    const column = roles.get(role);
    const cell = paragraph.cells.find((c) => c.column === column);
    if (column === undefined || !cell || cell.end <= cell.start) return '';
    cells[role] = { paragraph: block.paragraph, start: cell.start, end: cell.end };
    return paragraph.text.slice(cell.start, cell.end);
  };
  const content = value('content');
  const sum = /^(?:tổng(?: cộng| số)?|cộng)\s*:?$/iu.test(content.trim() || paragraph.text.trim());
  if (content === '' || sum) return null;
  const deadline = value('deadline');
  const [lead, support] = [value('lead'), value('support')];
  const note = value('note');
  return {
    no: value('no').replace(/\.$/, ''),
    group,
    content,
    lead,
    support,
    deadline,
    deadlineDate: recurrenceOf(deadline) ? null : deadlineOf(deadline),
    recurrence: recurrenceOf(deadline),
    product: value('product'),
    leadUnits: unitList(lead),
    supportUnits: unitList(support),
    ...(note === '' ? {} : { note }),
    // A row that says only what, and neither who nor when, may be a group whose number was misread.
    confidence: [lead, support, deadline, value('product')].some((cell) => cell !== '') ? 0.95 : 0.6,
    anchor: { paragraph: block.paragraph, start: 0, end: paragraph.text.length },
    cells,
  };
}

/** "2026 - 2030" ends with its last year; anything else is the most exact date the cell names. */
function deadlineOf(deadline: string): string | null {
  const years =
    /^(?:giai\s+đoạn\s+)?(?:từ\s+)?(?:năm\s+)?(?:19|20)\d{2}\s*(?:[-–—]|đến)\s*(?:năm\s+)?((?:19|20)\d{2})$/iu.exec(
      deadline.trim(),
    );
  return years ? (years[1] ?? null) : parseDate(deadline);
}

/** A deadline that comes again: "Thường xuyên", "Hằng tháng", "Quý, 6 tháng, năm". Null for a single date. */
export function recurrenceOf(deadline: string): Recurrence | null {
  const words = fold(deadline);
  if (/thường xuyên|liên tục|cả năm|trong năm(?! \d)/u.test(words)) return 'always';
  if (/(?:hằng|hàng|mỗi) tháng|định kỳ tháng/u.test(words)) return 'monthly';
  if (/(?:hằng|hàng|mỗi) quý|^quý( 6 tháng| năm)?/u.test(words) && !/quý (?:[ivx]+|\d)(?: |$)/u.test(words))
    return 'quarterly';
  if (/6 tháng(?! (?:đầu|cuối))|nửa năm/u.test(words)) return 'halfyearly';
  if (/(?:hằng|hàng|mỗi) năm/u.test(words)) return 'yearly';
  return null;
}

let starter: RegExp | null = null;

/** The usual name of a commune's unit that the text is a slip of. */
const usualName = memo((part) =>
  nearestPhrase(
    part,
    unitWords().names.map((name) => ({ key: name, phrase: name })),
    0.97,
  ),
);

/** "Phòng Kinh tế; Công an xã" → one entry a unit, slips of reading taken to the usual name of a commune's unit. */
export function unitList(cell: string): string[] {
  if (cell.trim() === '') return [];
  starter ??= new RegExp(
    `,\\s+(?=(?:${unitWords()
      .starters.filter((s) => s.length > 3)
      .join('|')})\\s)`,
    'iu',
  );
  const between = starter;
  return cell
    .split(/\s*[;\n]\s*/)
    .flatMap((part) => (/^(?:các|những)\s/iu.test(part) ? [part] : part.split(between)))
    .map((part) => part.replace(/[.,;]\s*$/, '').trim())
    .filter((part) => part !== '')
    .map((part) => usualName(part) ?? part);
}
