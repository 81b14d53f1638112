import { type Random, random } from './random.ts';
import type { Block, Plan } from './source.ts';

/** Lines of text between two page breaks. */
const PAGE_LINES = 44;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The letterhead as it is pasted: the left column, then the right one. */
function pasteLetterhead(paster: Paster, plan: Plan): void {
  for (const line of [...plan.left, ...plan.right]) paster.line(`${line} `);
  if (plan.left.length + plan.right.length > 0) paster.line('');
}

/** Writes lines the way text comes out of a PDF by copy and paste. */
class Paster {
  private readonly out: string[] = [];
  private onPage = 0;

  constructor(private readonly rng: Random) {}

  /** A paragraph, wrapped, with blank lines and stray blanks where pasting leaves them; a page ends inside a sentence. */
  paragraph(text: string): void {
    const lines = wrap(text, Math.round(this.rng.between(75, 85)));
    for (const [index, line] of lines.entries()) {
      const breakHere = index > 0 && this.onPage >= PAGE_LINES && !/[.;:]$/.test(lines[index - 1] ?? '');
      if (breakHere) this.onPage = 0;
      const stray = breakHere || (index === 0 && this.rng.next() < 0.08) ? ' ' : '';
      this.out.push(`${breakHere ? '\f' : ''}${stray}${line}${this.rng.next() < 0.7 ? ' ' : ''}`);
      if (index < lines.length - 1 && this.rng.next() < 0.45) this.out.push(this.rng.next() < 0.2 ? ' ' : '');
      this.onPage++;
    }
    if (this.rng.next() < 0.75) this.out.push('');
  }

  /** A line that stands as it is. */
  line(text: string): void {
    this.out.push(text);
  }

  text(): string {
    return `${this.out.join('\n')}\n`;
  }
}

/** Paragraphs are wrapped; the rows of tables keep their cells apart by bars, as programs that read PDFs write them. */
function pasteBlocks(paster: Paster, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.kind !== 'table') paster.paragraph(block.text);
    else for (const cells of block.rows) paster.line(`| ${cells.join(' | ')} |`);
  }
}

function pasteSignature(paster: Paster, plan: Plan): void {
  paster.line(' ');
  for (const line of plan.recipients) paster.line(`${line} `);
  paster.line('');
  for (const line of plan.sign.slice(0, -1)) {
    paster.line(`${line} `);
    paster.line('');
  }
  for (let i = 0; i < 3; i++) paster.line(' ');
  for (const line of plan.sign.slice(-1)) paster.line(line);
}

/** The plan as text pasted out of a PDF: wrapped at 75 to 85 signs, with blank lines and form feeds inside sentences. */
export function paste(plan: Plan, seed = plan.scan.seed): string {
  const paster = new Paster(random(seed));
  pasteLetterhead(paster, plan);
  const title = (lines: readonly string[]): void => {
    paster.line(` ${lines[0] ?? ''} `);
    paster.line('');
    for (const line of lines.slice(1)) paster.line(`${line} `);
    paster.line(' ');
  };
  if (plan.deed.length > 0) {
    title(plan.deed);
    pasteBlocks(paster, plan.deedBody);
    pasteSignature(paster, plan);
    paster.line('\f');
  }
  title([plan.type, ...plan.title, ...(plan.note === '' ? [] : [plan.note])]);
  pasteBlocks(paster, plan.body);
  if (plan.deed.length === 0) pasteSignature(paster, plan);
  if (plan.appendix.length > 0) paster.line('\f');
  pasteBlocks(paster, plan.appendix);
  return paster.text();
}
