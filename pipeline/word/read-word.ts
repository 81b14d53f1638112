import { open } from 'node:fs/promises';
import { convertRuns } from '../legacy/convert-runs.ts';
import type { Page } from '../page.ts';
import { LINE_BREAK, paragraphsOf, type TextRun, type WordBlock } from './blocks.ts';
import { readDoc } from './doc/read-doc.ts';
import { readDocx } from './docx/read-docx.ts';
import { pagesOf } from './pages.ts';

/**
 * Reads a Word file, new (DOCX) or old (DOC), told apart by its first bytes, as pages without boxes. Text in legacy fonts
 * is Unicode in them. Throws a PlanError: `damaged`, `encrypted`, `too-large`, `unsupported-format` or `unknown-format`.
 */
export async function readWord(path: string): Promise<Page[]> {
  const blocks = (await isZip(path)) ? await readDocx(path) : await readDoc(path);
  toUnicode(blocks);
  return pagesOf(blocks);
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === 'PK';
  } finally {
    await file.close();
  }
}

/** Changes the blocks' texts: legacy fonts to Unicode, and what is shown in capitals to capitals. */
function toUnicode(blocks: readonly WordBlock[]): void {
  const runs: TextRun[] = [];
  const asked: { text: string; font: string | null }[] = [];
  for (const { label, runs: own } of paragraphsOf(blocks)) {
    const all = label ? [label, ...own] : own;
    runs.push(...all);
    asked.push(
      ...all.map(({ text, font }, index) => ({ font, text: index === all.length - 1 ? text + LINE_BREAK : text })),
    );
  }
  convertRuns(asked).forEach(({ text }, index) => {
    const run = runs[index];
    if (!run) return;
    const ended = (asked[index]?.text.length ?? 0) > run.text.length;
    const own = ended ? text.slice(0, -1) : text;
    run.text = run.capitals ? own.toUpperCase() : own;
  });
}
