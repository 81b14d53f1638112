import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Box, type IndexEntry, type LayoutRecord, PlanIndex, PlanRecord, SCHEMA_VERSION } from './record.ts';
import { UsageError } from './usage-error.ts';

/** One document of a results folder, as export needs it. */
export interface ResultRecord {
  entry: IndexEntry;
  record: PlanRecord;
}

/** One document of a results folder with its text. `lines[0]` is line 1 of text.txt. */
export interface ResultDocument extends ResultRecord {
  /** Null where there is no text.txt: the document failed before it had a text. */
  lines: string[] | null;
  /** Null where there is no layout.json. */
  layout: LayoutRecord | null;
}

const Layout = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  pages: z.array(
    z.object({
      number: z.int().positive(),
      lines: z.array(
        z.object({
          box: Box.nullable(),
          words: z.array(z.object({ raw: z.string(), text: z.string(), box: Box.nullable(), confidence: z.number() })),
        }),
      ),
      regions: z.array(z.object({ kind: z.string(), box: Box, text: z.string().exactOptional() })),
    }),
  ),
}) satisfies z.ZodType<LayoutRecord>;

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

async function readOptional(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function parse<T>(schema: z.ZodType<T>, json: string, path: string, remedy: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${path} is damaged: it is no JSON. ${remedy}`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'string' && version !== SCHEMA_VERSION) {
    throw new UsageError(`${path} has schema version ${version}, this program reads ${SCHEMA_VERSION}. ${remedy}`);
  }
  const issue = result.error.issues[0];
  const place = issue?.path.join('.') || 'the whole file';
  throw new UsageError(`${path} is damaged at ${place}: ${issue?.message}. ${remedy}`);
}

/** Reads DIR/index.json. Throws UsageError where `dir` is no results folder or the index is damaged. */
export async function readIndex(dir: string): Promise<PlanIndex> {
  const path = join(dir, 'index.json');
  const json = await readOptional(path);
  if (json !== null) {
    return parse(PlanIndex, json, path, `Run "kehoach import … --out ${dir}" again: it writes the index anew.`);
  }
  const found = await stat(dir).catch(() => null);
  if (!found) throw new UsageError(`${dir}: there is no such folder.`);
  throw new UsageError(
    `${dir} is no results folder: it has no index.json. Name the folder given to "kehoach import … --out".`,
  );
}

function again(dir: string, entry: IndexEntry): string {
  return `Delete the folder ${join(dir, entry.folder)} and run "kehoach import" on ${entry.source} again.`;
}

/** Reads an entry's document.json. Throws UsageError where it is missing or damaged. */
export async function readRecord(dir: string, entry: IndexEntry): Promise<PlanRecord> {
  const path = join(dir, entry.folder, 'document.json');
  const json = await readOptional(path);
  if (json === null) throw new UsageError(`${path} is missing. ${again(dir, entry)}`);
  return parse(PlanRecord, json, path, again(dir, entry));
}

async function readLines(dir: string, entry: IndexEntry): Promise<string[] | null> {
  const text = await readOptional(join(dir, entry.folder, 'text.txt'));
  if (text === null) {
    if (entry.outcome === 'failed') return null;
    throw new UsageError(`${join(dir, entry.folder, 'text.txt')} is missing. ${again(dir, entry)}`);
  }
  return text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
}

/** Reads an entry's document.json, text.txt and layout.json. Throws UsageError where one is damaged. */
export async function readDocument(dir: string, entry: IndexEntry): Promise<ResultDocument> {
  const record = await readRecord(dir, entry);
  const lines = await readLines(dir, entry);
  const path = join(dir, entry.folder, 'layout.json');
  const json = await readOptional(path);
  const layout = json === null ? null : parse(Layout, json, path, again(dir, entry));
  return { entry, record, lines, layout };
}

/** The index's documents once each: an entry that names another's folder is left out. */
export async function readEntries(dir: string): Promise<IndexEntry[]> {
  const { documents } = await readIndex(dir);
  return documents.filter((entry) => entry.duplicateOf === undefined);
}

/** The document of that id, folder or source. Throws UsageError where there is none. */
export async function findEntry(dir: string, document: string): Promise<IndexEntry> {
  const all = await readEntries(dir);
  const name = document.normalize('NFC');
  const found = all.find(({ id, folder, source }) => [id, folder, source.normalize('NFC')].includes(name));
  if (found) return found;
  const known = all.slice(0, 10).map(({ id, source }) => `  ${id}  ${source}`);
  const more = all.length > 10 ? [`  … and ${all.length - 10} more, see index.json`] : [];
  throw new UsageError(
    [`${dir} has no document "${name}". Name one by its id, folder or source:`, ...known, ...more].join('\n'),
  );
}
