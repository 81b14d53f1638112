import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's own dictionary: in KEHOACH_HOME, else where programs keep their settings on this system. */
export function dictionaryPath(): string {
  const { KEHOACH_HOME, APPDATA, XDG_CONFIG_HOME } = process.env;
  const settings = process.platform === 'win32' ? APPDATA : XDG_CONFIG_HOME;
  return join(KEHOACH_HOME || join(settings || join(homedir(), '.config'), 'kehoach'), 'dictionary.json');
}

/** Null where there is none. */
export function dictionaryText(): string | null {
  try {
    return readFileSync(dictionaryPath(), 'utf8');
  } catch {
    return null;
  }
}

/** Tells one state of the dictionary from another: results depend on it. Null where there is none. */
export function dictionaryDigest(): string | null {
  const text = dictionaryText();
  return text === null ? null : createHash('sha256').update(text).digest('hex').slice(0, 16);
}
