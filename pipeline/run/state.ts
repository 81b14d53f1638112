import { access, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IssueCode } from '../../output/issues.ts';
import type { IndexEntry, PlanRecord } from '../../output/record.ts';
import { dictionaryDigest } from '../../output/review/dictionary-file.ts';
import { UsageError } from '../../output/usage-error.ts';
import { SCHEMA_VERSION } from '../../output/vocabulary.ts';
import { isAbandoned, writeWhole } from '../../output/write-whole.ts';
import type { PlanFile } from '../document.ts';
import { messageOf } from '../message.ts';
import { codeVersion } from './code-version.ts';
import type { JobOptions } from './protocol.ts';

/** Where a run remembers what is done; hidden, so that it is no result. */
const STATE = '.kehoach';
export const stateFolder = (outDir: string): string => join(outDir, STATE);
/** A result's folder is one name: an index must not lead out of its folder. */
export const FOLDER = /^[A-Za-z0-9-]+$/;
const CODE = fileURLToPath(new URL(`./jobs${extname(import.meta.url)}`, import.meta.url));

/** Errors that may be gone the next time: such a result is not kept. */
const PASSING: readonly IssueCode[] = ['timeout', 'crashed', 'unreadable', 'page-unreadable'];

export const cannotWrite = (outDir: string, cause: unknown): UsageError =>
  new UsageError(
    `--out ${outDir} cannot be written to: check the name, or choose a folder of your own. (${messageOf(cause)})`,
    { cause },
  );

/** Makes the results folder, with the hidden one in it. Throws UsageError where it cannot be written to. */
export async function prepare(outDir: string): Promise<void> {
  const isFile = await stat(outDir).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  if (isFile) throw new UsageError(`--out ${outDir} is a file: name a folder for the results.`);
  try {
    await mkdir(stateFolder(outDir), { recursive: true });
  } catch (cause) {
    throw cannotWrite(outDir, cause);
  }
}

let version: string | undefined;

/** What a result depends on: equal keys, equal results. */
export function resultKey(file: PlanFile, options: JobOptions): string {
  version ??= codeVersion(CODE);
  return JSON.stringify([
    SCHEMA_VERSION,
    version,
    file.sha256,
    basename(file.source),
    options.engine,
    options.engineVersion,
    options.maxPages,
    dictionaryDigest(),
  ]);
}

const statePath = (outDir: string, file: PlanFile): string => join(stateFolder(outDir), `${file.folder}.json`);

/** The record of an earlier run, if it is whole and has this key; null otherwise. */
export async function finished(outDir: string, file: PlanFile, key: string): Promise<PlanRecord | null> {
  try {
    if ((await readFile(statePath(outDir, file), 'utf8')) !== key) return null;
    const folder = join(outDir, file.folder);
    await Promise.all(['text.txt', 'layout.json'].map((name) => access(join(folder, name))));
    const schema = await import('../../output/record.ts');
    return schema.PlanRecord.parse(JSON.parse(await readFile(join(folder, 'document.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** A result that would come out the same is not made again. */
export async function remember(
  outDir: string,
  file: PlanFile,
  key: string,
  record: Pick<PlanRecord, 'issues'>,
): Promise<void> {
  if (!mayPass(record)) await writeWhole(statePath(outDir, file), key);
}

/** Whether the same file may come out better the next time. */
export const mayPass = ({ issues }: Pick<PlanRecord, 'issues'>): boolean =>
  issues.some(({ severity, code }) => severity === 'error' && PASSING.includes(code));

/** Before a result is made anew: a run that is killed meanwhile must not find it done. */
export async function forget(outDir: string, file: PlanFile): Promise<void> {
  await rm(statePath(outDir, file), { force: true });
}

/** Takes away parts of files that a killed run left half written: in the results folder and those of its documents. */
export async function sweep(outDir: string): Promise<void> {
  const entries = await readdir(outDir, { withFileTypes: true });
  await sweepFolder(outDir);
  const folders = entries.filter((entry) => entry.isDirectory());
  await sweepBelow(
    outDir,
    folders.map(({ name }) => name),
  );
}

/** Takes away what processes that are no more have left half written in these folders. */
export async function sweepBelow(parent: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) await sweepFolder(join(parent, folder));
}

async function sweepFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (isAbandoned(name)) await rm(join(folder, name), { force: true });
  }
}

/** Of the earlier runs into the same folder, also of an earlier version; what is no entry is left out. */
export async function knownEntries(outDir: string): Promise<IndexEntry[]> {
  try {
    const { documents } = JSON.parse(await readFile(join(outDir, 'index.json'), 'utf8')) as { documents: unknown[] };
    const schema = await import('../../output/record.ts');
    return documents.flatMap((entry) => schema.IndexEntry.safeParse(entry).data ?? []);
  } catch {
    return [];
  }
}

/**
 * Entries of earlier runs into the same folder stay, unless this run took the same source in. One with the bytes of a
 * document of this run becomes its duplicate, so that no document counts twice. Gives all entries that the index has now.
 */
export async function writeIndex(outDir: string, entries: readonly IndexEntry[]): Promise<IndexEntry[]> {
  const sources = new Set(entries.map(({ source }) => source));
  const read = new Map(
    entries.filter(({ duplicateOf }) => duplicateOf === undefined).map((entry) => [entry.id, entry]),
  );
  const kept = (await knownEntries(outDir)).filter(({ source }) => !sources.has(source));
  const originals = new Set(kept.filter(({ duplicateOf }) => duplicateOf === undefined).map(({ source }) => source));
  const joined = kept.map(({ duplicateOf, ...entry }): IndexEntry => {
    const same = read.get(entry.id);
    if (same) return { ...same, source: entry.source, duplicateOf: same.source };
    return duplicateOf !== undefined && originals.has(duplicateOf) ? { ...entry, duplicateOf } : entry;
  });
  const documents = [...joined, ...entries].sort(bySource);
  await writeWhole(
    join(outDir, 'index.json'),
    `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, documents }, null, 2)}\n`,
  );
  return documents;
}

/** By code units: the same order on every machine. */
export const bySource = (a: { source: string }, b: { source: string }): number =>
  a.source < b.source ? -1 : a.source > b.source ? 1 : 0;
