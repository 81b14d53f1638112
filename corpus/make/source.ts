import { readFileSync } from 'node:fs';

/** What the tool makes of a source when it is run without arguments. */
export type Make = 'txt' | 'md' | 'docx' | 'english' | 'pdf' | 'scan' | 'case';

const MAKES: readonly string[] = ['txt', 'md', 'docx', 'english', 'pdf', 'scan', 'case'] satisfies Make[];

/** A piece of the body or of the appendix. Lines of headings begin with one to four `#` in the source. */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; rows: string[][] };

/** How a scan is worn; see wear.ts. */
export interface ScanOptions {
  level: number;
  dpi: number;
  seed: number;
  seal: boolean;
}

/** A plan as its source has it. */
export interface Plan {
  make: Make;
  scan: ScanOptions;
  /** Letterhead lines, left and right; both empty where the text was pasted without one. */
  left: string[];
  right: string[];
  type: string;
  /** The title as it is broken over lines. */
  title: string[];
  /** The line in brackets under the title; empty where there is none. */
  note: string;
  /** The decision that the plan is bound behind: the lines of its title; empty where there is none. It has the letterhead and the signature. */
  deed: string[];
  deedBody: Block[];
  body: Block[];
  recipients: string[];
  sign: string[];
  appendix: Block[];
  /** The appendix on pages on their side. */
  landscape: boolean;
  /** The letters of the text in points. */
  size: number;
  /** Rows of tables may be cut by the end of a page. */
  cut: boolean;
}

const LISTS = ['left', 'right', 'deed', 'title', 'recipients', 'sign'] as const;
const SINGLES = ['make', 'scan', 'dpi', 'seed', 'seal', 'type', 'note', 'landscape', 'cut', 'size'] as const;

/** True for a row that has words in its first cell alone: the name of a group of rows. */
export function isGroupRow(cells: readonly string[]): boolean {
  return cells.length > 1 && cells[0] !== '' && cells.slice(1).every((cell) => cell === '');
}

function parseRow(line: string): string[] {
  return line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim());
}

function parseBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    if (line.startsWith('|')) {
      const cells = parseRow(line);
      if (cells.every((cell) => /^:?-+:?$/.test(cell))) continue;
      const last = blocks.at(-1);
      if (last?.kind === 'table') last.rows.push(cells);
      else blocks.push({ kind: 'table', rows: [cells] });
      continue;
    }
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    if (heading) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else blocks.push({ kind: 'paragraph', text: line });
  }
  return blocks;
}

function number(value: string | undefined, otherwise: number, key: string): number {
  if (value === undefined) return otherwise;
  const n = Number(value);
  if (!Number.isFinite(n) || n < 0) throw new Error(`${key}: "${value}" is not a number`);
  return n;
}

const isYes = (value: string | undefined): boolean => /^(yes|true|1)$/.test(value ?? '');

/** The lines between two marks in brackets; the first part has none before it. */
function partsOf(lines: readonly string[]): { deed: string[]; body: string[]; appendix: string[] } {
  const plan = lines.indexOf('[plan]');
  const appendix = lines.indexOf('[appendix]');
  const end = appendix < 0 ? lines.length : appendix;
  return { deed: lines.slice(0, Math.max(0, plan)), body: lines.slice(plan + 1, end), appendix: lines.slice(end + 1) };
}

/** The plan in a source text; throws with the number of the line that it cannot read. */
export function parseSource(text: string): Plan {
  const lines = text.normalize('NFC').split(/\r?\n/);
  if (lines[0]?.trim() !== '---') throw new Error('line 1: the front matter must begin with "---"');
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---');
  if (end < 0) throw new Error('the front matter has no closing "---"');
  const lists: Record<(typeof LISTS)[number], string[]> = {
    left: [],
    right: [],
    deed: [],
    title: [],
    recipients: [],
    sign: [],
  };
  const singles = new Map<string, string>();
  for (let i = 1; i < end; i++) {
    const match = /^(\w+):\s*(.*?)\s*$/.exec(lines[i] ?? '');
    const [, key = '', value = ''] = match ?? [];
    const list = LISTS.find((name) => name === key);
    if (list) lists[list].push(value);
    else if (SINGLES.some((name) => name === key)) singles.set(key, value);
    else throw new Error(`line ${i + 1}: unknown front matter "${lines[i]}"`);
  }
  const make = singles.get('make') ?? 'pdf';
  if (!MAKES.includes(make)) throw new Error(`make: "${make}" is none of ${MAKES.join(', ')}`);
  const content = lines
    .slice(end + 1)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const parts = partsOf(content);
  return {
    make: make as Make,
    scan: {
      level: number(singles.get('scan'), 1, 'scan'),
      dpi: number(singles.get('dpi'), 200, 'dpi'),
      seed: number(singles.get('seed'), 1, 'seed'),
      seal: isYes(singles.get('seal')),
    },
    type: singles.get('type') ?? 'KẾ HOẠCH',
    ...lists,
    note: singles.get('note') ?? '',
    deedBody: parseBlocks(parts.deed),
    body: parseBlocks(parts.body),
    appendix: parseBlocks(parts.appendix),
    landscape: isYes(singles.get('landscape')),
    size: number(singles.get('size'), 14, 'size'),
    cut: isYes(singles.get('cut')),
  };
}

/** The plan in a source file. */
export function readSource(path: string): Plan {
  try {
    return parseSource(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
