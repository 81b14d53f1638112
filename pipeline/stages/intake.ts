import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { PlanError } from '../../output/issues.ts';
import type { FileKind, PlanDocument } from '../document.ts';
import { BY_ENDING } from '../file-endings.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const BY_MEDIA_TYPE: Record<string, FileKind> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/tiff': 'image',
  'text/plain': 'text',
  'text/markdown': 'text',
  'text/html': 'word',
  'application/rtf': 'word',
  'application/msword': 'word',
  [DOCX]: 'word',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template': 'word',
  'application/vnd.ms-word.document.macroenabled.12': 'word',
  'application/vnd.ms-word.template.macroenabled.12': 'word',
};

/** Word's name for files that are none of its own formats. */
const FOREIGN_WORD = ['text/html', 'application/rtf'];

/** What an ending promises, where a kind has several. */
const PROMISED: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.docx': DOCX,
  '.doc': 'application/msword',
};

/** What people call what a file holds. */
const NAMES: Record<string, string> = {
  'application/pdf': 'a PDF',
  'image/png': 'a PNG picture',
  'image/jpeg': 'a JPEG picture',
  'image/tiff': 'a TIFF picture',
  'text/plain': 'plain text',
  'text/markdown': 'plain text',
  'text/html': 'a web page',
  'application/msword': 'an old Word file',
  [DOCX]: 'a new Word file',
};

/** Bytes looked at to tell text from anything else. */
const SAMPLE = 65_536;

/** Tells what the file is by its bytes; a name that says otherwise is reported, and the file is read as what it is. */
export async function intake(document: PlanDocument): Promise<PlanDocument> {
  const { path, source, bytes } = document.file;
  if (bytes === 0) throw new PlanError('intake', 'empty-file', 'The file is empty (0 bytes): fetch or scan it again.');
  const ending = extname(source).toLowerCase();
  const mediaType = await mediaTypeOf(path, ending);
  const kind = mediaType === null ? undefined : BY_MEDIA_TYPE[mediaType];
  if (mediaType === 'text/html' && BY_ENDING[ending] !== 'word') {
    throw new PlanError(
      'intake',
      'unknown-format',
      'The file holds a web page, perhaps a log-in page saved in place of the plan: fetch the plan itself again.',
    );
  }
  if (mediaType !== null && FOREIGN_WORD.includes(mediaType)) {
    throw new PlanError(
      'intake',
      'unsupported-format',
      'The file is a web page or RTF under a Word name: open it in Word, save it as a Word document (.docx) and import that.',
    );
  }
  if (mediaType === null || kind === undefined) {
    const found =
      mediaType === null
        ? `does not begin like a ${ending.slice(1).toUpperCase() || 'plan'} file`
        : `holds ${mediaType}`;
    throw new PlanError(
      'intake',
      'unknown-format',
      `The file ${found}: no plan can be read from it. Fetch it again, or open it and save or print it as PDF.`,
    );
  }
  const named = BY_ENDING[ending];
  if (named === undefined || (named === kind && (PROMISED[ending] ?? mediaType) === mediaType)) {
    return { ...document, kind, mediaType };
  }
  const message = `The file's name says ${ending}, but it holds ${NAMES[mediaType] ?? mediaType} and was read as that: rename it.`;
  return {
    ...document,
    kind,
    mediaType,
    issues: [
      ...document.issues,
      {
        ...{ severity: 'warning', stage: 'intake', code: 'unknown-format', message },
        ...{ page: null, quote: null, expected: null },
      },
    ],
  };
}

/** Null where nothing is known of the bytes. Text comes before marks of two letters: a plan may begin with "BM". */
async function mediaTypeOf(path: string, ending: string): Promise<string | null> {
  const { bytes, isAll } = await beginning(path);
  const latin = Buffer.from(bytes).toString('latin1');
  if (/^\s*%PDF-/.test(latin)) return 'application/pdf';
  if (/^\s*\{\\rtf/.test(latin)) return 'application/rtf';
  if (isText(bytes, isAll)) {
    if (/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body|meta|table)\b/i.test(latin)) return 'text/html';
    return ending === '.md' ? 'text/markdown' : 'text/plain';
  }
  const { fileTypeFromFile } = await import('file-type');
  const type = await fileTypeFromFile(path);
  if (type?.mime === 'application/x-cfb') return 'application/msword';
  // A Word file that is cut off is a ZIP of which nothing more is known.
  if (ending === '.docx' && latin.startsWith('PK') && (type?.ext ?? 'zip') === 'zip') return DOCX;
  if (type) return type.mime;
  // Some writers put a line of their own before "%PDF-".
  if (latin.slice(0, 1024).includes('%PDF-')) return 'application/pdf';
  // Text in an old eight-bit code: reading it tells what to do.
  return BY_ENDING[ending] === 'text' ? 'text/plain' : null;
}

async function beginning(path: string): Promise<{ bytes: Uint8Array; isAll: boolean }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    return { bytes: buffer.subarray(0, bytesRead), isAll: bytesRead < SAMPLE };
  } finally {
    await file.close();
  }
}

/** UTF-16 with its mark, or UTF-8 without control characters. */
function isText(bytes: Uint8Array, isAll: boolean): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isAll });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
    return !/[\u0000-\u0008\u000e-\u001f]/.test(text);
  } catch {
    return false;
  }
}
