import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** A folder of the installed pdfjs-dist. pdf.js wants a trailing slash, on Windows too. */
function folder(name: string): string {
  return `${join(root, name)}/`;
}

/** Where pdf.js finds its data files: no network, no font of the machine. */
export const PDF_ASSETS = {
  cMapUrl: folder('cmaps'),
  cMapPacked: true,
  standardFontDataUrl: folder('standard_fonts'),
  wasmUrl: folder('wasm'),
  iccUrl: folder('iccs'),
};
