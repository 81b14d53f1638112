import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeWhole } from '../../output/write-whole.ts';
import type { FileKind, PlanFile } from '../document.ts';
import type { Page } from '../page.ts';
import { codeVersion } from './code-version.ts';
import type { JobOptions } from './protocol.ts';
import { sweepBelow } from './state.ts';

/** Below the hidden folder: a folder a document, a file a page. */
const FOLDER = 'pages';
/** Bytes of all pages kept; a page takes some ten thousand. */
const MOST = 4 * 2 ** 30;
/** Milliseconds: a week. */
const LEFT = 7 * 24 * 3600 * 1000;
const CODE = fileURLToPath(new URL(`./page-job${extname(import.meta.url)}`, import.meta.url));

let version: string | undefined;

/** Pages recognised earlier: what costs most is not done again when only what comes after has changed. */
export interface PageCache {
  /** The page as it would be recognised now, or null: never read, read by other code or another engine, or damaged. */
  get(file: PlanFile, kind: FileKind, page: number): Promise<Page | null>;
  /** Keeps a page in place of what was kept of it before. A page that cannot be written is not kept. */
  put(file: PlanFile, kind: FileKind, page: Page): Promise<void>;
  /** Whether pages were put there. */
  readonly hasGrown: boolean;
}

/** `state`: the hidden folder of the results. One reading of each page is kept, the last. */
export function pageCache(state: string, { engine, engineVersion }: JobOptions): PageCache {
  version ??= codeVersion(CODE);
  let hasGrown = false;
  const folderOf = (file: PlanFile): string => join(state, FOLDER, file.id);
  const pathOf = (file: PlanFile, page: number): string => join(folderOf(file), `${page}.json.gz`);
  const keyOf = (file: PlanFile, kind: FileKind, page: number): string =>
    JSON.stringify([version, file.sha256, kind, page, engine, engineVersion]);
  return {
    get hasGrown() {
      return hasGrown;
    },
    async get(file, kind, page) {
      try {
        // Its checksum tells a damaged file.
        const json = await promisify(gunzip)(await readFile(pathOf(file, page)));
        const kept = JSON.parse(json.toString('utf8')) as { key: string; page: Page };
        return kept.key === keyOf(file, kind, page) ? kept.page : null;
      } catch {
        return null;
      }
    },
    async put(file, kind, page) {
      // Nothing read may be a blank page or an engine that failed: it is looked at anew.
      if (page.items.length === 0) return;
      hasGrown = true;
      const kept = JSON.stringify({ key: keyOf(file, kind, page.number), page });
      try {
        await mkdir(folderOf(file), { recursive: true });
        await writeWhole(pathOf(file, page.number), await promisify(gzip)(kept));
      } catch {
        // A full disk is told where the results are written.
      }
    },
  };
}

/** Takes away what a killed run has left half written among the pages. */
export async function sweepPages(state: string): Promise<void> {
  await sweepBelow(join(state, FOLDER), await readdir(join(state, FOLDER)).catch(() => []));
}

/** Takes the pages of a document away. */
export async function dropPages(state: string, id: string): Promise<void> {
  await rm(join(state, FOLDER, id), { recursive: true, force: true });
}

/**
 * Takes away the pages of documents that the results do not have. `ids`: those they have. What a run that was killed has
 * left is kept for a while: it may go on.
 */
export async function prunePages(state: string, ids: ReadonlySet<string>): Promise<void> {
  for (const id of await readdir(join(state, FOLDER)).catch(() => [])) {
    if (ids.has(id)) continue;
    const found = await stat(join(state, FOLDER, id)).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > LEFT) await dropPages(state, id);
  }
}

/** Takes away the pages of the documents that were recognised longest ago, as long as all are more than `most` bytes. */
export async function limitPages(state: string, most = MOST): Promise<void> {
  const documents: { id: string; bytes: number; time: number }[] = [];
  for (const id of await readdir(join(state, FOLDER)).catch(() => [])) {
    const folder = join(state, FOLDER, id);
    const found = await stat(folder).catch(() => null);
    if (found === null) continue;
    let bytes = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      bytes += (await stat(join(folder, name)).catch(() => null))?.size ?? 0;
    }
    documents.push({ id, bytes, time: found.mtimeMs });
  }
  let all = documents.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { id, bytes } of documents.sort((a, b) => a.time - b.time)) {
    if (all <= most) break;
    await dropPages(state, id);
    all -= bytes;
  }
}
