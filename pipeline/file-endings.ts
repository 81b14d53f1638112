import type { FileKind } from './document.ts';

/** How a file with this ending is read; its bytes may say otherwise. */
export const BY_ENDING: Readonly<Record<string, FileKind>> = {
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
