import { readFile } from 'node:fs/promises';
import { type Issue, PlanError } from '../../output/issues.ts';
import type { PlanDocument, StageContext } from '../document.ts';
import type { Page } from '../page.ts';
import { decodeText } from '../text/decode.ts';
import { readTextPages } from '../text/read-text.ts';

// The readers of pictures, PDF and Word take longer to load than a short text to be read: each is loaded where it is needed.

/** Reads what text the file has; pages without a usable one are left pending for recognition. */
export async function read(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  switch (document.kind) {
    case 'text':
      return readText(document, context);
    case 'image':
      return readImage(document, context);
    case 'pdf':
      return readPdf(document, context);
    case 'word':
      return readWordFile(document, context);
    default:
      return document;
  }
}

async function readText(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const text = decodeText(await readFile(document.file.path));
  if (text.trim() === '') {
    throw new PlanError(
      'read',
      'empty-file',
      'The file holds only blanks: there is no plan in it. Fetch or save it again.',
    );
  }
  const pages = readTextPages(text);
  return limited({ ...document, pages, pageCount: pages.length }, context);
}

async function readWordFile(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const { readWord } = await import('../word/read-word.ts');
  const pages = await readWord(document.file.path);
  if (pages.every((page) => page.items.length === 0)) {
    throw new PlanError(
      'read',
      'empty-file',
      'The Word file has no text, perhaps only pictures of the plan: save it as PDF and import that.',
    );
  }
  return limited({ ...document, pages, pageCount: pages.length }, context);
}

async function readImage(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const { decodeImage } = await import('../ocr/decode.ts');
  const image = await decodeImage(document.file.path);
  const pending = Array.from({ length: image.pages }, (_, index) => index + 1);
  return limited({ ...document, pageCount: image.pages, pending }, context);
}

async function readPdf(document: PlanDocument, context: StageContext): Promise<PlanDocument> {
  const { openPdf } = await import('../pdf/file.ts');
  const pdf = await openPdf(document.file.path);
  try {
    const pages: Page[] = [];
    const pending: number[] = [];
    const issues: Issue[] = [...document.issues];
    for (let number = 1; number <= Math.min(pdf.pageCount, context.maxPages); number++) {
      try {
        const { page, needsRecognition } = await pdf.readPage(number);
        if (needsRecognition) pending.push(number);
        else pages.push(page);
      } catch (error) {
        if (!(error instanceof PlanError)) throw error;
        issues.push(error.toIssue());
      }
      context.onProgress?.({ stage: 'read', page: number });
    }
    if (pdf.damaged && !issues.some((issue) => issue.severity === 'error')) {
      issues.push(
        new PlanError(
          'read',
          'damaged',
          'The PDF is cut off or damaged: what could be read of it is kept. Fetch or scan it again.',
        ).toIssue(),
      );
    }
    const isEmpty = pending.length === 0 && pages.every((page) => page.items.length === 0);
    if (isEmpty && !issues.some((issue) => issue.severity === 'error')) {
      throw new PlanError(
        'read',
        'empty-file',
        'There is no text in the PDF and no picture of a page, so no plan: fetch or scan it again.',
      );
    }
    return limited({ ...document, pages, pending, issues, pageCount: pdf.pageCount }, context);
  } finally {
    await pdf.close();
  }
}

/** Pages over the limit are left out, and said to be. */
function limited(document: PlanDocument, { maxPages }: StageContext): PlanDocument {
  if (document.pageCount <= maxPages) return document;
  const issue = new PlanError(
    'read',
    'too-many-pages',
    `The file has ${document.pageCount} pages: only the first ${maxPages} were read. Raise --max-pages to read more.`,
  ).toIssue();
  return {
    ...document,
    pages: document.pages.filter((page) => page.number <= maxPages),
    pending: document.pending.filter((number) => number <= maxPages),
    issues: [...document.issues, issue],
  };
}
