import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../temp.ts';

const folder = tempFolder();
let count = 0;

/** The bytes as a file of their own. */
export function saved(bytes: Buffer, ending = 'docx'): string {
  const path = join(folder, `${++count}.${ending}`);
  writeFileSync(path, bytes);
  return path;
}
