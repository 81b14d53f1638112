import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';

const text = z.string();
const maybe = z.string().nullish();
const optional = z.boolean().optional();
/** Path steps as text, also where the gold has bare numbers. */
const section = z.array(z.union([z.string(), z.number()]).transform(String));

export const GoldHeading = z.object({
  level: z.int(),
  style: text,
  number: maybe,
  title: text,
  runIn: z.boolean().optional(),
  optional,
});
export type GoldHeading = z.infer<typeof GoldHeading>;

export const GoldIndicator = z.object({
  quote: text,
  value: z.number(),
  valueMax: z.number().nullish(),
  comparator: text,
  unit: maybe,
  change: maybe,
  subject: text,
  deadline: maybe,
  period: maybe,
  baseline: maybe,
  section,
  optional,
});
export type GoldIndicator = z.infer<typeof GoldIndicator>;

export const GoldItem = z.object({ quote: text, area: maybe, unit: maybe, section, optional });
export type GoldItem = z.infer<typeof GoldItem>;

export const GoldRow = z.object({
  group: maybe,
  no: maybe,
  content: text,
  lead: maybe,
  support: maybe,
  deadline: maybe,
  product: maybe,
  optional,
});
export type GoldRow = z.infer<typeof GoldRow>;

export const GoldReference = z.object({
  type: maybe,
  number: maybe,
  date: maybe,
  issuer: maybe,
  title: maybe,
  optional,
});
export type GoldReference = z.infer<typeof GoldReference>;

export const GoldSuspect = z.object({ kind: text, at: text, expected: maybe });
export type GoldSuspect = z.infer<typeof GoldSuspect>;

const reading = z.union([z.string(), z.number()]).nullable();
/** A list where several readings are right. */
const readings = z.union([reading, z.array(reading)]).optional();
export const GoldMetadata = z.object({
  type: readings,
  title: readings,
  number: readings,
  issuer: readings,
  unit: readings,
  place: readings,
  date: readings,
  periodFrom: readings,
  periodTo: readings,
  signatory: readings,
  signatoryRole: readings,
  onBehalf: readings,
  recipients: z.array(text).nullish(),
});
export type GoldMetadata = z.infer<typeof GoldMetadata>;

/** What a gold folder holds; null for a file that is not there: that kind is not scored. */
export interface Gold {
  headings: GoldHeading[] | null;
  indicators: GoldIndicator[] | null;
  /** Targets that may be found or left out. */
  indicatorsOptional: GoldIndicator[];
  tasks: GoldItem[] | null;
  duties: GoldItem[] | null;
  tables: GoldRow[] | null;
  references: GoldReference[] | null;
  metadata: GoldMetadata | null;
  suspects: GoldSuspect[] | null;
}

const FILES = /^(headings|indicators|tasks|duties|tables|references|suspects)\.jsonl$|^metadata\.json$/;

/** True where a folder has at least one gold file. */
export async function hasGold(folder: string): Promise<boolean> {
  return (await readdir(folder)).some((name) => FILES.test(name));
}

function parse<T>(schema: z.ZodType<T>, json: string, place: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new UsageError(`${place}: this is no JSON. Mend it and run eval again.`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new UsageError(`${place}: ${issue?.path.join('.') || 'value'}: ${issue?.message}. Mend it and run eval again.`);
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Reads a gold folder. Throws UsageError with file and line where a line is no valid gold. */
export async function readGold(folder: string): Promise<Gold> {
  async function lines<T>(name: string, schema: z.ZodType<T>): Promise<T[] | null> {
    const path = join(folder, `${name}.jsonl`);
    const content = await readText(path);
    return (
      content?.split('\n').flatMap((line, i) => (line.trim() ? [parse(schema, line, `${path}, line ${i + 1}`)] : [])) ??
      null
    );
  }
  const path = join(folder, 'metadata.json');
  const metadata = await readText(path);
  return {
    headings: await lines('headings', GoldHeading),
    indicators: await lines('indicators', GoldIndicator),
    indicatorsOptional: (await lines('indicators-optional', GoldIndicator)) ?? [],
    tasks: await lines('tasks', GoldItem),
    duties: await lines('duties', GoldItem),
    tables: await lines('tables', GoldRow),
    references: await lines('references', GoldReference),
    metadata: metadata === null ? null : parse(GoldMetadata, metadata, path),
    suspects: await lines('suspects', GoldSuspect),
  };
}
