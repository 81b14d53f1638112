import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import { PlanError } from '../../output/issues.ts';
import type { FileKind, PlanDocument } from '../document.ts';

const BY_MEDIA_TYPE: Record<string, FileKind> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/tiff': 'image',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'word',
  'application/x-cfb': 'word',
};

const BY_ENDING: Record<string, FileKind> = {
  '.pdf': 'pdf',
  '.png': 'image',
  '.jpg': 'image',
  '.jpeg': 'image',
  '.tif': 'image',
  '.tiff': 'image',
  '.txt': 'text',
  '.md': 'text',
  '.docx': 'word',
  '.doc': 'word',
};

/** Endings of files that may be plans. */
export const PLAN_ENDINGS = Object.keys(BY_ENDING);

/** Tells what the file is by its bytes; a name that says otherwise is reported, and the file is read as what it is. */
export async function intake(document: PlanDocument): Promise<PlanDocument> {
  const { path, source, bytes } = document.file;
  if (bytes === 0) throw new PlanError('intake', 'empty-file', `${source} is empty (0 bytes): fetch or scan it again.`);
  const ending = extname(source).toLowerCase();
  const named = BY_ENDING[ending];
  const type = await fileTypeFromFile(path);
  const isCutPdf = type === undefined && (await startsAsPdf(path));
  const mediaType = isCutPdf ? 'application/pdf' : (type?.mime ?? textType(ending));
  const kind = BY_MEDIA_TYPE[mediaType] ?? (type === undefined && named === 'text' ? 'text' : undefined);
  if (kind === 'word') {
    throw new PlanError(
      'intake',
      'unsupported-format',
      `${source} is a Word file, which this version cannot read yet: save it as PDF in Word and import the PDF.`,
    );
  }
  if (kind === undefined) {
    const found = type ? `holds ${type.mime}` : `does not begin like a ${ending.slice(1).toUpperCase() || 'plan'} file`;
    throw new PlanError(
      'intake',
      'unknown-format',
      `${source} ${found}: no plan can be read from it. Import PDF, PNG, JPEG, TIFF, TXT or MD files.`,
    );
  }
  const issues = [...document.issues];
  if (named !== undefined && (named !== kind || mismatch(ending, mediaType))) {
    issues.push({
      severity: 'warning',
      stage: 'intake',
      code: 'unknown-format',
      message: `${source} is not what its name says: it holds ${mediaType} and is read as that. Rename it to match.`,
      page: null,
      quote: null,
      expected: null,
    });
  }
  return { ...document, kind, mediaType, issues };
}

const textType = (ending: string): string => (ending === '.md' ? 'text/markdown' : 'text/plain');

/** "scan.png" that is a JPEG is read all the same, but named. */
function mismatch(ending: string, mediaType: string): boolean {
  const expected: Record<string, string> = {
    '.png': 'image/png',
    '.jpg': 'image/jpeg',
    '.jpeg': 'image/jpeg',
    '.tif': 'image/tiff',
    '.tiff': 'image/tiff',
  };
  return expected[ending] !== undefined && expected[ending] !== mediaType;
}

/** Some writers put blanks or a line before "%PDF-". */
async function startsAsPdf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer.subarray(0, bytesRead).includes('%PDF-');
  } finally {
    await file.close();
  }
}
