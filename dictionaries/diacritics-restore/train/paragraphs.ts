/** The paragraphs pages are rendered from: texts of the field more often than laws, general text now and then. */
import { isHeldOut, readText, sourcesIn } from './files.ts';

/** Paragraphs of the training part of a folder, or of its held-out part. */
export function paragraphsOf(folder: string, heldOut = false): string[] {
  const out: string[] = [];
  for (const { name, path } of sourcesIn(folder)) {
    const every = heldOut || name.startsWith('admin') ? 1 : /^(?:wiki|general)/.test(name) ? 40 : 10;
    readText(path)
      .split('\n')
      .forEach((line, i) => {
        if (isHeldOut(i) !== heldOut || line.length < 20 || line.length > 1500 || i % every !== 0) return;
        out.push(line.normalize('NFC'));
      });
  }
  return out;
}
