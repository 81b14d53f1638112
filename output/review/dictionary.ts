import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SCHEMA_VERSION } from '../record.ts';
import { writeWhole } from '../write-whole.ts';
import { bare } from './bare.ts';
import { dictionaryPath, dictionaryText } from './dictionary-file.ts';

/** Terms by family: the unit whose plans they stand in ("xã Lộc Hạc"), or "" for those of no unit. */
const UserDictionary = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  families: z.record(z.string(), z.array(z.string())),
});
export type UserDictionary = z.infer<typeof UserDictionary>;

/** Empty where there is none; a damaged one counts as none and is written anew by the next `learn`. */
export function readDictionary(): UserDictionary {
  const none: UserDictionary = { schemaVersion: SCHEMA_VERSION, families: {} };
  try {
    return UserDictionary.parse(JSON.parse(dictionaryText() ?? 'null'));
  } catch {
    return none;
  }
}

/** Adds terms to those that are known. Returns how many were new. Throws UsageError where it cannot be written. */
export async function addToDictionary(terms: ReadonlyMap<string, ReadonlySet<string>>): Promise<number> {
  const { families } = readDictionary();
  let fresh = 0;
  for (const [family, own] of terms) {
    const known = new Set(families[family] ?? []);
    const before = known.size;
    for (const term of own) known.add(term);
    fresh += known.size - before;
    families[family] = [...known].sort();
  }
  if (fresh === 0) return 0;
  await mkdir(dirname(dictionaryPath()), { recursive: true });
  const sorted = Object.fromEntries(Object.entries(families).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(
    dictionaryPath(),
    `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, families: sorted }, null, 2)}\n`,
  );
  return fresh;
}

/** The terms of the families that a text names, for the restoring of its words. */
export function knownTerms(text: string): string[] {
  const families = Object.entries(readDictionary().families);
  if (!families.length) return [];
  const words = ` ${bare(text)} `;
  return families.flatMap(([family, terms]) => (family === '' || words.includes(` ${bare(family)} `) ? terms : []));
}
