import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Signs that would end a link or change what it names. */
const RESERVED = /[%#?\s"<>\\^`{|}:]/g;

/**
 * A link from a file to another: relative, so that both can be moved together, but to another drive. Letters stay as
 * they are, as spreadsheets write them.
 */
export function linkTo(from: string, to: string): string {
  const path = relative(dirname(resolve(from)), to);
  if (isAbsolute(path)) return pathToFileURL(to).href;
  return path
    .split(sep)
    .map((name) => name.replace(RESERVED, encodeURIComponent))
    .join('/');
}
