// pdf.js's build for this Node.js brings core-js with it, which puts versions of its own in place of these, for the whole
// process and many times slower: no reader or writer of this program needs them. The worker's half is loaded here as well, else
// pdf.js loads it later and does the same again.
const { push } = Array.prototype;
const { parse, stringify } = JSON;
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
// @ts-expect-error: it has no types.
await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
Array.prototype.push = push;
JSON.parse = parse;
JSON.stringify = stringify;

export const { getDocument, ImageKind, OPS, Util, VerbosityLevel } = pdfjs;
