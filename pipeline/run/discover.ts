import { createHash } from 'node:crypto';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../output/usage-error.ts';
import { PLAN_ENDINGS } from '../file-endings.ts';
import { bySource } from './state.ts';

/** A file met: a plan to read, or one that could not be opened. */
export interface FoundFile {
  path: string;
  /** The path below the folder named, with "/" as separator, NFC. */
  source: string;
  /** The folder it was found in by name, for telling equal sources apart. */
  root: string;
}

export interface Discovery {
  /** Plans to read; also folders that could not be opened, which fail like a file. */
  files: FoundFile[];
  /** Files passed over: lock files, and in folders hidden files and endings that are no plan. */
  skipped: string[];
}

/** A result's folder is told by its name and by what is in it, so that no run takes results in as plans. */
const RESULT_FOLDER = /-[0-9a-f]{8}$/;
const RESULT_FILE = /^(?:document\.json|text\.txt|layout\.json|review\.json)(?:\..+\.part)?$/;

/**
 * Walks the folders and files named. The output folder, if there is one, is passed over where it lies inside, and so
 * are results of other runs. Throws UsageError for a path that does not exist.
 */
export async function discover(paths: readonly string[], outDir: string | null): Promise<Discovery> {
  const files: FoundFile[] = [];
  const skipped: string[] = [];
  const out = outDir === null ? null : await real(outDir);
  const seen = new Set<string>();
  for (const named of paths) {
    const path = resolve(await existing(named));
    const source = basename(path).normalize('NFC');
    if (await isFolder(path)) await walk(path, path, source);
    else if (isLockFile(source)) skipped.push(source);
    else add({ path, source, root: folderOf(path) });
  }
  return { files: distinctSources(files).sort(bySource), skipped: skipped.sort() };

  function add(file: FoundFile): void {
    if (seen.has(file.path)) return;
    seen.add(file.path);
    files.push(file);
  }

  async function walk(folder: string, top: string, root: string): Promise<void> {
    const sourceOf = (path: string) => relative(top, path).split(sep).join('/').normalize('NFC');
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      add({ path: folder, source: sourceOf(folder) || root, root });
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name.startsWith('.') || (await real(path)) === out || (await isResult(path))) continue;
        await walk(path, top, root);
      } else if (isLockFile(entry.name) || entry.name.startsWith('.') || !hasPlanEnding(entry.name)) {
        skipped.push(sourceOf(path));
      } else if (entry.isFile() || entry.isSymbolicLink()) add({ path, source: sourceOf(path), root });
    }
  }
}

const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));
const isLockFile = (name: string): boolean => name.startsWith('~$');
const hasPlanEnding = (name: string): boolean => PLAN_ENDINGS.includes(extname(name).toLowerCase());
const folderOf = (path: string): string => basename(dirname(path)).normalize('NFC');
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

async function isResult(folder: string): Promise<boolean> {
  if (!RESULT_FOLDER.test(folder)) return false;
  const names = await readdir(folder).catch(() => []);
  return names.length > 0 && names.every((name) => RESULT_FILE.test(name));
}

/** The path as it is on disk: letters with marks may be written in two ways. A link that leads nowhere is there, too. */
export async function existing(path: string): Promise<string> {
  for (const form of [path, path.normalize('NFC'), path.normalize('NFD')]) {
    if (await lstat(form).catch(() => null)) return form;
  }
  throw new UsageError(`${path} does not exist: ${remedyFor(path)}`);
}

function remedyFor(path: string): string {
  if (/[*?]/.test(path)) return 'name the folder itself, all plans in it are read.';
  // On Windows \" is a quote that belongs to the name.
  if (path.includes('"')) return 'write no \\ before a closing quote.';
  return 'check the name, and put quotes around one with blanks.';
}

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

/** Bytes read at once. */
const CHUNK = 256 * 1024;

/** SHA-256 and size of a file, read piece by piece. */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(chunk.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
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

/** Why a file cannot be opened and what to do, from what the system says. */
export function unreadable(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'You may not read it: ask its owner, or import a copy of your own.';
    case 'EBUSY':
      return 'Another program holds it: close that program and run again.';
    case 'ENOENT':
      return 'It is not there, or a link whose file is gone: restore the file, or take the link away.';
    case 'EISDIR':
      return 'It is a folder that cannot be opened or a link to a folder: name the folder itself, if you may read it.';
    default:
      return `It cannot be opened (${message}): copy it to this machine and import the copy.`;
  }
}
