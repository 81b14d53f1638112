import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../output/usage-error.ts';
import { PLAN_ENDINGS } from '../stages/intake.ts';

/** A file met: a plan to read, or one that could not be opened. */
export interface FoundFile {
  path: string;
  /** The path below the folder named, with "/" as separator, NFC. */
  source: string;
  /** The folder it was found in by name, for telling equal sources apart. */
  root: string;
}

export interface Discovery {
  files: FoundFile[];
  /** Files passed over in folders: lock files, hidden files, endings that are no plan. */
  skipped: string[];
}

const collator = (a: FoundFile, b: FoundFile): number => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0);

/**
 * Walks the folders and files named. The output folder is passed over where it lies inside. Throws UsageError for a path
 * that does not exist.
 */
export async function discover(paths: readonly string[], outDir: string): Promise<Discovery> {
  const files: FoundFile[] = [];
  const skipped: string[] = [];
  const out = await real(outDir);
  const seen = new Set<string>();
  for (const path of paths) {
    const info = await stat(path).catch(() => null);
    if (info === null)
      throw new UsageError(`${path} does not exist: check the name, and put quotes around one with blanks.`);
    const root = basename(resolve(path));
    if (!info.isDirectory()) {
      add({ path: resolve(path), source: basename(path).normalize('NFC'), root: basename(resolve(path, '..')) });
      continue;
    }
    await walk(resolve(path), resolve(path), root);
  }
  return { files: distinctSources(files).sort(collator), skipped: skipped.sort() };

  function add(file: FoundFile): void {
    if (seen.has(file.path)) return;
    seen.add(file.path);
    files.push(file);
  }

  async function walk(folder: string, top: string, root: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      const source = relative(top, path).split(sep).join('/').normalize('NFC');
      if (entry.isDirectory()) {
        if (entry.name.startsWith('.') || (await real(path)) === out) continue;
        await walk(path, top, root);
      } else if (
        entry.name.startsWith('~$') ||
        entry.name.startsWith('.') ||
        !PLAN_ENDINGS.includes(extname(entry.name).toLowerCase())
      ) {
        skipped.push(source);
      } else if (entry.isFile() || entry.isSymbolicLink()) add({ path, source, root });
    }
  }
}

const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/** Two folders named may hold equal paths: then the folder's own name goes before. */
function distinctSources(files: readonly FoundFile[]): FoundFile[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(file.source, (counts.get(file.source) ?? 0) + 1);
  const used = new Set<string>();
  return files.map((file) => {
    let source = (counts.get(file.source) ?? 0) > 1 ? `${file.root}/${file.source}` : file.source;
    for (let n = 2; used.has(source); n++) source = `${file.root}-${n}/${file.source}`;
    used.add(source);
    return { ...file, source };
  });
}

export interface Fingerprint {
  sha256: string;
  bytes: number;
}

/** SHA-256 and size of a file, read as a stream. */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A folder's name for a document: ASCII, short, safe on every file system, unlike any other's. */
export function folderName(source: string, id: string): string {
  const stem = basename(source, extname(source))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 48);
  return `${stem || 'plan'}-${id.slice(0, 8)}`;
}
