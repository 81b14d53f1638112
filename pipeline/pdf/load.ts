import { readFile } from 'node:fs/promises';
import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { PlanError } from '../../output/issues.ts';
import { PDF_ASSETS } from './assets.ts';
import { isCutOff } from './damage.ts';
import { getDocument, VerbosityLevel } from './pdfjs.ts';
import { withPageList } from './salvage.ts';

/** A PDF as pdf.js has it. */
export interface Loaded {
  task: PDFDocumentLoadingTask;
  document: PDFDocumentProxy;
  /** The file is cut off. */
  damaged: boolean;
}

/** Opens a PDF with pdf.js; throws a PlanError `encrypted` or `damaged` where it cannot be read at all. */
export async function loadFile(path: string, maxImagePixels: number): Promise<Loaded> {
  const bytes = new Uint8Array(await readFile(path));
  const damaged = isCutOff(bytes, bytes.length);
  try {
    return { ...(await load(bytes, maxImagePixels)), damaged };
  } catch (error) {
    if (!(error instanceof PlanError) || error.code !== 'damaged') throw error;
    // pdf.js keeps the bytes that it was given.
    const mended = withPageList(new Uint8Array(await readFile(path)));
    if (!mended) throw error;
    return { ...(await load(mended, maxImagePixels)), damaged: true };
  }
}

async function load(data: Uint8Array, maxImageSize: number): Promise<Omit<Loaded, 'damaged'>> {
  const task = getDocument({
    ...PDF_ASSETS,
    ...{ data, maxImageSize },
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
  });
  try {
    const document = await task.promise;
    if (document.numPages > 0) return { task, document };
  } catch (cause) {
    await task.destroy();
    if (cause instanceof Error && cause.name === 'PasswordException')
      throw new PlanError(
        'read',
        'encrypted',
        'The PDF asks for a password. Save a copy without one and import that.',
        {
          cause,
        },
      );
    throw damagedFile(cause);
  }
  await task.destroy();
  throw damagedFile(undefined);
}

function damagedFile(cause: unknown): PlanError {
  const message = 'The PDF is damaged or cut off and cannot be opened. Fetch or scan it again.';
  return new PlanError('read', 'damaged', message, { cause });
}
