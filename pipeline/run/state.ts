import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type IndexEntry, PlanIndex, PlanRecord, SCHEMA_VERSION } from '../../output/record.ts';
import { writeWhole } from '../../output/write-whole.ts';
import type { PlanFile } from '../document.ts';
import { VERSION } from '../version.ts';
import type { JobOptions } from './jobs.ts';

/** Where a run remembers what is done; hidden, so that it is no result. */
const STATE = '.kehoach';

/** What a result depends on: equal keys, equal results. */
export function resultKey(file: PlanFile, options: JobOptions): string {
  return JSON.stringify([
    SCHEMA_VERSION,
    VERSION,
    file.sha256,
    file.source,
    options.engine,
    options.engineVersion,
    options.maxPages,
  ]);
}

/** The record of an earlier run, if it is whole and has this key; null otherwise. */
export async function finished(outDir: string, file: PlanFile, key: string): Promise<PlanRecord | null> {
  try {
    const known = await readFile(join(outDir, STATE, `${file.folder}.json`), 'utf8');
    if (known !== key) return null;
    const parsed = PlanRecord.safeParse(JSON.parse(await readFile(join(outDir, file.folder, 'document.json'), 'utf8')));
    return parsed.success && parsed.data.outcome === 'done' ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function remember(outDir: string, file: PlanFile, key: string): Promise<void> {
  await mkdir(join(outDir, STATE), { recursive: true });
  await writeWhole(join(outDir, STATE, `${file.folder}.json`), key);
}

/** Parts of files that a killed run left half written. */
export async function sweep(outDir: string): Promise<void> {
  const entries = await readdir(outDir, { recursive: true, withFileTypes: true }).catch(() => []);
  const parts = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.part'));
  await Promise.all(parts.map((entry) => rm(join(entry.parentPath, entry.name), { force: true })));
}

/** Entries of earlier runs into the same folder stay, unless this run took the same source in. */
export async function writeIndex(outDir: string, entries: readonly IndexEntry[]): Promise<void> {
  const path = join(outDir, 'index.json');
  const known = PlanIndex.safeParse(
    await readFile(path, 'utf8')
      .then((text): unknown => JSON.parse(text))
      .catch(() => null),
  );
  const sources = new Set(entries.map((entry) => entry.source));
  const kept = known.success ? known.data.documents.filter((entry) => !sources.has(entry.source)) : [];
  const documents = [...kept, ...entries].sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0));
  await writeWhole(path, `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, documents }, null, 2)}\n`);
}
